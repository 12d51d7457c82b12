// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Analysis.Backtests;

/// <summary>A meter of which the two models do not say the same at some look, and why: the last such look.</summary>
/// <param name="Meter">The meter.</param>
/// <param name="Site">Its site.</param>
/// <param name="At">The look.</param>
/// <param name="InUse">Verdict by the model in use.</param>
/// <param name="Candidate">Verdict by the candidate.</param>
/// <param name="Differing">At how many looks they differ.</param>
/// <param name="Looks">Of how many.</param>
/// <param name="Mines">What the label says; null without one.</param>
/// <param name="Groups">Groups of evidence whose weight changed, the most changed first.</param>
/// <param name="Text">The candidate's leading reason, or what it lacks, in English.</param>
/// <param name="TextZh">The same in Chinese.</param>
public sealed record ChangedMeter(
    string Meter, string Site, DateTimeOffset At, string InUse, string Candidate, int Differing, int Looks, bool? Mines,
    IReadOnlyList<GroupChange> Groups, string Text, string TextZh)
{
    private const int MostGroups = 3;

    /// <summary>What changed of a meter; null where nothing did.</summary>
    internal static ChangedMeter? Of(MeterHistory history) => history.LastDifference is not { } look
        ? null
        : new ChangedMeter(
            history.Meter.Value,
            history.Site,
            look.At,
            look.InUse.Verdict.Name(),
            look.Candidate.Verdict.Name(),
            history.Looks.Count(l => l.Differs),
            history.Looks.Count,
            history.Label?.Mines,
            Changes(look),
            Leading(look.Candidate)?.Text ?? look.Candidate.Missing.FirstOrDefault()?.Text ?? string.Empty,
            Leading(look.Candidate)?.TextZh ?? look.Candidate.Missing.FirstOrDefault()?.TextZh ?? string.Empty);

    private static GroupChange[] Changes(Look look)
    {
        var (before, after) = (Weights(look.InUse), Weights(look.Candidate));
        return
        [
            .. before.Keys.Union(after.Keys)
                .Select(g => new GroupChange(g, before.GetValueOrDefault(g), after.GetValueOrDefault(g)))
                .Where(c => !c.InUse.Equals(c.Candidate))
                .OrderByDescending(c => Math.Abs(c.Candidate - c.InUse)).ThenBy(c => c.Group, StringComparer.Ordinal)
                .Take(MostGroups),
        ];
    }

    private static Dictionary<string, double> Weights(Finding finding) => finding.Reasons
        .GroupBy(r => r.Group, StringComparer.Ordinal)
        .ToDictionary(g => g.Key, g => g.Sum(r => r.ForMining ? r.Weight : -r.Weight), StringComparer.Ordinal);

    private static Reason? Leading(Finding finding)
    {
        var accuses = finding.Verdict >= Verdict.Watch;
        return finding.Reasons.Where(r => r.ForMining == accuses).MaxBy(r => r.Weight);
    }
}

/// <summary>The weight of a group of evidence by two models, in log-odds; positive speaks for mining.</summary>
public sealed record GroupChange(string Group, double InUse, double Candidate);
