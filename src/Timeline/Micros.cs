// SPDX-License-Identifier: Apache-2.0
namespace Detector.Timeline;

/// <summary>Microseconds since 1970 in UTC: the unit of time in both stores.</summary>
internal static class Micros
{
    /// <summary>The moment in whole microseconds; finer parts are cut, as <see cref="Metering.Reading.Time"/> has none.</summary>
    public static long Of(DateTimeOffset moment) =>
        Math.DivRem(moment.UtcTicks - DateTimeOffset.UnixEpoch.Ticks, TimeSpan.TicksPerMicrosecond, out var rest) - (rest < 0 ? 1 : 0);

    /// <summary>First whole microsecond at or after a moment: the bound of a half-open range.</summary>
    public static long AtOrAfter(DateTimeOffset moment) => Of(moment.UtcTicks > long.MaxValue - 9 ? moment : moment.AddTicks(9));

    /// <summary>The moment.</summary>
    public static DateTimeOffset ToMoment(long microseconds) => DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond);

    /// <summary>A length in whole microseconds.</summary>
    public static long Of(TimeSpan length) => length.Ticks / TimeSpan.TicksPerMicrosecond;

    /// <summary>The length.</summary>
    public static TimeSpan ToSpan(long microseconds) => new(microseconds * TimeSpan.TicksPerMicrosecond);
}
