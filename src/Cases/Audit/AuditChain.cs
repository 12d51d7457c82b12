// SPDX-License-Identifier: Apache-2.0
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Detector.Access;
using Detector.Metering;

namespace Detector.Cases.Audit;

/// <summary>How links are made: frozen, documented in docs/cases.md under "Audit chain", held by a golden test.</summary>
internal static class AuditChain
{
    /// <summary>The previous hash of the first link.</summary>
    public static readonly string Beginning = new('0', 64);

    /// <summary>The link after <paramref name="head"/> for an event of a case.</summary>
    public static AuditRow Link(AuditAnchor? head, CaseEvent happened) => Link(head, AuditKind.CaseEvent, BodyOf(happened));

    /// <summary>The link after <paramref name="head"/> for a verdict.</summary>
    public static AuditRow Link(AuditAnchor? head, VerdictFacts verdict) => Link(head, AuditKind.Verdict, BodyOf(verdict));

    /// <summary>SHA-256 over the previous hash (32 bytes), the sequence (8 bytes, big endian), the kind (1 byte) and the body (UTF-8).</summary>
    public static string HashOf(string previous, long sequence, AuditKind kind, string body)
    {
        var text = Encoding.UTF8.GetBytes(body);
        var bytes = new byte[32 + 8 + 1 + text.Length];
        Convert.FromHexString(previous).CopyTo(bytes, 0);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(32), sequence);
        bytes[40] = (byte)kind;
        text.CopyTo(bytes, 41);
        return Convert.ToHexStringLower(SHA256.HashData(bytes));
    }

    /// <summary>Canonical text of an event: JSON, these members in this order, no white space, null where there is nothing.</summary>
    /// <remarks>The last member, <c>data</c>, is there only where the event has data, so that links made before there was any stay as they are.</remarks>
    public static string BodyOf(CaseEvent happened)
    {
        var body = Facts(happened);
        if (happened.Data is { } data)
        {
            body["data"] = JsonNode.Parse(data);
        }

        return body.ToJsonString(FindingJson.Options);
    }

    /// <summary>Canonical text of a verdict; the finding by the SHA-256 of its stored text, so that the chain stays small.</summary>
    public static string BodyOf(VerdictFacts verdict) => new JsonObject
    {
        ["site"] = verdict.Site,
        ["meter"] = verdict.Meter,
        ["verdict"] = verdict.Verdict.Name(),
        ["previous"] = verdict.Previous?.Name(),
        ["model"] = verdict.Model,
        ["from"] = UtcText.Write(verdict.Window.From),
        ["to"] = UtcText.Write(verdict.Window.To),
        ["at"] = UtcText.Write(verdict.Recorded),
        ["finding_sha256"] = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(verdict.FindingText))),
    }.ToJsonString(FindingJson.Options);

    private static JsonObject Facts(CaseEvent happened) => new()
    {
        ["case"] = happened.CaseId,
        ["site"] = happened.Site,
        ["kind"] = happened.Kind.Name(),
        ["verb"] = happened.Verb,
        ["before"] = happened.Before?.Name(),
        ["after"] = happened.After.Name(),
        ["evidence_version"] = happened.EvidenceVersion,
        ["verdict_sequence"] = happened.VerdictSequence,
        ["actor"] = happened.Actor,
        ["role"] = happened.Role?.Name(),
        ["at"] = UtcText.Write(happened.At),
        ["why"] = happened.Why,
    };

    private static AuditRow Link(AuditAnchor? head, AuditKind kind, string body)
    {
        var sequence = (head?.Sequence ?? 0) + 1;
        var previous = head?.Hash ?? Beginning;
        return new AuditRow(sequence, kind, body, previous, HashOf(previous, sequence, kind, body));
    }
}
