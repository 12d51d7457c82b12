// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Timeline;

/// <summary>What a writer remembers of one meter.</summary>
internal sealed class MeterTrack(MeterId meter, long lastMicroseconds)
{
    /// <summary>Last time of a meter that has no readings: earlier than any.</summary>
    public const long NoReading = long.MinValue;

    /// <summary>The meter.</summary>
    public MeterId Meter { get; } = meter;

    /// <summary>Time of the latest reading the store is known to hold; never earlier than the truth.</summary>
    public long LastMicroseconds { get; set; } = lastMicroseconds;

    /// <summary>Readings before it have expired; earlier than any where none have.</summary>
    public long ExpiredBeforeMicroseconds { get; set; } = NoReading;

    /// <summary>Whether bursts of it have expired, whose spans the server keeps.</summary>
    public bool HasExpiredBursts { get; set; }

    /// <summary>The last time with the batch at hand, valid while <see cref="Batch"/> is that batch's number.</summary>
    public long TentativeMicroseconds { get; set; }

    /// <summary>Number of the batch that last touched this meter.</summary>
    public long Batch { get; set; }

    /// <summary>The store's own number of the meter; 0 while it has none.</summary>
    public int StoreId { get; set; }
}
