// SPDX-License-Identifier: Apache-2.0
namespace Detector.Simulation;

/// <summary>Parts that several honest classes are made of.</summary>
internal static class LoadParts
{
    /// <summary>Multiplies by lasting steps up and down, as tenants, machines or equipment come and go.</summary>
    public static void LastingSteps(Prng chance, Grid grid, double[] load, double perDay, double deviation, double longestRampHours)
    {
        var factor = new double[load.Length];
        Array.Fill(factor, 1.0);
        foreach (var at in Raster.Moments(chance, grid, perDay))
        {
            Raster.Step(grid, factor, at, deviation * chance.Normal(), chance.Uniform(0.05, longestRampHours));
        }

        Multiply(load, factor, 0.2);
    }

    /// <summary>Multiplies by noise around one whose strength itself wanders: recordings have tails wider than a normal.</summary>
    public static void Noise(Prng chance, Grid grid, double[] load, double deviation, double correlationHours, double restlessness = 0.6)
    {
        var noise = ColouredNoise.Of(chance, grid, deviation, correlationHours);
        var mood = ColouredNoise.Of(chance, grid, restlessness, Math.Max(30, 5 * correlationHours));
        var mean = 1 + (0.5 * restlessness * restlessness);
        for (var i = 0; i < load.Length; i++)
        {
            // The first terms of an exponential: always over zero, and cheaper.
            var strength = (1 + mood[i] + (0.5 * mood[i] * mood[i])) / mean;
            load[i] *= Math.Max(0.02, 1 + (noise[i] * strength));
        }
    }

    /// <summary>Multiplies by steady growth, as a share a year.</summary>
    public static void Growth(Grid grid, double[] load, double perYear)
    {
        for (var i = 0; i < load.Length; i++)
        {
            load[i] *= Math.Max(0.1, 1 + (perYear * ((i * grid.StepHours) - (grid.Hours / 2)) / 8766));
        }
    }

    /// <summary>Multiplies by a slope on outdoor temperature above a balance point, rounded off over two kelvin.</summary>
    public static void Cooling(Surroundings around, double[] load, double perKelvin, double balanceCelsius)
    {
        for (var i = 0; i < load.Length; i++)
        {
            load[i] *= 1 + (perKelvin * Above(around.Temperature[i] - balanceCelsius));
        }
    }

    /// <summary>Multiplies by compressors or fans that switch: a square wave whose period wanders.</summary>
    public static void DutyCycle(Prng chance, Grid grid, double[] load, double share, double periodHours, double duty)
    {
        for (var t = -periodHours * chance.Unit(); t < grid.Hours;)
        {
            var period = periodHours * chance.LogNormal(1, 0.12);
            var on = period * Math.Clamp(duty + (0.04 * chance.Normal()), 0.05, 0.95);
            Raster.Scale(grid, load, t, t + on, 1 + share);
            t += period;
        }
    }

    /// <summary>Moments of work that is planned every so many days, at some hour between two, in hours after the start; the first day is drawn.</summary>
    public static IEnumerable<double> Planned(Surroundings around, Prng chance, int everyDays, double fromHour, double toHour)
    {
        for (var day = chance.Whole(0, everyDays); day < around.Days.Length; day += everyDays)
        {
            yield return around.FirstMidnightHours + (24.0 * day) + chance.Uniform(fromHour, toHour);
        }
    }

    /// <summary>A number of kelvin above zero with a smooth corner.</summary>
    public static double Above(double kelvin) => 0.5 * (kelvin + Math.Sqrt((kelvin * kelvin) + 4));

    /// <summary>Multiplies, holding the factor at or over <paramref name="least"/>.</summary>
    public static void Multiply(double[] load, double[] factor, double least)
    {
        for (var i = 0; i < load.Length; i++)
        {
            load[i] *= Math.Max(least, factor[i]);
        }
    }
}
