// SPDX-License-Identifier: Apache-2.0
using System.Text.Json.Serialization;

namespace Detector.Metering;

/// <summary>A half-open range of time in UTC: <see cref="From"/> is in it, <see cref="To"/> is not.</summary>
public readonly record struct TimeRange(DateTimeOffset From, DateTimeOffset To)
{
    /// <summary>All time that a reading may carry.</summary>
    public static TimeRange All { get; } = new(DateTimeOffset.UnixEpoch, new DateTimeOffset(2200, 1, 1, 0, 0, 0, TimeSpan.Zero));

    /// <summary>How long it is; not part of the JSON, where a window is its two ends.</summary>
    [JsonIgnore]
    public TimeSpan Length => To - From;

    /// <summary>Whether a moment lies in it.</summary>
    public bool Contains(DateTimeOffset moment) => moment >= From && moment < To;
}
