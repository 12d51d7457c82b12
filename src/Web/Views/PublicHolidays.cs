// SPDX-License-Identifier: Apache-2.0
using System.Globalization;

namespace Detector.Web.Views;

/// <summary>A public holiday: days on which most of a country does not work.</summary>
/// <param name="From">Its first day.</param>
/// <param name="Days">How many days it lasts.</param>
/// <param name="Name">What it is called in English.</param>
/// <param name="NameZh">The same in Chinese.</param>
internal readonly record struct PublicHoliday(DateOnly From, int Days, string Name, string NameZh);

/// <summary>The statutory public holidays of mainland China, on whose days honest offices, shops and works draw less and machines that hash do not.</summary>
/// <remarks>
/// Days by the Regulation on Public Holidays for National Annual Festivals and Memorial Days of the State Council, as revised with effect from 1 January 2014 and from 1 January 2025
/// (then New Year's Eve of the lunar calendar and 2 May were added). Days off that the yearly notice moves around them are not known here.
/// </remarks>
internal static class PublicHolidays
{
    /// <summary>First year whose days are known.</summary>
    internal const int FirstYear = 2014;

    private const int LastYear = 2099; // of the rule for Qingming, and of the framework's lunisolar calendar
    private const int Revised = 2025;
    private static readonly ChineseLunisolarCalendar Lunar = new();
    private static readonly HashSet<string> Zones = new(StringComparer.Ordinal) { "Asia/Shanghai", "Asia/Chongqing", "Asia/Harbin", "Asia/Urumqi", "Asia/Kashgar", "PRC" };

    /// <summary>The holidays of a year in a time zone, in order; none where the zone is not one of mainland China or the year is not known.</summary>
    internal static IReadOnlyList<PublicHoliday> Of(int year, TimeZoneInfo zone)
    {
        if (!Zones.Contains(zone.Id) || year is < FirstYear or > LastYear)
        {
            return [];
        }

        var eve = year >= Revised ? 1 : 0;
        return
        [
            .. new[]
            {
                new PublicHoliday(new DateOnly(year, 1, 1), 1, "New Year", "元旦"),
                new PublicHoliday(LunarDay(year, 1, 1).AddDays(-eve), 3 + eve, "Spring Festival", "春节"),
                new PublicHoliday(Qingming(year), 1, "Qingming Festival", "清明节"),
                new PublicHoliday(new DateOnly(year, 5, 1), 1 + eve, "Labour Day", "劳动节"),
                new PublicHoliday(LunarDay(year, 5, 5), 1, "Dragon Boat Festival", "端午节"),
                new PublicHoliday(LunarDay(year, 8, 15), 1, "Mid-Autumn Festival", "中秋节"),
                new PublicHoliday(new DateOnly(year, 10, 1), 3, "National Day", "国庆节"),
            }.OrderBy(h => h.From),
        ];
    }

    /// <summary>The day in a lunar year; its months are numbered on behind a leap month.</summary>
    private static DateOnly LunarDay(int year, int month, int day)
    {
        var leap = Lunar.GetLeapMonth(year);
        return DateOnly.FromDateTime(Lunar.ToDateTime(year, leap > 0 && month >= leap ? month + 1 : month, day, 0, 0, 0, 0));
    }

    /// <summary>The day in April on which the sun's longitude reaches 15 degrees, Beijing time: the almanac's rule for 2000 to 2099 (0.2422 days by which a year is longer than 365, leap days taken off).</summary>
    private static DateOnly Qingming(int year)
    {
        var inCentury = year % 100;
        return new DateOnly(year, 4, (int)((0.2422 * inCentury) + 4.81) - (inCentury / 4));
    }
}
