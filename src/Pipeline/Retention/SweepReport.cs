// SPDX-License-Identifier: Apache-2.0
namespace Detector.Pipeline.Retention;

/// <summary>What one sweep came to.</summary>
public sealed record SweepReport
{
    /// <summary>Meters whose readings expired.</summary>
    public int Meters { get; init; }

    /// <summary>Readings that expired into hours and days, or of a meter slower than an hour.</summary>
    public long Readings { get; init; }

    /// <summary>Readings of bursts that expired.</summary>
    public long Bursts { get; init; }

    /// <summary>Hours that were made.</summary>
    public long HoursMade { get; init; }

    /// <summary>Hours that were deleted.</summary>
    public long HoursDropped { get; init; }

    /// <summary>Days that were deleted.</summary>
    public long DaysDropped { get; init; }

    /// <summary>Meters that were left as they are because readings came in or were not settled; the next sweep takes them.</summary>
    public int PutOff { get; init; }

    /// <summary>Meters that have something due but are held.</summary>
    public IReadOnlyList<RetentionHold> Holds { get; init; } = [];

    /// <summary>Whether the sweep ended early because a replay of dead letters was asked for.</summary>
    public bool BrokenOff { get; init; }
}
