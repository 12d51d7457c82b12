// SPDX-License-Identifier: Apache-2.0
using System.Buffers;

namespace Detector.Simulation;

/// <summary>Outdoor temperature of a region: season, clock and passing weather.</summary>
/// <remarks>
/// Season and clock are cosines (coldest in mid January and two hours before sunrise, warmest at 15 h). Passing weather is noise of
/// three days' memory and 3.5 K (synoptic scale) and of six hours' and 0.8 K; cloud changes the daily swing from day to day.
/// Computed each quarter hour and joined by straight lines.
/// </remarks>
internal static class Weather
{
    public static double[] Celsius(Grid grid, Region region, Prng chance)
    {
        const double KnotHours = 0.25;
        var knots = (int)(grid.Hours / KnotHours) + 2;
        var passing = Passing(chance, knots, KnotHours);
        var at = new double[knots];
        var local = grid.Start.ToOffset(region.UtcOffset);
        var yearDay = local.DayOfYear + (local.TimeOfDay.TotalHours / 24);
        var clock = local.TimeOfDay.TotalHours;
        var solarShift = region.UtcOffset.TotalHours - (region.LongitudeDegrees / 15);
        for (var i = 0; i < knots; i++)
        {
            var hours = i * KnotHours;
            var season = -region.SeasonCelsius * PortableMath.CosineOfTurns((yearDay + (hours / 24) - 18) / 365.25);
            var swing = region.DayCelsius * (1 + passing.Cloud[i]);
            var daily = swing * PortableMath.CosineOfTurns((clock + hours - 15 - solarShift) / 24);
            at[i] = region.MeanCelsius + season + daily + passing.Front[i];
        }

        var steps = new double[grid.Steps];
        for (var i = 0; i < steps.Length; i++)
        {
            var position = (i + 0.5) * grid.StepHours / KnotHours;
            var knot = (int)position;
            steps[i] = at[knot] + ((at[knot + 1] - at[knot]) * (position - knot));
        }

        return steps;
    }

    private static (double[] Front, double[] Cloud) Passing(Prng chance, int knots, double knotHours)
    {
        var grid = new Grid(DateTimeOffset.UnixEpoch, TimeSpan.FromHours(knotHours), knots);
        var front = AtKnots(chance, grid, 3.5, 72);
        var gust = AtKnots(chance, grid, 0.8, 6);
        var cloud = AtKnots(chance, grid, 0.35, 40);
        for (var i = 0; i < knots; i++)
        {
            front[i] += gust[i];
            cloud[i] = Math.Max(-0.9, cloud[i]);
        }

        return (front, cloud);
    }

    /// <summary>Noise at the start of each slot. The steps between are drawn and thrown away, so they are rented.</summary>
    private static double[] AtKnots(Prng chance, Grid grid, double deviation, double correlationHours)
    {
        var rented = ArrayPool<double>.Shared.Rent(grid.Steps);
        var fine = rented.AsSpan(0, grid.Steps);
        fine.Clear();
        ColouredNoise.Add(chance, grid, fine, deviation, correlationHours);
        var knots = new double[grid.Steps / grid.StepsPerSlot];
        for (var i = 0; i < knots.Length; i++)
        {
            knots[i] = fine[i * grid.StepsPerSlot];
        }

        ArrayPool<double>.Shared.Return(rented);
        return knots;
    }
}
