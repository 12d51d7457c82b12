// SPDX-License-Identifier: Apache-2.0
namespace Detector.Cases;

/// <summary>What a finding did.</summary>
public enum CaseChangeKind
{
    /// <summary>It was considered before; nothing was written.</summary>
    Repeated = 1,

    /// <summary>The meter has been judged on later readings since; nothing was written.</summary>
    Outdated = 2,

    /// <summary>It says what is known already; nothing was written.</summary>
    Unchanged = 3,

    /// <summary>It became the site's verdict and touched no case.</summary>
    Recorded = 4,

    /// <summary>It opened a case.</summary>
    Opened = 5,

    /// <summary>It joined the site's open case as materially new evidence.</summary>
    Joined = 6,

    /// <summary>It would have opened a case, but the site is in its cool-down after a refutation.</summary>
    Suppressed = 7,

    /// <summary>It reopened the site's closed case: a relapse after a confirmation.</summary>
    Reopened = 8,
}

/// <summary>The outcome of considering a finding.</summary>
/// <param name="Kind">What it did.</param>
/// <param name="VerdictRecorded">Whether the history of verdicts grew.</param>
/// <param name="CaseId">The case opened, joined, or whose refutation suppressed it.</param>
/// <param name="EvidenceVersion">Evidence version of that case afterwards.</param>
/// <param name="Why">Why a case was suppressed; null otherwise.</param>
public sealed record CaseChange(CaseChangeKind Kind, bool VerdictRecorded, string? CaseId, long? EvidenceVersion, string? Why);
