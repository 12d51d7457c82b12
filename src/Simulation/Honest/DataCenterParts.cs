// SPDX-License-Identifier: Apache-2.0
namespace Detector.Simulation;

/// <summary>What co-location and enterprise data centers share.</summary>
/// <remarks>
/// Levels of noise after two recorded power domains of a data center (CV 0.03, residual 0.009 with hourly autocorrelation 0.64) and
/// day shapes after 96 sites of a British distribution operator (weekday peak/trough 1.058 at the median).
/// </remarks>
internal static class DataCenterParts
{
    /// <summary>A faint working-day rhythm: 0 at night, 1 in the early afternoon of a working day, less at the weekend.</summary>
    public static void WorkingRhythm(Surroundings around, double[] load, double amplitude, double weekendShare, double weekendDrop, double peakHour)
    {
        for (var i = 0; i < load.Length; i++)
        {
            var rest = around.Days[around.Day[i]] != DayKind.Working;
            var bump = DayCurve.Hump(around.HourOfDay[i], peakHour, 4.2);
            load[i] *= 1 + (amplitude * bump * (rest ? weekendShare : 1)) - (rest ? weekendDrop : 0);
        }
    }

    /// <summary>Noise from minutes to weeks.</summary>
    public static void Noise(Prng chance, Grid grid, double[] load, double strength)
    {
        LoadParts.Noise(chance, grid, load, 0.006 * strength, 0.02, 0.3);
        LoadParts.Noise(chance, grid, load, 0.0105 * strength, 0.5);
        LoadParts.Noise(chance, grid, load, 0.0055 * strength, 4);
        LoadParts.Noise(chance, grid, load, 0.0065 * strength, 40);
        LoadParts.Noise(chance, grid, load, 0.010 * strength, 250);
    }

    /// <summary>Chillers by outdoor temperature, with stages that switch.</summary>
    public static void Chillers(Prng chance, Surroundings around, double[] load)
    {
        LoadParts.Cooling(around, load, chance.LogUniform(0.0015, 0.009), chance.Uniform(8, 18));
        var stages = chance.LogUniform(0.002, 0.012);
        LoadParts.DutyCycle(chance, around.Grid, load, stages, chance.LogUniform(0.3, 3), chance.Uniform(0.3, 0.7));
    }

    /// <summary>Monthly tests of the generators: the load leaves the meter for up to two hours on a working morning.</summary>
    public static void GeneratorTests(Prng chance, Surroundings around, double[] load)
    {
        if (chance.Chance(0.35))
        {
            return; // Tested on a load bank: the meter sees nothing.
        }

        var every = chance.Pick([7, 14, 30, 30, 30, 90]);
        var left = chance.Chance(0.5) ? chance.Uniform(0, 0.1) : chance.Uniform(0.4, 0.9);
        var hour = chance.Uniform(8.5, 15);
        for (var day = chance.Whole(0, every); day < around.Days.Length; day += every)
        {
            var at = around.FirstMidnightHours + (24.0 * day) + hour + (0.2 * chance.Normal());
            Raster.Scale(around.Grid, load, at, at + chance.Uniform(0.3, 2), left);
        }
    }
}
