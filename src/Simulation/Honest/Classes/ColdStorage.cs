// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Simulation;

/// <summary>Refrigerated warehouse: compressors that switch, defrosting, doors in working hours, warmth outside.</summary>
internal sealed class ColdStorage : IHonestClass
{
    public string Name => "cold_storage";

    public DeclaredUse DeclaredUse => DeclaredUse.ColdStorage;

    public (double Low, double High) Kilowatts => (25, 900);

    public (double Low, double High) Utilisation => (0.3, 0.6);

    public void Shape(Surroundings around, double[] load, double kilowatts, Prng chance)
    {
        var need = Need(around, chance);
        var compressors = chance.Whole(2, 10);
        var modulated = chance.Chance(0.5) ? chance.Uniform(0.2, 0.8) : 0;
        Modulate(load, need, modulated);
        for (var unit = 0; unit < compressors; unit++)
        {
            Thermostat.Add(chance, around.Grid, load, need, (1 - modulated) * chance.Uniform(0.6, 1.4) / compressors, chance.LogUniform(0.3, 2));
        }

        Fans(around, load, chance);
        Defrost(around, load, chance);
        LoadParts.Noise(chance, around.Grid, load, 0.02, 0.3);
        LoadParts.Noise(chance, around.Grid, load, 0.03, 60);
    }

    private static double[] Need(Surroundings around, Prng chance)
    {
        var slope = chance.Uniform(0.008, 0.022);
        var doors = chance.Uniform(0.04, 0.22);
        var level = chance.Uniform(0.25, 0.5);
        var need = new double[around.Grid.Steps];
        for (var i = 0; i < need.Length; i++)
        {
            var rest = around.Days[around.Day[i]] is DayKind.Sunday or DayKind.Holiday;
            var open = DayCurve.Plateau(around.HourOfDay[i], 6.5, 18, 2) * (rest ? 0.25 : 1);
            need[i] = level + (slope * (around.Temperature[i] - 12)) + (doors * open);
        }

        // Fresh goods come in warm; a store empties over weeks.
        ColouredNoise.Add(chance, around.Grid, need, 0.05, 24);
        ColouredNoise.Add(chance, around.Grid, need, 0.06, 300);
        for (var i = 0; i < need.Length; i++)
        {
            need[i] = Math.Clamp(need[i], 0.06, 0.97);
        }

        return need;
    }

    // Screw compressors on inverters follow the need without switching.
    private static void Modulate(double[] load, double[] need, double share)
    {
        for (var i = 0; i < load.Length; i++)
        {
            load[i] += share * need[i];
        }
    }

    private static void Fans(Surroundings around, double[] load, Prng chance)
    {
        var fans = chance.Uniform(0.12, 0.35);
        for (var i = 0; i < load.Length; i++)
        {
            load[i] += fans;
        }
    }

    private static void Defrost(Surroundings around, double[] load, Prng chance)
    {
        var every = chance.Pick([4.0, 6.0, 8.0, 12.0]);
        var height = chance.Uniform(0.08, 0.3);
        for (var at = every * chance.Unit(); at < around.Grid.Hours; at += every)
        {
            Raster.Add(around.Grid, load, at, at + chance.Uniform(0.25, 0.6), height);
        }
    }
}
