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

    /// <summary>The state it leads to.</summary>
    public abstract CaseState To { get; }

    /// <summary>From where, and who may move or propose there.</summary>
    public abstract IReadOnlyDictionary<CaseState, IReadOnlyList<Role>> From { get; }

    /// <summary>Who may approve another person's proposal; empty where one person is enough.</summary>
    public virtual IReadOnlyList<Role> Approvers => [];

    /// <summary>Whether it takes two different people.</summary>
    public bool TakesTwo => Approvers.Count > 0;
}
