// SPDX-License-Identifier: Apache-2.0
using Detector.Cases;

namespace Detector.Web.Bulk;

/// <summary>What became of one of many cases.</summary>
/// <param name="Case">The case as it was shown.</param>
/// <param name="Outcome">How it ended; null where the store could not be asked.</param>
/// <param name="Text">In the language of the page.</param>
public sealed record BulkAnswer(CaseSummary Case, MoveOutcome? Outcome, string Text)
{
    /// <summary>Every kind of answer, what was done before what was not.</summary>
    internal static IList<string> Kinds { get; } = ["moved", "proposed", "recorded", "refused", "failed"];

    /// <summary>A name of <see cref="Kinds"/>.</summary>
    internal string Kind => Outcome switch
    {
        MoveOutcome.Moved => "moved",
        MoveOutcome.Proposed => "proposed",
        MoveOutcome.Recorded => "recorded",
        null => "failed",
        _ => "refused",
    };
}
