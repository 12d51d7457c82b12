// SPDX-License-Identifier: Apache-2.0
using System.ComponentModel.DataAnnotations;

namespace Detector.Pipeline;

/// <summary>Whether and how often meters are asked for readings of seconds: section <c>Bursts</c>.</summary>
public sealed class BurstRequestOptions
{
    /// <summary>Shortest burst, in seconds.</summary>
    public const int LeastSeconds = 60;

    /// <summary>Longest burst, in seconds.</summary>
    public const int MostSeconds = 3600;

    /// <summary>Fewest readings a second.</summary>
    public const double LeastHertz = 0.1;

    /// <summary>Most readings a second.</summary>
    public const double MostHertz = 10;

    /// <summary>Whether meters are asked at all. Off: a command to a field device is the operator's decision.</summary>
    public bool Enabled { get; set; }

    /// <summary>How long a burst lasts, in seconds. More tells more: docs/bursts.md.</summary>
    [Range(LeastSeconds, MostSeconds)]
    public int Seconds { get; set; } = 60;

    /// <summary>Readings a second.</summary>
    [Range(LeastHertz, MostHertz)]
    public double Hertz { get; set; } = 1;

    /// <summary>How long a meter is left alone after it was asked.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "31.00:00:00")]
    public TimeSpan LeaveAloneFor { get; set; } = TimeSpan.FromDays(1);

    /// <summary>Requests an hour over all meters.</summary>
    [Range(1, 100_000)]
    public int MostPerHour { get; set; } = 60;

    /// <summary>How long after its request a burst still counts in judgements of its meter.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "91.00:00:00")]
    public TimeSpan CountsFor { get; set; } = TimeSpan.FromDays(7);
}
