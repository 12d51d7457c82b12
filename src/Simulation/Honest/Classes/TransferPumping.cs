// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Simulation;

/// <summary>Pumps that move water over a distance: alike units, of which as many run for hours or days as the plan says.</summary>
/// <remarks>Levels of k units as a mine with blocks of machines has; heads, valves and the wear of pumps move each level by a percent or two.</remarks>
internal sealed class TransferPumping : IHonestClass
{
    public string Name => "transfer_pumping";

    public DeclaredUse DeclaredUse => DeclaredUse.Water;

    public (double Low, double High) Kilowatts => (30, 6000);

    public (double Low, double High) Utilisation => (0.25, 0.7);

    public void Shape(Surroundings around, double[] load, double kilowatts, Prng chance)
    {
        Plan(around, load, chance);
        var adjusted = chance.Chance(0.4) ? chance.Uniform(0.05, 0.4) : 0; // one unit with a drive of variable speed
        var demand = ColouredNoise.Of(chance, around.Grid, 0.3, chance.LogUniform(2, 30));
        for (var i = 0; i < load.Length; i++)
        {
            load[i] += load[i] > 0 ? adjusted * Math.Clamp(0.5 + demand[i], 0, 1) : 0;
        }

        LoadParts.Noise(chance, around.Grid, load, chance.LogUniform(0.004, 0.02), 0.2);
        LoadParts.Noise(chance, around.Grid, load, chance.LogUniform(0.008, 0.03), 8);
        LoadParts.Noise(chance, around.Grid, load, chance.LogUniform(0.01, 0.04), 120);
        var house = chance.LogUniform(0.003, 0.06);
        for (var i = 0; i < load.Length; i++)
        {
            load[i] += house;
        }
    }

    /// <summary>How many units run: changed after hours or days, by the tariff's night for some.</summary>
    private static void Plan(Surroundings around, double[] load, Prng chance)
    {
        var units = chance.Whole(1, 6);
        var held = chance.LogUniform(3, 150);
        var stops = chance.LogUniform(0.02, 0.4);
        var night = chance.Chance(0.3) ? chance.Whole(1, units + 1) : 0;
        var (from, to) = (chance.Uniform(21, 24), chance.Uniform(5, 8));
        double[] sizes = [.. Enumerable.Range(0, units).Select(_ => chance.LogNormal(1, 0.06) / units)];
        var running = chance.Whole(0, units + 1);
        var next = held * chance.LogNormal(0.7, 0.8);
        for (var i = 0; i < load.Length; i++)
        {
            if (i * around.Grid.StepHours > next)
            {
                running = chance.Chance(stops) ? 0 : Math.Clamp(running + chance.Pick([-2, -1, -1, 1, 1, 2]), 0, units);
                next += held * chance.LogNormal(0.7, 0.8);
            }

            var clock = around.HourOfDay[i];
            var now = Math.Min(units, running + (clock > from || clock < to ? night : 0));
            for (var unit = 0; unit < now; unit++)
            {
                load[i] += sizes[unit];
            }
        }
    }
}
