// SPDX-License-Identifier: Apache-2.0
using System.Text.Json.Serialization;

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
public sealed record Reason(string Group, bool ForMining, double Weight, string Text, string TextZh)
{
    /// <summary>The figure that the sentence names, with its reference range; null where the sentence names none or several.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ReasonNumber? Number { get; init; }

    /// <summary>Whether its weight is part of <see cref="Finding.LogOdds"/>; weights by rule and of other evidence are not.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool InTotal { get; init; }
}

/// <summary>The figure of a reason and what it is compared with, in the unit of the feature: <c>ln</c> features as logarithms.</summary>
/// <param name="Feature">Name of the feature that speaks loudest in its group.</param>
/// <param name="Value">Its value; null where unknown.</param>
/// <param name="Low">5th percentile of the reference.</param>
/// <param name="High">95th percentile of the reference.</param>
/// <param name="Reference">Whose range it is: <c>honest</c>, or the declared use, such as <c>cold_storage</c>; <c>balance</c> where the range is the value's own interval: <c>residual_kw</c> of a feeder.</param>
public sealed record ReasonNumber(string Feature, double? Value, double Low, double High, string Reference);

/// <summary>What the weights add up to, in natural logarithms.</summary>
/// <param name="Constant">What the evidence says before anything of this load is known, with the groups too faint to be listed.</param>
/// <param name="Total">Log likelihood ratio of mining: the constant and the signed weights of the reasons that are <see cref="Reason.InTotal"/>.</param>
public sealed record LogOddsBalance(double Constant, double Total);

/// <summary>The load of the reference that is most like the judged one, on one side.</summary>
/// <param name="Kind">Code of its kind, such as <c>simulated_telecom</c>.</param>
/// <param name="Distance">0 for the same profile; the root mean square over feature groups, in honest ranges.</param>
/// <param name="Text">What it is, in English.</param>
/// <param name="TextZh">The same in Chinese.</param>
public sealed record NearestReference(string Kind, double Distance, string Text, string TextZh);

/// <summary>The most similar honest and mining references.</summary>
public sealed record NearestReferences(NearestReference Honest, NearestReference Mining);

/// <summary>How a load compares with honest loads of the use that its site declared.</summary>
/// <param name="Use">The declared use, as in the sites file.</param>
/// <param name="PValue">Share of honest windows of that use at least as suspicious; null where there are too few of them.</param>
/// <param name="MismatchPValue">Share of honest windows of that use at least as far from its references: small is unlike the use.</param>
/// <param name="Distance">Distance from the nearest reference of that use.</param>
/// <param name="Usual">95th percentile of that distance among honest windows of the use.</param>
/// <param name="Windows">Honest windows of the use that were compared with.</param>
/// <param name="Sites">Sites these come from.</param>
/// <param name="RecordedSites">How many of the sites were recorded; the others are simulated.</param>
public sealed record DeclaredComparison(
    string Use, double? PValue, double MismatchPValue, double Distance, double Usual, int Windows, int Sites, int RecordedSites);

/// <summary>A verdict that stands although the latest look alone says less: the hold of hysteresis.</summary>
/// <param name="Alone">What the latest look alone says.</param>
/// <param name="Looks">Looks in a row, this one counted, that said less than the verdict.</param>
/// <param name="Needed">Looks in a row at which the verdict falls.</param>
/// <param name="Text">The same in an English sentence.</param>
/// <param name="TextZh">And in Chinese.</param>
public sealed record HeldVerdict(Verdict Alone, int Looks, int Needed, string Text, string TextZh);

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

    /// <summary>What the weights of the reasons add up to; null where the evidence is not a sum.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public LogOddsBalance? LogOdds { get; init; }

    /// <summary>Where the load stands on the ladder: from 2 a watch, from 3 a case, and in between in proportion; null where it is not said.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Standing { get; init; }

    /// <summary>The most similar references; null where the model has none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public NearestReferences? Nearest { get; init; }

    /// <summary>The comparison with the declared use; null where none is declared or the model has no reference of it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DeclaredComparison? Declared { get; init; }

    /// <summary>The hold that keeps the verdict up; null where the verdict is that of this look.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public HeldVerdict? Held { get; init; }

    /// <summary>Name and version of the model.</summary>
    public required string Model { get; init; }
}
