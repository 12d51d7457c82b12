// SPDX-License-Identifier: Apache-2.0
using Detector.Access;

namespace Detector.Cases.Transitions;

/// <summary>A verb of the desk: from which states, to which, by whom. One folder each; registered in <see cref="CaseLifecycle"/>.</summary>
internal abstract class Transition
{
    /// <summary>The verb, lower case, words joined by <c>-</c>.</summary>
    public abstract string Verb { get; }

    /// <summary>Other names of the same verb.</summary>
    public virtual IReadOnlyList<string> Aliases => [];

    /// <summary>Every way it may go; at most one from a state.</summary>
    public abstract IReadOnlyList<Leg> Legs { get; }

    /// <summary>Who may approve another person's proposal; empty where one person is enough.</summary>
    public virtual IReadOnlyList<Role> Approvers => [];

    /// <summary>Whether it takes two different people.</summary>
    public bool TakesTwo => Approvers.Count > 0;

    /// <summary>The way from a state; null where there is none.</summary>
    public Leg? From(CaseState state) => Legs.FirstOrDefault(leg => leg.From == state);
}

/// <summary>One way a verb may go.</summary>
/// <param name="From">The state it starts in.</param>
/// <param name="To">The state it leads to; null for the state in which the subject objected.</param>
/// <param name="Movers">Who may move or, where it takes two, propose.</param>
internal sealed record Leg(CaseState From, CaseState? To, IReadOnlyList<Role> Movers)
{
    /// <summary>The state it leads a case to, by the state in which its subject objected.</summary>
    public CaseState Target(CaseState? objectedFrom) => To ?? objectedFrom ?? From;
}
