// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Simulation;

/// <summary>Water works: pumps that keep a tank, by the town's morning and evening, some filling it at night when power is cheap.</summary>
internal sealed class WaterPumping : IHonestClass
{
    public string Name => "water_pumping";

    public DeclaredUse DeclaredUse => DeclaredUse.Water;

    public (double Low, double High) Kilowatts => (15, 1200);

    public (double Low, double High) Utilisation => (0.25, 0.6);

    public void Shape(Surroundings around, double[] load, double kilowatts, Prng chance)
    {
        var need = Need(around, chance);
        var pumps = chance.Whole(2, 6);
        var modulated = chance.Chance(0.4) ? chance.Uniform(0.2, 0.8) : 0;
        for (var pump = 0; pump < pumps; pump++)
        {
            Thermostat.Add(chance, around.Grid, load, need, (1 - modulated) * chance.Uniform(0.7, 1.3) / pumps, chance.LogUniform(0.4, 8));
        }

        var floor = chance.Uniform(0.02, 0.12);
        for (var i = 0; i < load.Length; i++)
        {
            load[i] += floor + (modulated * need[i]);
        }

        LoadParts.Noise(chance, around.Grid, load, 0.015, 0.3);
        LoadParts.Noise(chance, around.Grid, load, 0.02, 50);
    }

    private static double[] Need(Surroundings around, Prng chance)
    {
        var level = chance.Uniform(0.3, 0.6);
        var night = chance.Chance(0.35) ? chance.Uniform(0.1, 0.4) : 0;
        var warm = chance.Uniform(0, 0.006);
        var need = new double[around.Grid.Steps];
        for (var i = 0; i < need.Length; i++)
        {
            var clock = around.HourOfDay[i];
            var rest = around.Days[around.Day[i]] != DayKind.Working;
            var town = (0.5 * DayCurve.Hump(clock, rest ? 9.5 : 7.5, 1.8)) + (0.4 * DayCurve.Hump(clock, 19.5, 2.5)) + (0.25 * DayCurve.Plateau(clock, 7, 22, 4));
            var filling = night * (DayCurve.Plateau(clock, -2, 6, 0.5) + DayCurve.Plateau(clock, 23, 26, 0.5));
            need[i] = level * (0.55 + town) + filling + (warm * (around.Temperature[i] - 15));
        }

        ColouredNoise.Add(chance, around.Grid, need, 0.04, 3);
        ColouredNoise.Add(chance, around.Grid, need, 0.05, 80);
        for (var i = 0; i < need.Length; i++)
        {
            need[i] = Math.Clamp(need[i], 0.04, 0.97);
        }

        return need;
    }
}
