// SPDX-License-Identifier: Apache-2.0
using System.ComponentModel.DataAnnotations;

namespace Detector.Detection;

/// <summary>What a judgement needs before it says anything.</summary>
public sealed class JudgeOptions
{
    /// <summary>Longest window judged, in days, back from the end of the data or the time asked about.</summary>
    [Range(28, 400)]
    public int WindowDays { get; set; } = 91;

    /// <summary>Shortest span that is judged, in days.</summary>
    [Range(7, 91)]
    public int MinimumDays { get; set; } = 28;

    /// <summary>Least share of hours that must be known, 0 to 1.</summary>
    [Range(0.5, 1)]
    public double MinimumCoverage { get; set; } = 0.9;

    /// <summary>Least mean power in kW: below one machine with its overhead there is nothing to judge.</summary>
    [Range(0, 100)]
    public double MinimumKilowatts { get; set; } = 2;

    /// <summary>Least added power in kW that a change may open a case for; smaller is watched.</summary>
    [Range(0, 1000)]
    public double MinimumAddedKilowatts { get; set; } = 5;

    /// <summary>Least constancy of an added load over the hours of the week for which a mixture score becomes a case; 1 is a constant.</summary>
    [Range(0, 1)]
    public double LeastConstancy { get; set; } = 0.6;

    /// <summary>Least share of an added load in the load after it for the same.</summary>
    [Range(0, 1)]
    public double LeastAddedShare { get; set; } = 0.2;

    /// <summary>Peak over contracted capacity below which more is asked: mining uses 0.8 to 1.0 of its connection.</summary>
    [Range(0, 1)]
    public double LowUtilisation { get; set; } = 0.6;

    /// <summary>What a low utilisation asks beyond a case's threshold, in steps from watch to case.</summary>
    [Range(0, 10)]
    public double LowUtilisationMargin { get; set; } = 0.25;
}
