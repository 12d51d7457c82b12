// SPDX-License-Identifier: Apache-2.0
using Detector.Analysis.Evaluation;
using Detector.Analysis.Statistics;
using Detector.Metering;
using Detector.Recordings;

namespace Detector.Analysis.Backtests;

/// <summary>One moment of one meter, judged by both models.</summary>
internal sealed record Look(DateTimeOffset At, Finding InUse, Finding Candidate)
{
    /// <summary>Whether the two do not agree.</summary>
    public bool Differs => InUse.Verdict != Candidate.Verdict;

    /// <summary>The finding of one of the two.</summary>
    public Finding Of(Side side) => side == Side.InUse ? InUse : Candidate;
}

/// <summary>Whose findings are meant.</summary>
internal enum Side
{
    /// <summary>The model in use.</summary>
    InUse,

    /// <summary>The candidate.</summary>
    Candidate,
}

/// <summary>Every look at one meter, in order of time.</summary>
internal sealed record MeterHistory(MeterId Meter, string Site, MeterLabel? Label, IReadOnlyList<Look> Looks)
{
    /// <summary>The verdict at the last look.</summary>
    public Verdict Last(Side side) => Looks[^1].Of(side).Verdict;

    /// <summary>When cases were opened: at the first look that is a case, and at the first one a year or more after it.</summary>
    public IReadOnlyList<DateTimeOffset> Opened(Side side) =>
        [.. OpenedCases.Of(Looks.Where(l => l.Of(side).Verdict == Verdict.Case).Select(l => l.At), at => at)];

    /// <summary>Whether a case opened at a moment would have been right; null where no label says so.</summary>
    public bool? Right(DateTimeOffset opened) => Label is null ? null : Label.Mines && (Label.Onset is not { } onset || opened >= onset);

    /// <summary>Years that were judged and in which nothing mined: each look that is not insufficient stands for the time since the look before.</summary>
    public double HonestYears(Side side, TimeSpan every) => Label is null
        ? 0
        : Flagged.SiteYears(Looks.Count(l => l.Of(side).Verdict != Verdict.Insufficient && (!Label.Mines || l.At < Label.Onset)), every.TotalDays);

    /// <summary>The highest place on the ladder that any look gave; 0 where all were insufficient.</summary>
    public double Highest(Side side) => Looks.Select(l => l.Of(side))
        .Where(f => f.Verdict != Verdict.Insufficient)
        .Select(f => f.Standing ?? (double)f.Verdict)
        .DefaultIfEmpty(0)
        .Max();

    /// <summary>The last look at which the two do not agree; null where they always do.</summary>
    public Look? LastDifference => Looks.LastOrDefault(l => l.Differs);
}
