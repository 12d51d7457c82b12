// SPDX-License-Identifier: Apache-2.0
using Detector.Access;
using Detector.Cases.Transitions;
using Detector.Cases.Transitions.Close;
using Detector.Cases.Transitions.Confirm;
using Detector.Cases.Transitions.MarkInconclusive;
using Detector.Cases.Transitions.Object;
using Detector.Cases.Transitions.Refute;
using Detector.Cases.Transitions.RejectObjection;
using Detector.Cases.Transitions.Reopen;
using Detector.Cases.Transitions.StartExitMonitoring;
using Detector.Cases.Transitions.StartInspection;
using Detector.Cases.Transitions.StartMeasures;
using Detector.Cases.Transitions.Triage;
using Detector.Cases.Transitions.UpholdObjection;

namespace Detector.Cases;

/// <summary>The verbs of the desk and the one place that decides whether a move is allowed. Pure: it writes nothing.</summary>
internal sealed class CaseLifecycle
{
    private readonly Dictionary<string, Transition> _byName = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<Transition> _transitions = [];

    /// <summary>The lifecycle of the product.</summary>
    public static CaseLifecycle Standard()
    {
        var lifecycle = new CaseLifecycle();
        lifecycle.Add(new TriageTransition());
        lifecycle.Add(new StartInspectionTransition());
        lifecycle.Add(new ConfirmTransition());
        lifecycle.Add(new RefuteTransition());
        lifecycle.Add(new MarkInconclusiveTransition());
        lifecycle.Add(new StartMeasuresTransition());
        lifecycle.Add(new StartExitMonitoringTransition());
        lifecycle.Add(new ObjectTransition());
        lifecycle.Add(new UpholdObjectionTransition());
        lifecycle.Add(new RejectObjectionTransition());
        lifecycle.Add(new ReopenTransition());
        lifecycle.Add(new CloseTransition());
        return lifecycle;
    }

    /// <summary>Every verb, in order of registration.</summary>
    public IReadOnlyList<Transition> Transitions => _transitions;

    /// <summary>Adds a verb; a name taken twice stops the start.</summary>
    public void Add(Transition transition)
    {
        foreach (var name in transition.Aliases.Prepend(transition.Verb))
        {
            if (!_byName.TryAdd(name, transition))
            {
                throw new InvalidOperationException($"The verb '{name}' is registered twice.");
            }
        }

        _transitions.Add(transition);
    }

    /// <summary>The verb of a name; <c>-</c>, <c>_</c> and space are alike, and so are cases.</summary>
    public Transition? Find(string? verb) =>
        verb is not null && _byName.TryGetValue(verb.Trim().Replace('_', '-').Replace(' ', '-'), out var found) ? found : null;

    /// <summary>Whether a person may make a move now, and what it does.</summary>
    /// <remarks>Asked in this order: is it a verb, is it the role's, is it legal here, is the evidence the one the caller saw, is it another person.
    /// The role comes first so that someone without it learns nothing of the case.</remarks>
    public MoveDecision Decide(CaseRecord record, string verb, long evidenceVersion, Actor actor)
    {
        if (Find(verb) is not { } transition)
        {
            return MoveDecision.Refuse(MoveOutcome.NotLegal, MoveText.UnknownVerb(verb));
        }

        if (!transition.Legs.Any(way => way.Movers.Contains(actor.Role)) && !transition.Approvers.Contains(actor.Role))
        {
            return MoveDecision.Refuse(MoveOutcome.Forbidden, MoveText.WrongRole(transition.Verb, actor.Role));
        }

        if (transition.From(record.State) is not { } leg)
        {
            return MoveDecision.Refuse(MoveOutcome.NotLegal, MoveText.NotFrom(transition.Verb, record.State));
        }

        if (evidenceVersion != record.EvidenceVersion)
        {
            return MoveDecision.Refuse(MoveOutcome.Conflict, MoveText.Stale(evidenceVersion, record.EvidenceVersion));
        }

        if (transition.TakesTwo)
        {
            return DecideForTwo(transition, leg, record, actor);
        }

        return leg.Movers.Contains(actor.Role)
            ? MoveDecision.Do(MoveStep.Move, transition, leg.Target(record.ObjectedFrom))
            : MoveDecision.Refuse(MoveOutcome.Forbidden, MoveText.WrongRole(transition.Verb, actor.Role));
    }

    /// <summary>What may be done to a case now, and by whom.</summary>
    public IReadOnlyList<AllowedMove> Moves(CaseSummary standing) =>
        [.. _transitions.Where(t => t.From(standing.State) is not null).Select(t => Allowed(t, t.From(standing.State)!, standing))];

    /// <summary>Whether two names mean one person: users' names are unique without regard to case.</summary>
    public static bool SamePerson(string? one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    private static MoveDecision DecideForTwo(Transition transition, Leg leg, CaseRecord record, Actor actor)
    {
        var pending = Pending(transition, record.Proposal);
        var own = pending is not null && SamePerson(pending.Person, actor.Name);
        var overtaken = pending is not null && pending.EvidenceVersion != record.EvidenceVersion;
        if (pending is null || (own && overtaken))
        {
            return leg.Movers.Contains(actor.Role)
                ? MoveDecision.Do(MoveStep.Propose, transition, leg.Target(record.ObjectedFrom))
                : MoveDecision.Refuse(MoveOutcome.Forbidden, MoveText.MustBeProposedFirst(transition.Verb, actor.Role));
        }

        if (own)
        {
            return MoveDecision.Refuse(MoveOutcome.Forbidden, MoveText.SamePerson(actor.Name));
        }

        if (!transition.Approvers.Contains(actor.Role))
        {
            return MoveDecision.Refuse(MoveOutcome.Forbidden, MoveText.WrongRole(transition.Verb, actor.Role));
        }

        return overtaken
            ? MoveDecision.VoidProposal(transition, MoveText.Overtaken(pending, record.EvidenceVersion))
            : MoveDecision.Do(MoveStep.Approve, transition, leg.Target(record.ObjectedFrom));
    }

    private static AllowedMove Allowed(Transition transition, Leg leg, CaseSummary standing)
    {
        var to = leg.Target(standing.ObjectedFrom);
        if (!transition.TakesTwo)
        {
            return new AllowedMove(transition.Verb, to, MoveStep.Move, leg.Movers, NotBy: null);
        }

        return Pending(transition, standing.Proposal) is { } pending && pending.EvidenceVersion == standing.EvidenceVersion
            ? new AllowedMove(transition.Verb, to, MoveStep.Approve, transition.Approvers, pending.Person)
            : new AllowedMove(transition.Verb, to, MoveStep.Propose, leg.Movers, NotBy: null);
    }

    private static Proposal? Pending(Transition transition, Proposal? proposal) => proposal?.Verb == transition.Verb ? proposal : null;
}
