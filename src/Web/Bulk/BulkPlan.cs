// SPDX-License-Identifier: Apache-2.0
using Detector.Access;
using Detector.Cases;

namespace Detector.Web.Bulk;

/// <summary>What a person may do to several cases at once, as the table of moves has it now. The desk decides again, case by case.</summary>
/// <param name="Verb">Assign, snooze, or the verb of a move.</param>
/// <param name="Moves">How many would move.</param>
/// <param name="To">Where to; null where it is not the same for all, or nothing moves.</param>
/// <param name="Proposals">How many would be proposed to a second person.</param>
/// <param name="Approvals">How many of others' proposals would be approved.</param>
/// <param name="Recorded">How many would be assigned or put off.</param>
/// <param name="Refused">How many would be refused as they stand.</param>
internal sealed record BulkPlan(string Verb, int Moves, CaseState? To, int Proposals, int Approvals, int Recorded, int Refused)
{
    /// <summary>Gives cases to a person.</summary>
    internal const string Assign = "assign";

    /// <summary>Puts cases off.</summary>
    internal const string Snooze = "snooze";

    /// <summary>How many it does something to.</summary>
    internal int Can => Moves + Proposals + Approvals + Recorded;

    /// <summary>Everything that does something to at least one of these cases.</summary>
    internal static IReadOnlyList<BulkPlan> Of(CaseDesk desk, IReadOnlyCollection<CaseSummary> cases, Actor actor)
    {
        if (!CaseWorkers.Works(actor.Role))
        {
            return [];
        }

        var open = cases.Count(c => c.State.IsOpen());
        BulkPlan Work(string verb) => new(verb, 0, null, 0, 0, open, cases.Count - open);
        var moves = cases.SelectMany(desk.MovesOf).Where(m => m.IsFor(actor)).GroupBy(m => m.Verb, StringComparer.Ordinal).Select(g =>
        {
            var byStep = g.CountBy(m => m.Step).ToDictionary();
            var to = g.Select(m => m.To).Distinct().ToArray();
            return new BulkPlan(
                g.Key, byStep.GetValueOrDefault(MoveStep.Move), to.Length == 1 ? to[0] : null,
                byStep.GetValueOrDefault(MoveStep.Propose), byStep.GetValueOrDefault(MoveStep.Approve), 0, cases.Count - g.Count());
        });
        return [.. new[] { Work(Assign), Work(Snooze) }.Where(w => w.Can > 0), .. moves];
    }
}
