// SPDX-License-Identifier: Apache-2.0
using Detector.Profiles;

namespace Detector.Detection.Ladder;

/// <summary>The part of a window in which a load runs, where its site was commissioned within the window.</summary>
/// <remarks>
/// In: the hours of a window. Out: the hours since the load began. A week and more at its start of days below a quarter of the level the load runs at is a site
/// that stood empty; over it the shapes of what runs now are lost in one step, which no model was asked about. The step itself is change evidence.
/// </remarks>
public static class RunningLoad
{
    private const double Idle = 0.25; // of the running level: lights and pumps of an empty hall; beyond it change evidence says that a site began (JudgeOptions.MostAddedShare)
    private const int LeastIdleDays = 7;
    private const int HoursOfDay = 24;

    /// <summary>Hours since the load began, all of them where it ran from the start or began too late to be judged by itself.</summary>
    /// <param name="hours">A window, whole or in part.</param>
    /// <param name="leastDays">Fewest days that are judged.</param>
    public static HourlyLoad Of(HourlyLoad hours, int leastDays) => Of(hours, Began(hours), leastDays);

    /// <summary>The same, where the beginning is known already.</summary>
    internal static HourlyLoad Of(HourlyLoad hours, int began, int leastDays) =>
        began > 0 && hours.Count - began >= leastDays * HoursOfDay ? hours.Slice(began, hours.Count - began) : hours;

    /// <summary>Hour of the window at which its load began; 0 where it ran from the start.</summary>
    public static int Began(HourlyLoad hours)
    {
        ArgumentNullException.ThrowIfNull(hours);
        double[] days = [.. Enumerable.Range(0, hours.Count / HoursOfDay).Select(d => Mean(hours.Kilowatts.AsSpan(d * HoursOfDay, HoursOfDay)))];
        double[] known = [.. days.Where(d => !double.IsNaN(d)).Order()];
        if (known.Length == 0)
        {
            return 0;
        }

        var idle = Idle * known[(int)(0.75 * (known.Length - 1))];
        var first = Array.FindIndex(days, d => d >= idle);
        return first >= LeastIdleDays && days.AsSpan(0, first).ContainsAnyExcept(double.NaN) ? first * HoursOfDay : 0;
    }

    private static double Mean(ReadOnlySpan<float> hours)
    {
        var (sum, count) = (0.0, 0);
        foreach (var value in hours)
        {
            sum += float.IsNaN(value) ? 0 : value;
            count += float.IsNaN(value) ? 0 : 1;
        }

        return count == 0 ? double.NaN : sum / count;
    }
}
