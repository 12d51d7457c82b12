// SPDX-License-Identifier: Apache-2.0
namespace Detector.Cases;

/// <summary>How a move ended; the HTTP status of each is in docs/cases.md.</summary>
public enum MoveOutcome
{
    /// <summary>The case moved (200).</summary>
    Moved = 1,

    /// <summary>The proposal was recorded and waits for another person (200).</summary>
    Proposed = 2,

    /// <summary>No such case (404).</summary>
    NotFound = 3,

    /// <summary>Not this role's to do, or the same person twice (403).</summary>
    Forbidden = 4,

    /// <summary>The evidence is not the one the caller saw or proposed on (409).</summary>
    Conflict = 5,

    /// <summary>No such move from this state (422).</summary>
    NotLegal = 6,

    /// <summary>The note is too long or unreadable (400).</summary>
    Invalid = 7,

    /// <summary>It was written down; nothing moved (200).</summary>
    Recorded = 8,

    /// <summary>The key was given with another request before (422).</summary>
    KeyReused = 9,

    /// <summary>The case is not at a version that the caller named (412).</summary>
    OtherVersion = 10,

    /// <summary>The file is too long (413).</summary>
    TooLarge = 11,

    /// <summary>The file is of no type that is taken, or its name says another (415).</summary>
    UnsupportedType = 12,
}

/// <summary>The result of asking for a move.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Case">The case as it is now; null where it was not found.</param>
/// <param name="Text">What happened or why not, in English.</param>
/// <param name="TextZh">The same in Chinese.</param>
public sealed record MoveResult(MoveOutcome Outcome, CaseDetail? Case, string Text, string TextZh)
{
    /// <summary>Whether anything was done.</summary>
    /// <remarks>True for an answer that is given again, too.</remarks>
    public bool Succeeded => Outcome is MoveOutcome.Moved or MoveOutcome.Proposed or MoveOutcome.Recorded;

    /// <summary>The answer as it was first given, where this request came before under its key; null where it came for the first time.</summary>
    public RepeatedAnswer? Repeated { get; init; }
}

/// <summary>An answer that is given again.</summary>
/// <param name="Version">Version of the case then; null where there was none.</param>
/// <param name="Text">What the caller had written for it; null for a refusal.</param>
public sealed record RepeatedAnswer(string? Version, string? Text);
