// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using Detector.Analysis.Evaluation;
using Detector.Detection;

namespace Detector.Analysis.Changes;

/// <summary>Kinds of judged onsets and additions that figures are about.</summary>
internal static class ChangePopulation
{
    /// <summary>Added load in kW from which a change may be a case.</summary>
    public const double LeastKilowatts = 5;

    /// <summary>Onsets of one share.</summary>
    /// <param name="share">Mining over the total.</param>
    /// <param name="history">With thirteen months before, or with the window alone.</param>
    /// <param name="large">Only added loads of 5 kW and more.</param>
    /// <param name="days">Days since the onset at the look; 0 for the window's end.</param>
    public static Population Of(double share, bool history, bool large, int days = 0) => new(
        string.Create(CultureInfo.InvariantCulture, $"onset {share * 100:0} %, {(history ? "with history" : "window alone")}{(large ? ", 5 kW and more" : string.Empty)}{(days > 0 ? $", after {days} days" : string.Empty)}"),
        w => w.Class == SampleClass.Mixture && w.Change is { } change && change.WithHistory == history && change.DaysSince == days && Math.Abs(w.Share - share) < 1e-9
            && (!large || change.AddedKilowatts >= LeastKilowatts));

    /// <summary>Simulated honest additions of one share, of 5 kW and more.</summary>
    /// <param name="share">It over the total; null for all of them.</param>
    /// <param name="history">With thirteen months before, or with the window alone.</param>
    /// <param name="kind">Class of the added load; null for all.</param>
    public static Population Honest(double? share, bool history, string? kind = null) => new(
        string.Create(CultureInfo.InvariantCulture, $"honest addition{(share is { } s ? $" {s * 100:0} %" : string.Empty)}{(kind is null ? string.Empty : $" of {kind}")}, {(history ? "with history" : "window alone")}, 5 kW and more"),
        w => w.Class == SampleClass.Honest && w.Change is { } change && change.WithHistory == history && change.AddedKilowatts >= LeastKilowatts
            && (share is not { } of || Math.Abs(w.Share - of) < 1e-9) && (kind is null || w.Style == kind));
}
