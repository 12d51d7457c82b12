// SPDX-License-Identifier: Apache-2.0
using System.ComponentModel.DataAnnotations;
using Detector.Metering;

namespace Detector.Detection;

/// <summary>What a judgement needs before it says anything, and how many false cases it may make.</summary>
public sealed class JudgeOptions
{
    /// <summary>Longest window judged, in days, back from the end of the data or the time asked about.</summary>
    [Range(28, 400)]
    public int WindowDays { get; set; } = 91;

    /// <summary>Longest window judged by daily energy, in days: a year tells seasons from lasting rises.</summary>
    [Range(28, 400)]
    public int DailyWindowDays { get; set; } = 365;

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

    /// <summary>Days before the window that are looked at as its history, where they are given: thirteen months and four weeks.</summary>
    [Range(0, 800)]
    public int HistoryDays { get; set; } = 427;

    /// <summary>Days that an added load must have stayed before it may open a case; younger ones are watched.</summary>
    [Range(3, 56)]
    public double MinimumDaysSince { get; set; } = 7;

    /// <summary>Share of an added load in the load after up to which it is an addition; beyond it a site began, which is watched at most.</summary>
    [Range(0, 1)]
    public double MostAddedShare { get; set; } = 0.75;

    /// <summary>How far below the highest base load of thirteen months, in added loads, a rise is a return to what was, which is watched at most.</summary>
    [Range(-50, 50)]
    public double ReturnDepth { get; set; }

    /// <summary>False cases a week that are accepted for the whole fleet; null leaves the model's thresholds alone.</summary>
    /// <remarks>It can make a case harder, never easier: of the model's threshold and the budget's the stricter stands (docs/alert-budget.md).</remarks>
    [Range(0.001, 100000)]
    public double? AlertBudget { get; set; }

    /// <summary>Meters of the fleet that the budget is for; null takes those of the register.</summary>
    [Range(1, 100_000_000)]
    public int? FleetMeters { get; set; }

    /// <summary>Peak over contracted capacity below which more is asked: mining uses 0.8 to 1.0 of its connection.</summary>
    [Range(0, 1)]
    public double LowUtilisation { get; set; } = 0.6;

    /// <summary>What a low utilisation asks beyond a case's threshold, in steps from watch to case.</summary>
    [Range(0, 10)]
    public double LowUtilisationMargin { get; set; } = 0.25;

    /// <summary>The same with another fleet for the alert budget.</summary>
    public JudgeOptions ForFleet(int meters)
    {
        var copy = (JudgeOptions)MemberwiseClone();
        copy.FleetMeters = meters;
        return copy;
    }

    /// <summary>The alert budget; null where none is set.</summary>
    /// <exception cref="ValidationException">A budget is set for a fleet of unknown size.</exception>
    public AlertBudget? Budget() => AlertBudget is not { } cases ? null
        : FleetMeters is { } meters ? new AlertBudget(cases, meters)
        : throw new ValidationException("AlertBudget is for a fleet of a size: give FleetMeters too.");
}
