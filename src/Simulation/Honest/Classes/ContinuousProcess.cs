// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Simulation;

/// <summary>Works that run day and night on one set point: smelting, electrolysis, paper, glass, air separation.</summary>
/// <remarks>
/// The quiet end of <see cref="ProcessIndustry"/>. Lines trip by themselves and come back, the plant is stopped for repair by plan, some give way in the hours of the evening peak as their contract asks.
/// </remarks>
internal sealed class ContinuousProcess : IHonestClass
{
    public string Name => "continuous_process";

    public DeclaredUse DeclaredUse => DeclaredUse.Industrial;

    public (double Low, double High) Kilowatts => (200, 60_000);

    public (double Low, double High) Utilisation => (0.6, 0.95);

    public void Shape(Surroundings around, double[] load, double kilowatts, Prng chance)
    {
        var lines = chance.Whole(1, 6);
        for (var line = 0; line < lines; line++)
        {
            Line(around, load, chance.Split($"line {line}"), chance.Uniform(0.5, 1));
        }

        LoadParts.Noise(chance, around.Grid, load, chance.LogUniform(0.003, 0.02), 0.2);
        LoadParts.Noise(chance, around.Grid, load, chance.LogUniform(0.003, 0.02), 3);
        LoadParts.Noise(chance, around.Grid, load, chance.LogUniform(0.004, 0.04), chance.LogUniform(40, 300));
        LoadParts.LastingSteps(chance, around.Grid, load, chance.LogUniform(0.02, 0.4), chance.LogUniform(0.01, 0.08), 12);
        EveningPeak(around, load, chance);
        var perKelvin = chance.Uniform(-0.001, 0.003);
        var office = chance.LogUniform(0.001, 0.03);
        for (var i = 0; i < load.Length; i++)
        {
            var works = around.Days[around.Day[i]] == DayKind.Working ? DayCurve.Plateau(around.HourOfDay[i], 7.5, 17.5, 1.5) : 0;
            load[i] *= 1 + (office * works) + (perKelvin * (around.Temperature[i] - 15));
        }
    }

    private static void Line(Surroundings around, double[] load, Prng chance, double size)
    {
        var line = new double[load.Length];
        Array.Fill(line, size);
        var left = chance.Uniform(0.02, 0.9);
        var hours = chance.LogUniform(0.2, 3);
        var ramp = chance.LogUniform(0.1, 4);
        foreach (var at in Raster.Moments(chance, around.Grid, chance.LogUniform(0.02, 2)))
        {
            Raster.Dip(around.Grid, line, at, at + (hours * chance.LogNormal(1, 0.8)), Math.Min(0.97, left * chance.LogNormal(1, 0.25)), ramp);
        }

        foreach (var at in LoadParts.Planned(around, chance, chance.Whole(20, 120), 5, 10))
        {
            Raster.Dip(around.Grid, line, at, at + chance.LogUniform(4, 60), chance.Uniform(0, 0.3), chance.Uniform(0.5, 8));
        }

        for (var i = 0; i < load.Length; i++)
        {
            load[i] += line[i];
        }
    }

    /// <summary>Less in the hours that a contract names, on working days: ordered by the control room, so not to the minute.</summary>
    private static void EveningPeak(Surroundings around, double[] load, Prng chance)
    {
        if (chance.Chance(0.7))
        {
            return;
        }

        var left = chance.Uniform(0.4, 0.92);
        var (from, hours) = (chance.Uniform(9, 19), chance.Uniform(1.5, 5));
        for (var day = 0; day < around.Days.Length; day++)
        {
            if (around.Days[day] == DayKind.Working && chance.Chance(0.9))
            {
                var at = around.FirstMidnightHours + (24.0 * day) + from + (0.25 * chance.Normal());
                Raster.Dip(around.Grid, load, at, at + (hours * chance.LogNormal(1, 0.05)), Math.Min(1, left * chance.LogNormal(1, 0.03)), chance.Uniform(0.1, 0.6));
            }
        }
    }
}
