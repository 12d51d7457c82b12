// SPDX-License-Identifier: Apache-2.0
using System.Globalization;

namespace Detector.Simulation;

/// <summary>Public holidays of mainland China: the statutory days, without the moved working days around them.</summary>
internal static class Holidays
{
    private static readonly ChineseLunisolarCalendar Lunar = new();

    /// <summary>Whether offices and most industry rest on this local date.</summary>
    public static bool IsHoliday(DateTime date)
    {
        var fixedDate = (date.Month, date.Day) is (1, 1) or (4, 4) or (4, 5) or (5, >= 1 and <= 5) or (10, >= 1 and <= 7);
        return fixedDate || IsLunarHoliday(date);
    }

    private static bool IsLunarHoliday(DateTime date)
    {
        if (date < Lunar.MinSupportedDateTime || date.AddDays(1) > Lunar.MaxSupportedDateTime)
        {
            return false;
        }

        var year = Lunar.GetYear(date);
        var month = Lunar.GetMonth(date);
        var leap = Lunar.GetLeapMonth(year);
        month = leap > 0 && month >= leap ? month - 1 : month;
        var eve = Lunar.GetYear(date.AddDays(1)) != year;
        return eve || (month, Lunar.GetDayOfMonth(date)) is (1, >= 1 and <= 7) or (5, 5) or (8, 15);
    }
}
