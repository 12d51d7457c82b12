// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Detection.Bursts;

/// <summary>What readings of seconds do to a finding.</summary>
/// <remarks>
/// A minute never opens a case and never takes one back; docs/decisions/0009 says why. A recording too short for the hourly evidence becomes a
/// watch where it looks like hashing, and carries the probability and the reason either way. A finding that stands on weeks carries the
/// reason; a watch on the load as a whole that does not look like hashing at all is cleared.
/// </remarks>
public sealed class BurstJudge(BurstModel model)
{
    // What bars a judgement by seconds as well: the values are not the load. A short span, unknown hours and a small load do not.
    private static readonly string[] Bars = ["no_readings", "conflict", "resolution", "stuck", "constant", "register_as_power", "scale_jump", "coarse", "estimated"];

    private const double WholeShare = 0.8; // low end of the share that a finding on the whole load carries

    /// <summary>A finding on a recording that was insufficient for its span, with what its seconds say.</summary>
    /// <param name="finding">The finding; returned as it is where it is not such a one.</param>
    /// <param name="window">The readings it was made of.</param>
    public Finding OfShort(Finding finding, LoadSeries window)
    {
        ArgumentNullException.ThrowIfNull(finding);
        ArgumentNullException.ThrowIfNull(window);
        var isShort = finding.Verdict == Verdict.Insufficient && finding.Missing.Any(m => m.Code == "span");
        if (!isShort || finding.Missing.Any(m => Bars.Contains(m.Code, StringComparer.Ordinal)) || model.Assess(window) is not { } evidence)
        {
            return finding;
        }

        return finding with
        {
            Verdict = evidence.IsHashing ? Verdict.Watch : Verdict.Insufficient,
            Probability = evidence.Probability,
            PValue = evidence.PValue,
            Reasons = [evidence.Reason],
        };
    }

    /// <summary>A finding that stands on weeks, with what a burst of the same meter says.</summary>
    /// <param name="finding">The finding.</param>
    /// <param name="burst">The burst, by itself.</param>
    public Finding With(Finding finding, LoadSeries burst)
    {
        ArgumentNullException.ThrowIfNull(finding);
        ArgumentNullException.ThrowIfNull(burst);
        if (finding.Verdict == Verdict.Insufficient || model.Assess(burst) is not { } evidence)
        {
            return finding;
        }

        // A share of the load, or an addition to it, is not seen in a minute.
        var isWhole = finding.Onset is null && finding.Share is { Low: >= WholeShare };
        var clears = finding.Verdict == Verdict.Watch && isWhole && evidence.IsAgainst;
        return finding with
        {
            Verdict = clears ? Verdict.Clear : finding.Verdict,
            Share = clears ? null : finding.Share,
            Standing = clears ? null : finding.Standing, // cleared by other evidence than the ladder's: nothing holds the watch up
            Reasons = [.. finding.Reasons.Append(evidence.Reason).OrderByDescending(r => r.Weight).ThenBy(r => r.Group, StringComparer.Ordinal)],
            Missing = clears ? [] : [.. finding.Missing.Where(m => m.Code != "burst")],
        };
    }
}
