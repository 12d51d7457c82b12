// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Profiles;

/// <summary>The local calendar of consecutive UTC hours.</summary>
public sealed class LocalHours
{
    private LocalHours(byte[] hourOfWeek, int[] day)
    {
        HourOfWeek = hourOfWeek;
        Day = day;
    }

    /// <summary>Local hour of the week of each hour: 0 is Monday 00:00, 167 Sunday 23:00.</summary>
    public byte[] HourOfWeek { get; }

    /// <summary>Local date of each hour as days since 0001-01-01.</summary>
    public int[] Day { get; }

    /// <summary>The calendar of <paramref name="count"/> hours from <paramref name="start"/>.</summary>
    /// <param name="start">A whole UTC hour.</param>
    /// <param name="count">Number of hours.</param>
    /// <param name="timeZone">IANA name; an unknown name is read as UTC.</param>
    public static LocalHours Of(DateTimeOffset start, int count, string timeZone)
    {
        var zone = SiteZone.Of(timeZone);
        var hourOfWeek = new byte[count];
        var day = new int[count];
        for (var block = 0; block < count; block += 24)
        {
            // The offset is asked once a day unless it changes within it: the question is slow.
            var end = Math.Min(block + 24, count);
            var first = zone.GetUtcOffset(start.UtcDateTime.AddHours(block));
            var same = first == zone.GetUtcOffset(start.UtcDateTime.AddHours(end));
            for (var i = block; i < end; i++)
            {
                var utc = start.UtcDateTime.AddHours(i);
                var local = utc + (same ? first : zone.GetUtcOffset(utc));
                hourOfWeek[i] = (byte)((((int)local.DayOfWeek + 6) % 7 * 24) + local.Hour);
                day[i] = (int)(local.Ticks / TimeSpan.TicksPerDay);
            }
        }

        return new LocalHours(hourOfWeek, day);
    }

    internal LocalHours Slice(int first, int count) => new(HourOfWeek[first..(first + count)], Day[first..(first + count)]);
}
