// SPDX-License-Identifier: Apache-2.0
using Detector.Profiles;

namespace Detector.Neighbours;

/// <summary>Finds the hour of a lasting step, for people: the one at which the load's difference from the week before moves most towards the step.</summary>
/// <remarks>
/// Medians of two weeks are the same for days on either side of a step, so a <see cref="LevelStep"/> may be days off. Moves between sites are matched by it
/// all the same: with the hour more than twice as many honest buildings of the recordings had a load that seemed to have moved (docs/neighbours.md).
/// </remarks>
public static class StepHour
{
    private const int Day = 24;
    private const float LeastTaken = 0.5f; // of the step, from one day to the next: less may be the load's own unrest
    private const int Near = 7 * Day; // hours around that may be the step's own

    /// <summary>The first hour after a step, counted from 0001-01-01 UTC; the step's own where less than nine days before it or too little around it are known.</summary>
    /// <param name="load">The load in which it was found.</param>
    /// <param name="step">The step.</param>
    public static long Of(HourlyLoad load, LevelStep step)
    {
        ArgumentNullException.ThrowIfNull(load);
        var first = load.Start.UtcTicks / TimeSpan.TicksPerHour;
        var about = (int)(step.Hour - first);
        var (best, most) = (about, LeastTaken);
        for (var hour = Math.Max(0, about - Near); hour <= Math.Min(load.Count, about + Near); hour++)
        {
            var moved = OverWeek(load.Kilowatts, hour, step.Kilowatts) - OverWeek(load.Kilowatts, hour - Day, step.Kilowatts);
            (best, most) = moved > most ? (hour, moved) : (best, most); // never of an unknown
        }

        return first + best;
    }

    /// <summary>How much of a step the hours of a day from one on have taken since the week before, 0 to 1 each, so that an outage weighs no more; NaN where under half is known.</summary>
    private static float OverWeek(float[] hours, int from, float kilowatts)
    {
        var (sum, known) = (0f, 0);
        for (var hour = Math.Max(from, HourlyLoad.WeekHours); hour < Math.Min(from + Day, hours.Length); hour++)
        {
            var taken = (hours[hour] - hours[hour - HourlyLoad.WeekHours]) / kilowatts;
            (sum, known) = float.IsNaN(taken) ? (sum, known) : (sum + Math.Clamp(taken, 0, 1), known + 1);
        }

        return known < Day / 2 ? float.NaN : sum / known;
    }
}
