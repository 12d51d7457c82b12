// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Neighbours;

/// <summary>What evidence from neighbours does to a finding.</summary>
/// <remarks>
/// It adds reasons, and may lift a clear finding to a watch; it never makes a case, and never mends an insufficient one.
/// Meters that move together are lifted where one of them is suspect by itself, or where this one and another are both
/// among the loads least like honest ones. A moved load lifts both ends where either was suspect, or where what moved is
/// constant over the day on both sides.
/// </remarks>
internal static class NeighbourRules
{
    private const double Weight = 0.5; // by rule, like the use of capacity: recordings of pools do not exist to fit one

    public static Finding Apply(
        Finding finding, Standing own, CoMovement? together, IReadOnlyList<LoadMove> moves, Func<MeterId, Standing?> standing, NeighbourOptions options)
    {
        var reasons = new List<Reason>();
        var lifts = false;
        if (together is not null)
        {
            Standing[] others = [.. together.Others.Select(standing).OfType<Standing>()];
            var suspect = others.Any(o => o.IsSuspect);
            lifts = suspect || (own.PValue <= options.WatchBelow && others.Any(o => o.PValue <= options.WatchBelow));
            reasons.Add(NeighbourTexts.Together(together, suspect, lifts ? Weight : 0));
        }

        foreach (var move in moves)
        {
            var suspect = own.IsSuspect || standing(move.From == finding.Meter ? move.To : move.From) is { IsSuspect: true };
            var speaks = suspect || move.Constancy >= options.LeastConstancy;
            lifts |= speaks;
            reasons.Add(NeighbourTexts.Move(move, move.From == finding.Meter, speaks ? Weight : 0));
        }

        if (reasons.Count == 0)
        {
            return finding;
        }

        var lifted = lifts && finding.Verdict == Verdict.Clear && own.Trace.Registration.DeclaredUse != DeclaredUse.MiningDeclared;
        return finding with
        {
            Verdict = lifted ? Verdict.Watch : finding.Verdict,
            Reasons = [.. finding.Reasons.Concat(reasons).OrderByDescending(r => r.Weight).ThenBy(r => r.Group, StringComparer.Ordinal)],
            Missing = lifted ? [.. finding.Missing, NeighbourTexts.Ask()] : finding.Missing,
        };
    }
}
