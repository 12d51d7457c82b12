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

    /// <summary>Whether some moment lies in both.</summary>
    public bool Overlaps(TimeRange other) => From < other.To && other.From < To;

    /// <summary>What lies in both; of no length where nothing does.</summary>
    public TimeRange Within(TimeRange other)
    {
        var from = From > other.From ? From : other.From;
        var to = To < other.To ? To : other.To;
        return new TimeRange(from, to > from ? to : from);
    }
}
