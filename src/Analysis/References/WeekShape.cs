// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;
using Detector.Profiles;

namespace Detector.Analysis.References;

/// <summary>The typical week of one window: the median of each local hour over its weeks, as a share of the window's mean.</summary>
/// <param name="Week">168 hours from Monday 00:00.</param>
/// <param name="WorkingDay">24 hours of Monday to Friday.</param>
/// <param name="Weekend">24 hours of Saturday and Sunday.</param>
internal sealed record WeekShape(double[] Week, double[] WorkingDay, double[] Weekend)
{
    private const int DayHours = 24;
    private const int WorkingHours = 5 * DayHours;

    /// <summary>The shape of a window; null where its mean is not above zero or an hour of the week was never seen.</summary>
    public static WeekShape? Of(LoadSeries window, string timeZone)
    {
        var hours = HourlyLoad.From(window, timeZone);
        var known = Enumerable.Range(0, hours.Count).Where(i => !float.IsNaN(hours.Kilowatts[i])).ToArray();
        var mean = known.Length == 0 ? 0 : known.Average(i => (double)hours.Kilowatts[i]);
        if (!(mean > 0))
        {
            return null;
        }

        if (known.Select(i => hours.Local.HourOfWeek[i]).Distinct().Count() < HourlyLoad.WeekHours)
        {
            return null;
        }

        double[] MedianBy(int count, Func<int, int?> slot)
        {
            var slots = known.ToLookup(i => slot(hours.Local.HourOfWeek[i]) ?? -1, i => hours.Kilowatts[i] / mean);
            return [.. Enumerable.Range(0, count).Select(s => Median([.. slots[s].Order()]))];
        }

        return new WeekShape(
            MedianBy(HourlyLoad.WeekHours, hour => hour),
            MedianBy(DayHours, hour => hour < WorkingHours ? hour % DayHours : null),
            MedianBy(DayHours, hour => hour >= WorkingHours ? hour % DayHours : null));
    }

    private static double Median(double[] ascending) => (ascending[(ascending.Length - 1) / 2] + ascending[ascending.Length / 2]) / 2;
}
