// SPDX-License-Identifier: Apache-2.0
namespace Detector.Metering;

/// <summary>The four verdicts. Stored; values only grow, in order of increasing suspicion after the first.</summary>
public enum Verdict : byte
{
    /// <summary>The readings do not allow a judgement; <see cref="Finding.Missing"/> says what is missing.</summary>
    Insufficient = 1,

    /// <summary>Nothing speaks for mining strongly enough.</summary>
    Clear = 2,

    /// <summary>Worth watching; not worth an inspector's time yet.</summary>
    Watch = 3,

    /// <summary>Worth an inspection: opens a case or joins the open one.</summary>
    Case = 4,
}

/// <summary>Verdicts by the names of the contract.</summary>
public static class VerdictNames
{
    /// <summary>The name of a verdict: <c>insufficient</c>, <c>clear</c>, <c>watch</c> or <c>case</c>.</summary>
    public static string Name(this Verdict verdict) => verdict switch
    {
        Verdict.Insufficient => "insufficient",
        Verdict.Clear => "clear",
        Verdict.Watch => "watch",
        Verdict.Case => "case",
        _ => throw new ArgumentOutOfRangeException(nameof(verdict), verdict, "Not a verdict."),
    };
}

/// <summary>Share of the load that is mining, 0 to 1.</summary>
public sealed record ShareInterval(double Low, double Likely, double High);

/// <summary>When the load that is judged began, in UTC.</summary>
public sealed record OnsetInterval(DateTimeOffset Earliest, DateTimeOffset Likely, DateTimeOffset Latest);

/// <summary>How many readings of the window carry a flag, by the flag's outside name.</summary>
public sealed record QualityCount(string Flag, int Readings);

/// <summary>One group of evidence in words.</summary>
/// <param name="Group">Feature group, such as <c>flatness</c> or <c>calendar</c>.</param>
/// <param name="ForMining">Whether it speaks for mining.</param>
/// <param name="Weight">How strongly, in log-odds; never negative.</param>
/// <param name="Text">One English sentence with the number and the honest reference range.</param>
/// <param name="TextZh">The same in Chinese.</param>
public sealed record Reason(string Group, bool ForMining, double Weight, string Text, string TextZh);

/// <summary>Something a judgement lacks: a code for machines and a sentence for people.</summary>
public sealed record MissingEvidence(string Code, string Text, string TextZh);

/// <summary>What detection says of one meter over one window: the only thing that cases know of detection.</summary>
/// <remarks>Serialized by <see cref="FindingJson"/> in the shape of the contract's <c>score --format json</c>.</remarks>
public sealed record Finding
{
    /// <summary>The meter judged.</summary>
    public required MeterId Meter { get; init; }

    /// <summary>Its site.</summary>
    public required string Site { get; init; }

    /// <summary>The verdict.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>Calibrated probability of mining, 0 to 1; null where insufficient.</summary>
    public double? Probability { get; init; }

    /// <summary>Conformal p-value against honest references, 0 to 1, small is suspicious; null where insufficient.</summary>
    public double? PValue { get; init; }

    /// <summary>Mining's share of the load; null where there is nothing to say.</summary>
    public ShareInterval? Share { get; init; }

    /// <summary>When it began; null where there is nothing to say.</summary>
    public OnsetInterval? Onset { get; init; }

    /// <summary>The window judged.</summary>
    public required TimeRange Window { get; init; }

    /// <summary>Native interval of the readings in seconds; 0 where it could not be told.</summary>
    public required double CadenceSeconds { get; init; }

    /// <summary>Share of due readings that are present and usable, 0 to 1.</summary>
    public required double Coverage { get; init; }

    /// <summary>Flags met in the window.</summary>
    public IReadOnlyList<QualityCount> Quality { get; init; } = [];

    /// <summary>Evidence for and against, strongest first.</summary>
    public IReadOnlyList<Reason> Reasons { get; init; } = [];

    /// <summary>What an insufficient verdict lacks, or what would decide an uncertain one.</summary>
    public IReadOnlyList<MissingEvidence> Missing { get; init; } = [];

    /// <summary>Name and version of the model.</summary>
    public required string Model { get; init; }
}
