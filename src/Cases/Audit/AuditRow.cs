// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Cases.Audit;

/// <summary>What a link of the chain speaks of. Stored; values only grow.</summary>
public enum AuditKind : byte
{
    /// <summary>An entry of the history of verdicts.</summary>
    Verdict = 1,

    /// <summary>An event of a case.</summary>
    CaseEvent = 2,
}

/// <summary>A link of the chain.</summary>
/// <param name="Sequence">1, 2, 3 … without gaps.</param>
/// <param name="Kind">What it speaks of.</param>
/// <param name="Body">Canonical text of what happened (docs/cases.md).</param>
/// <param name="Previous">Hash of the link before, lower-case hexadecimal; 64 zeros for the first.</param>
/// <param name="Hash">SHA-256 over previous, sequence, kind and body, lower-case hexadecimal.</param>
public sealed record AuditRow(long Sequence, AuditKind Kind, string Body, string Previous, string Hash);

/// <summary>A link and the canonical text of what the store holds there now.</summary>
/// <param name="Row">The link.</param>
/// <param name="Present">Null where the row that the link speaks of is gone or cannot be read.</param>
internal sealed record AuditedRow(AuditRow Row, string? Present);

/// <summary>What the chain says of a verdict.</summary>
internal sealed record VerdictFacts(
    string Site, string Meter, Verdict Verdict, Verdict? Previous, string Model, TimeRange Window, DateTimeOffset Recorded, string FindingText)
{
    public static VerdictFacts Of(SiteVerdict verdict) => new(
        verdict.Site,
        verdict.Finding.Meter.Value,
        verdict.Finding.Verdict,
        verdict.Previous,
        verdict.Finding.Model,
        verdict.Finding.Window,
        verdict.Recorded,
        FindingJson.Write(verdict.Finding));
}

/// <summary>A link to hold the chain against later: whoever keeps it elsewhere notices if the chain is cut or rewritten.</summary>
/// <param name="Sequence">Sequence of the link.</param>
/// <param name="Hash">Its hash.</param>
public sealed record AuditAnchor(long Sequence, string Hash);

/// <summary>The state of the chain.</summary>
/// <param name="Intact">Whether everything matches.</param>
/// <param name="Rows">Links read that match.</param>
/// <param name="Head">The newest link that matches; null for an empty chain.</param>
/// <param name="FirstFault">Where and what the first mismatch is; null where intact.</param>
public sealed record AuditState(bool Intact, long Rows, AuditAnchor? Head, AuditFault? FirstFault);

/// <summary>The first thing that does not match.</summary>
/// <param name="Sequence">The link or row concerned.</param>
/// <param name="Text">What is wrong with it.</param>
public sealed record AuditFault(long Sequence, string Text);
