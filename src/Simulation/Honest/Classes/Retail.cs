// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Simulation;

/// <summary>Shops: open every day, longer and busier at the weekend, refrigerators and light.</summary>
internal sealed class Retail : IHonestClass
{
    public string Name => "retail";

    public DeclaredUse DeclaredUse => DeclaredUse.Commercial;

    public (double Low, double High) Kilowatts => (6, 500);

    public (double Low, double High) Utilisation => (0.25, 0.55);

    public void Shape(Surroundings around, double[] load, double kilowatts, Prng chance)
    {
        var open = chance.Uniform(7, 10);
        var close = chance.Uniform(20, 22.5);
        var weekend = chance.Uniform(0.95, 1.25);
        var edge = chance.Uniform(0.5, 1.8);
        for (var i = 0; i < load.Length; i++)
        {
            var rest = around.Days[around.Day[i]] != DayKind.Working;
            var clock = around.HourOfDay[i];
            var people = 0.85 + (0.15 * DayCurve.Hump(clock, 18, 3));
            load[i] = DayCurve.Plateau(clock, open, close, edge) * people * (rest ? weekend : 1);
        }

        LoadParts.Noise(chance, around.Grid, load, chance.Uniform(0.05, 0.2), 3);
        var cool = chance.LogUniform(0.008, 0.05);
        var floor = chance.LogUniform(0.25, 2.5);
        for (var i = 0; i < load.Length; i++)
        {
            load[i] += floor + (cool * (0.4 + load[i]) * LoadParts.Above(around.Temperature[i] - 18));
        }

        LoadParts.DutyCycle(chance, around.Grid, load, chance.Uniform(0.02, 0.1), chance.LogUniform(0.3, 1), 0.5);
        LoadParts.Noise(chance, around.Grid, load, chance.Uniform(0.015, 0.06), 1);
        LoadParts.Noise(chance, around.Grid, load, chance.Uniform(0.03, 0.12), 20);
        LoadParts.Noise(chance, around.Grid, load, chance.Uniform(0.05, 0.18), 300);
    }
}
