// SPDX-License-Identifier: Apache-2.0
using Detector.Analysis.Corpora;
using Detector.Analysis.Evaluation;
using Detector.Detection;
using Detector.Metering;

namespace Detector.Analysis.Changes;

/// <summary>What is known of a judged addition beyond what every mixture has.</summary>
/// <param name="WithHistory">Whether thirteen months before the window were given.</param>
/// <param name="AddedKilowatts">Mean added load after the onset, kW.</param>
/// <param name="DaysSince">Days from the onset to the moment of the judgement; 0 at the window's end.</param>
/// <param name="WidthHours">Width of the stated onset interval; NaN where none is stated.</param>
internal sealed record ChangeTruth(bool WithHistory, double AddedKilowatts, int DaysSince, double WidthHours)
{
    /// <summary>A window of a source held out to which something was added, and what the product said of it.</summary>
    /// <param name="origin">The recorded load.</param>
    /// <param name="added">Mining added makes a mixture, honest load an honest window.</param>
    /// <param name="share">What was added over the total after it, 0 to 1.</param>
    /// <param name="style">Style of mining, or class of honest load.</param>
    /// <param name="finding">What the product said.</param>
    /// <param name="name">What people call the window.</param>
    public JudgedWindow Of(RecordedLoad origin, SampleClass added, double share, string? style, Finding finding, string name) => new()
    {
        Source = origin.Source,
        Site = origin.Site,
        Name = name,
        Days = PlanSizes.LongDays,
        Class = added,
        Share = share,
        Style = style,
        Since = MiningSince.Onset,
        Verdict = finding.Verdict,
        Missing = string.Empty,
        Probability = finding.Probability ?? 0,
        PValue = finding.PValue ?? 1,
        Suspicion = finding.Probability ?? 0,
        Baselines = [],
        Change = this,
    };
}
