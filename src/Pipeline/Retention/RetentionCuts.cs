// SPDX-License-Identifier: Apache-2.0
using Detector.Timeline;

namespace Detector.Pipeline.Retention;

/// <summary>The moments before which things expire, whole UTC days; null where they are kept for ever.</summary>
/// <param name="Readings">Readings before it are deleted.</param>
/// <param name="Hours">Hours are made of the readings before it: a week later than readings go, so that the rules for a load see what surrounds it.</param>
/// <param name="Bursts">Readings of bursts before it are deleted.</param>
/// <param name="Hourly">Hours before it are deleted.</param>
/// <param name="Daily">Days before it, and readings of meters slower than an hour, are deleted.</param>
public sealed record RetentionCuts(DateTimeOffset? Readings, DateTimeOffset? Hours, DateTimeOffset? Bursts, DateTimeOffset? Hourly, DateTimeOffset? Daily)
{
    /// <summary>Days on either side that the rules for a load are shown of what they mark.</summary>
    public const int MarginDays = 7;

    /// <summary>The cuts of a policy.</summary>
    /// <param name="options">The policy.</param>
    /// <param name="now">The clock, or the newest reading where that is earlier: a clock that jumped ahead must not empty the store.</param>
    public static RetentionCuts Of(RetentionOptions options, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(options);
        var today = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero);
        DateTimeOffset? Before(int days) => days > 0 ? today.AddDays(-Math.Min(days, (today - DateTimeOffset.UnixEpoch).Days)) : null;
        var readings = Before(options.RawDays);
        return new RetentionCuts(readings, readings?.AddDays(MarginDays), Before(options.BurstDays), Before(options.HourlyDays), Before(options.DailyDays));
    }
}
