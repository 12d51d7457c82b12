// SPDX-License-Identifier: Apache-2.0
using System.Globalization;

namespace Detector.Metering;

/// <summary>How many of the cases among many judged meters must be expected to be false.</summary>
/// <remarks>
/// Of m judged meters of which the share h is honest, m h t pass a p-value of t by chance: over the number of cases that bounds the
/// rate of false discoveries (Benjamini and Hochberg, 1995; the share h by Storey, 2002, from p-values over a half). A p-value
/// is the smaller of two, of the load as a whole and of an addition to it, so t counts twice. Conformal p-values depend on each other
/// in the way that leaves the bound valid (Bates, Candès, Lei, Romano, Sesia, 2023). It holds as far as the meters are like the
/// honest references, and for one look at each.
/// </remarks>
/// <param name="Judged">Meters that were judged; insufficient ones are not.</param>
/// <param name="Cases">How many of them are cases.</param>
/// <param name="Threshold">The largest p-value of a case; 0 without one.</param>
/// <param name="HonestShare">Estimated share of honest meters, over 0 and at most 1.</param>
/// <param name="ExpectedFalse">Cases to be expected of the honest ones at that threshold.</param>
/// <param name="Bound">Bound of the expected share of false ones among the cases, 0 to 1; 0 without a case.</param>
/// <param name="Text">The same in an English sentence.</param>
/// <param name="TextZh">And in Chinese.</param>
public sealed record FalseDiscovery(
    int Judged, int Cases, double Threshold, double HonestShare, double ExpectedFalse, double Bound, string Text, string TextZh)
{
    private const double PValuesOfMeter = 2;
    private const double Large = 0.5;

    /// <summary>The statement on some meters' findings, one each.</summary>
    public static FalseDiscovery Of(IEnumerable<Finding> findings)
    {
        ArgumentNullException.ThrowIfNull(findings);
        Finding[] judged = [.. findings.Where(f => f.Verdict != Verdict.Insufficient && f.PValue is not null)];
        var cases = judged.Where(f => f.Verdict == Verdict.Case).Select(f => f.PValue!.Value).ToArray();
        var threshold = cases.DefaultIfEmpty(0).Max();
        var honest = judged.Length == 0 ? 1 : Math.Min(1, (1 + judged.Count(f => f.PValue > Large)) / ((1 - Large) * judged.Length));
        var expected = honest * judged.Length * Math.Min(1, PValuesOfMeter * threshold);
        var bound = cases.Length == 0 ? 0 : Math.Min(1, expected / cases.Length);
        return new FalseDiscovery(
            judged.Length, cases.Length, threshold, honest, expected, bound,
            cases.Length == 0 ? In($"No case among {judged.Length} judged meters.") : In($"{cases.Length} cases among {judged.Length} judged meters, with p-values up to {threshold:0.######}. About {expected:0.##} of them are to be expected by chance (honest share {honest:0.##}): at most {bound * 100:0.#} % of the cases are false on average."),
            cases.Length == 0 ? In($"{judged.Length}块已判断电表中无立案。") : In($"{judged.Length}块已判断电表中立案{cases.Length}起，p值不超过{threshold:0.######}。其中约{expected:0.##}起可能出于偶然（正常占比{honest:0.##}）：平均而言误报不超过立案数的{bound * 100:0.#}%。"));
    }

    private static string In(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
