// SPDX-License-Identifier: Apache-2.0
using System.Globalization;

namespace Detector.Metering;

/// <summary>Why a text is not a moment in time.</summary>
public enum InstantFault : byte
{
    /// <summary>It is one.</summary>
    None = 0,

    /// <summary>Neither ISO 8601 nor a number.</summary>
    NotATime = 1,

    /// <summary>A date and time of day without <c>Z</c> or an offset: no moment.</summary>
    NoZone = 2,

    /// <summary>A field of the date, time or offset is out of its range, or the year is not from 1 to 9999.</summary>
    OutOfRange = 3,
}

/// <summary>The unit of a Unix time.</summary>
public enum UnixUnit : byte
{
    /// <summary>Told by the magnitude; see <see cref="Instants.TryUnix"/>.</summary>
    ByMagnitude = 0,

    /// <summary>Seconds.</summary>
    Seconds = 1,

    /// <summary>Milliseconds.</summary>
    Milliseconds = 2,

    /// <summary>Microseconds.</summary>
    Microseconds = 3,

    /// <summary>Nanoseconds.</summary>
    Nanoseconds = 4,
}

/// <summary>Moments read from UTF-8 text without allocating, cut down to whole microseconds.</summary>
/// <remarks>
/// ISO 8601 in the profile of RFC 3339 with additions met in the field: a space for the <c>T</c>, missing seconds,
/// an offset written <c>+0800</c> or <c>+08</c>, 24:00 for the end of a day, and the basic form <c>20260101T001500Z</c>. Unix
/// times are numbers; the arithmetic is decimal, so that a fractional second keeps its digits.
/// </remarks>
public static class Instants
{
    private const decimal FirstMillisecond = 100_000_000_000m; // 1e11 s is the year 5138; 1e11 ms is March 1973.
    private const decimal FirstMicrosecond = FirstMillisecond * 1000;
    private const decimal FirstNanosecond = FirstMicrosecond * 1000;
    private const int LongestBasic = 40; // to the nanosecond with an offset it is 30
    private const long TicksPerMicrosecond = TimeSpan.TicksPerMicrosecond;
    private static readonly long UnixTicks = DateTimeOffset.UnixEpoch.Ticks;

    /// <summary>Microseconds since 1970 of a moment, rounded down.</summary>
    public static long ToUnixMicroseconds(DateTimeOffset moment) =>
        (long)Math.Floor((moment.UtcTicks - UnixTicks) / (decimal)TicksPerMicrosecond);

    /// <summary>The moment of a count of microseconds since 1970.</summary>
    public static DateTimeOffset FromUnixMicroseconds(long microseconds) => new((microseconds * TicksPerMicrosecond) + UnixTicks, TimeSpan.Zero);

    /// <summary>A moment cut down to whole microseconds, in UTC.</summary>
    public static DateTimeOffset Truncate(DateTimeOffset moment) => new(moment.UtcTicks - (moment.UtcTicks % TicksPerMicrosecond), TimeSpan.Zero);

    /// <summary>Reads ISO 8601 with a zone, or a Unix time.</summary>
    /// <param name="utf8">The text, without quotes.</param>
    /// <param name="unit">Unit of a Unix time.</param>
    /// <param name="moment">The moment, where there is no fault.</param>
    public static InstantFault TryParse(ReadOnlySpan<byte> utf8, UnixUnit unit, out DateTimeOffset moment)
    {
        utf8 = Trim(utf8);
        if (utf8.Length > 4 && utf8[4] == '-' && char.IsAsciiDigit((char)utf8[0]))
        {
            return TryIso(utf8, out moment);
        }

        if (utf8.Length > 8 && utf8[8] is (byte)'T' or (byte)'t')
        {
            return TryBasic(utf8, out moment);
        }

        moment = default;
        return decimal.TryParse(utf8, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? TryUnix(number, unit, out moment)
            : InstantFault.NotATime;
    }

    /// <summary>The moment of a Unix time.</summary>
    /// <remarks>By magnitude: below 1e11 seconds, below 1e14 milliseconds, below 1e17 microseconds, else nanoseconds.</remarks>
    public static InstantFault TryUnix(decimal number, UnixUnit unit, out DateTimeOffset moment)
    {
        moment = default;
        if (Math.Abs(number) > 9e21m)
        {
            return InstantFault.OutOfRange;
        }

        var size = Math.Abs(number);
        var microseconds = unit switch
        {
            UnixUnit.Seconds => number * 1_000_000m,
            UnixUnit.Milliseconds => number * 1000m,
            UnixUnit.Microseconds => number,
            UnixUnit.Nanoseconds => number / 1000m,
            _ => size < FirstMillisecond ? number * 1_000_000m
                : size < FirstMicrosecond ? number * 1000m
                : size < FirstNanosecond ? number
                : number / 1000m,
        };
        var ticks = (Math.Floor(microseconds) * TicksPerMicrosecond) + UnixTicks;
        if (ticks < 0 || ticks > DateTimeOffset.MaxValue.Ticks)
        {
            return InstantFault.OutOfRange;
        }

        moment = new DateTimeOffset((long)ticks, TimeSpan.Zero);
        return InstantFault.None;
    }

    /// <summary>Reads ISO 8601 with a zone, such as <c>2026-01-01T00:00:00.5+08:00</c>.</summary>
    public static InstantFault TryIso(ReadOnlySpan<byte> utf8, out DateTimeOffset moment)
    {
        moment = default;
        // yyyy-MM-ddTHH:mm is the shortest that names a minute.
        if (utf8.Length < 16 || utf8[4] != '-' || utf8[7] != '-' || utf8[13] != ':' || !(utf8[10] is (byte)'T' or (byte)'t' or (byte)' '))
        {
            return utf8.Length == 10 && utf8[4] == '-' && utf8[7] == '-' ? InstantFault.NoZone : InstantFault.NotATime;
        }

        if (!(Digits(utf8[..4], out var year) && Digits(utf8.Slice(5, 2), out var month) && Digits(utf8.Slice(8, 2), out var day)
            && Digits(utf8.Slice(11, 2), out var hour) && Digits(utf8.Slice(14, 2), out var minute)))
        {
            return InstantFault.NotATime;
        }

        if (!TrySecond(utf8[16..], out var second, out var fractionTicks, out var zone))
        {
            return InstantFault.NotATime;
        }

        var fault = TryZone(zone, out var offsetMinutes);
        if (fault != InstantFault.None)
        {
            return fault;
        }

        var endsDay = hour == 24 && minute == 0 && second == 0 && fractionTicks == 0;
        if (year is < 1 or > 9999 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) || (hour > 23 && !endsDay) || minute > 59 || second > 59)
        {
            return InstantFault.OutOfRange;
        }

        var ofDay = ((((hour * 60L) + minute) * 60) + second) * TimeSpan.TicksPerSecond;
        var ticks = new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Utc).Ticks + ofDay + fractionTicks - (offsetMinutes * TimeSpan.TicksPerMinute);
        if (ticks < 0 || ticks > DateTimeOffset.MaxValue.Ticks)
        {
            return InstantFault.OutOfRange;
        }

        moment = new DateTimeOffset(ticks - (ticks % TicksPerMicrosecond), TimeSpan.Zero);
        return InstantFault.None;
    }

    /// <summary>Reads the basic form by writing it as the extended one: yyyyMMddTHHmm, seconds where digits go on.</summary>
    private static InstantFault TryBasic(ReadOnlySpan<byte> utf8, out DateTimeOffset moment)
    {
        moment = default;
        Span<byte> extended = stackalloc byte[LongestBasic + 4];
        if (utf8.Length is < 13 or > LongestBasic)
        {
            return InstantFault.NotATime;
        }

        var length = 0;
        for (var i = 0; i < utf8.Length; i++)
        {
            var mark = i switch
            {
                4 or 6 => (byte)'-',
                11 => (byte)':',
                13 when char.IsAsciiDigit((char)utf8[13]) => (byte)':',
                _ => (byte)0,
            };
            if (mark != 0)
            {
                extended[length++] = mark;
            }

            extended[length++] = utf8[i];
        }

        return TryIso(extended[..length], out moment);
    }

    private static bool TrySecond(ReadOnlySpan<byte> rest, out int second, out long fractionTicks, out ReadOnlySpan<byte> zone)
    {
        second = 0;
        fractionTicks = 0;
        zone = rest;
        if (rest.IsEmpty || rest[0] != ':')
        {
            return true;
        }

        if (rest.Length < 3 || !Digits(rest.Slice(1, 2), out second))
        {
            return false;
        }

        zone = rest[3..];
        if (zone.IsEmpty || !(zone[0] is (byte)'.' or (byte)','))
        {
            return true;
        }

        var end = 1;
        var scale = TimeSpan.TicksPerSecond;
        for (; end < zone.Length && char.IsAsciiDigit((char)zone[end]); end++)
        {
            scale /= 10; // digits below a tick fall away
            fractionTicks += (zone[end] - '0') * scale;
        }

        var any = end > 1;
        zone = zone[end..];
        return any;
    }

    private static InstantFault TryZone(ReadOnlySpan<byte> zone, out int offsetMinutes)
    {
        offsetMinutes = 0;
        zone = Trim(zone);
        if (zone.IsEmpty)
        {
            return InstantFault.NoZone;
        }

        if (zone.Length == 1 && zone[0] is (byte)'Z' or (byte)'z')
        {
            return InstantFault.None;
        }

        var minute = 0;
        var shaped = zone[0] is (byte)'+' or (byte)'-' && zone.Length is 3 or 5 or 6 && (zone.Length != 6 || zone[3] == ':');
        if (!shaped || !Digits(zone.Slice(1, 2), out var hour) || (zone.Length > 3 && !Digits(zone[^2..], out minute)))
        {
            return InstantFault.NotATime;
        }

        offsetMinutes = ((hour * 60) + minute) * (zone[0] == '-' ? -1 : 1);
        return hour > 14 || minute > 59 ? InstantFault.OutOfRange : InstantFault.None;
    }

    private static bool Digits(ReadOnlySpan<byte> text, out int number)
    {
        number = 0;
        foreach (var b in text)
        {
            if (!char.IsAsciiDigit((char)b))
            {
                return false;
            }

            number = (number * 10) + (b - '0');
        }

        return true;
    }

    private static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> text) => text.Trim(" \t"u8);
}
