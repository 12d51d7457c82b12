// SPDX-License-Identifier: Apache-2.0
using System.ComponentModel.DataAnnotations;

namespace Detector.Simulation;

/// <summary>What is wrong behind a neighbourhood's feeder; nothing by default.</summary>
public sealed record NeighbourhoodOptions
{
    /// <summary>The same seed and index give the same neighbourhood.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Start of the first interval, UTC.</summary>
    public DateTimeOffset Start { get; init; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Length in days.</summary>
    [Range(1, 3650)]
    public int Days { get; init; } = 91;

    /// <summary>Interval of the readings.</summary>
    public TimeSpan Cadence { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Honest sites with a sub-meter each.</summary>
    [Range(1, 1000)]
    public int SubMeters { get; init; } = 8;

    /// <summary>Mean load of an honest site in kW, drawn within a factor of three of it.</summary>
    [Range(1, 100_000)]
    public double SiteKilowatts { get; init; } = 60;

    /// <summary>Mining that draws from the feeder past every sub-meter, in kW; zero for none.</summary>
    [Range(0, 100_000)]
    public double TapKilowatts { get; init; }

    /// <summary>Style of that mining.</summary>
    public string TapStyle { get; init; } = "steady";

    /// <summary>Day on which the tap begins; zero for before the first reading.</summary>
    [Range(0, 3650)]
    public int TapDay { get; init; }

    /// <summary>How many of the sites also mine behind one pool, beside their honest load.</summary>
    [Range(0, 1000)]
    public int RunTogether { get; init; }

    /// <summary>Mining at each of those, as a share of its honest load.</summary>
    [Range(0, 10)]
    public double TogetherShare { get; init; } = 0.5;

    /// <summary>Load in kW that leaves the first site and comes to the second half way; zero for none.</summary>
    [Range(0, 100_000)]
    public double MovedKilowatts { get; init; }

    /// <summary>Days between leaving and coming.</summary>
    [Range(0, 31)]
    public int MovedAfterDays { get; init; } = 2;
}
