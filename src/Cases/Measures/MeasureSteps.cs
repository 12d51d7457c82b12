// SPDX-License-Identifier: Apache-2.0
using Detector.Access;

namespace Detector.Cases.Measures;

/// <summary>Every step of a measure after its proposal, and whether somebody may take it now. Pure.</summary>
internal static class MeasureSteps
{
    private static readonly Role[] Desk = [Role.Operator, Role.Supervisor];
    private static readonly Role[] Supervisors = [Role.Supervisor];
    private static readonly CaseState[] Standing = [CaseState.Confirmed, CaseState.Measures, CaseState.ExitMonitoring];

    /// <summary>The steps; the table in docs/measures.md is compared with them by a test.</summary>
    public static IReadOnlyList<MeasureStep> All { get; } =
    [
        new("approve", [MeasureState.Proposed], MeasureState.InForce, Supervisors, CreditOnly: false, Burdens: true),
        new("notify", [MeasureState.Approved], MeasureState.Noticed, Desk, CreditOnly: true, Burdens: true),
        new("enter", [MeasureState.Noticed], MeasureState.InForce, Supervisors, CreditOnly: true, Burdens: true),
        new("object", [MeasureState.Noticed, MeasureState.InForce], MeasureState.Suspended, Desk, CreditOnly: true, Burdens: false),
        new("suspend", [MeasureState.InForce], MeasureState.Suspended, Supervisors, CreditOnly: false, Burdens: false),
        new("resume", [MeasureState.Suspended], null, Supervisors, CreditOnly: false, Burdens: true),
        new("uphold-objection", [MeasureState.Suspended], MeasureState.Ended, Supervisors, CreditOnly: true, Burdens: false),
        new("repair", [MeasureState.InForce, MeasureState.Suspended], MeasureState.Ended, Supervisors, CreditOnly: true, Burdens: false),
        new("withdraw", [MeasureState.Proposed, MeasureState.Approved, MeasureState.Noticed, MeasureState.InForce, MeasureState.Suspended], MeasureState.Ended, Supervisors, CreditOnly: false, Burdens: false),
    ];

    /// <summary>Whether a case stands so that measures may be proposed and may burden the subject.</summary>
    public static bool Stands(CaseSummary summary) => summary.ConfirmedAt is not null && Standing.Contains(summary.State);

    /// <summary>Why a step is refused; null where it is allowed.</summary>
    /// <remarks>Asked in this order: verb, role, state, the case, evidence version, person.</remarks>
    public static (MoveOutcome Outcome, BothTexts Text, bool Voids)? Refusal(
        CaseSummary summary, Measure measure, string verb, long evidenceVersion, Actor actor, DateTimeOffset now)
    {
        if (Find(verb) is not { } step || (step.CreditOnly && measure.Kind != MeasureKind.CreditEvent))
        {
            return (MoveOutcome.NotLegal, MeasureText.NoStep(verb, measure.Kind), false);
        }

        if (!step.Roles.Contains(actor.Role) && !(step.Verb == "withdraw" && measure.Own == MeasureState.Proposed && actor.Role == Role.Operator))
        {
            return (MoveOutcome.Forbidden, MoveText.WrongRole(step.Verb, actor.Role), false);
        }

        if (!step.From.Contains(measure.Own) || (step.Verb == "enter" && now < measure.ObjectionUntil))
        {
            return (MoveOutcome.NotLegal, MeasureText.NotFrom(step.Verb, measure, now), false);
        }

        if (step.Burdens && !Stands(summary))
        {
            return (MoveOutcome.NotLegal, MeasureText.CaseDoesNotStand(summary.State), false);
        }

        if (evidenceVersion != summary.EvidenceVersion)
        {
            return (MoveOutcome.Conflict, MoveText.Stale(evidenceVersion, summary.EvidenceVersion), false);
        }

        if (step.Verb != "approve")
        {
            return null;
        }

        return CaseLifecycle.SamePerson(measure.ProposedBy, actor.Name) ? (MoveOutcome.Forbidden, MoveText.SamePerson(measure.ProposedBy), false)
            : measure.EvidenceVersion != summary.EvidenceVersion ? (MoveOutcome.Conflict, MeasureText.Overtaken(measure, summary.EvidenceVersion), true)
            : null;
    }

    /// <summary>The step of a verb; <c>-</c>, <c>_</c> and space are alike.</summary>
    public static MeasureStep? Find(string verb)
    {
        var wanted = verb.Trim().Replace('_', '-').Replace(' ', '-');
        return All.FirstOrDefault(s => string.Equals(s.Verb, wanted, StringComparison.OrdinalIgnoreCase));
    }
}
