// SPDX-License-Identifier: Apache-2.0
using Detector.Cases.Transitions;

namespace Detector.Cases;

/// <summary>What the lifecycle says to a move.</summary>
/// <param name="Step">What to do; null where refused.</param>
/// <param name="Transition">The verb; null where it is unknown or refused.</param>
/// <param name="To">The state it leads to; null where refused.</param>
/// <param name="Refusal">How it is refused; null where allowed.</param>
/// <param name="Voids">Whether the refusal makes the pending proposal void.</param>
/// <param name="Text">Why it is refused.</param>
internal sealed record MoveDecision(MoveStep? Step, Transition? Transition, CaseState? To, MoveOutcome? Refusal, bool Voids, BothTexts Text)
{
    public static MoveDecision Do(MoveStep step, Transition transition, CaseState to) => new(step, transition, to, null, Voids: false, BothTexts.None);

    public static MoveDecision Refuse(MoveOutcome outcome, BothTexts text) => new(null, null, null, outcome, Voids: false, text);

    public static MoveDecision VoidProposal(Transition transition, BothTexts text) => new(null, transition, null, MoveOutcome.Conflict, Voids: true, text);
}
