// SPDX-License-Identifier: Apache-2.0
namespace Detector.Analysis.Statistics;

/// <summary>Positive-class figures of a yes/no decision at a stated prevalence.</summary>
/// <remarks>
/// Precision depends on how rare mining is, so it is computed from the two rates and the prevalence that is stated,
/// never from the make-up of the test set (Bayes' rule). Accuracy is not computed: at low prevalence it says nothing.
/// </remarks>
internal static class Flagged
{
    /// <summary>Precision at a prevalence, from the rates among mining and honest windows; NaN where nothing is flagged.</summary>
    public static double Precision(double recall, double falseRate, double prevalence)
    {
        var right = prevalence * recall;
        var all = right + ((1 - prevalence) * falseRate);
        return all > 0 ? right / all : double.NaN;
    }

    /// <summary>Harmonic mean of precision and recall; 0 where both are 0.</summary>
    public static double F1(double precision, double recall) =>
        double.IsNaN(precision) || precision + recall <= 0 ? 0 : 2 * precision * recall / (precision + recall);

    /// <summary>False cases per 1,000 honest site-years from a count of windows of some days.</summary>
    public static double PerThousandSiteYears(double falseWindows, double windows, double days) =>
        windows <= 0 ? double.NaN : falseWindows / SiteYears(windows, days) * 1000;

    /// <summary>How many years of one site the windows make; a year has 365.25 days.</summary>
    public static double SiteYears(double windows, double days) => windows * days / 365.25;
}
