// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Simulation;

/// <summary>Computing cluster by its queue: jobs of any size and length, few or many, on a machine that is full or half empty.</summary>
/// <remarks>
/// <see cref="HpcSystem"/> is drawn after one recorded machine; this is every other. What it has in common with a mine that follows a demand is that neither knows a day or a week:
/// what is left to tell them is how jobs begin and end, each by itself.
/// </remarks>
internal sealed class BatchCluster : IHonestClass
{
    public string Name => "batch_cluster";

    public DeclaredUse DeclaredUse => DeclaredUse.Hpc;

    public (double Low, double High) Kilowatts => (30, 6000);

    public (double Low, double High) Utilisation => (0.35, 0.8);

    public void Shape(Surroundings around, double[] load, double kilowatts, Prng chance)
    {
        Jobs(around, load, chance.Split("jobs"));
        var idle = chance.Uniform(0.2, 0.6);
        var backlog = chance.Uniform(0, 0.15);
        var fill = ColouredNoise.Of(chance, around.Grid, backlog, chance.LogUniform(20, 500));
        for (var i = 0; i < load.Length; i++)
        {
            load[i] = idle + ((1 - idle) * Math.Clamp(load[i] + fill[i], 0, 1));
        }

        foreach (var at in LoadParts.Planned(around, chance, chance.Whole(14, 60), 6, 11))
        {
            Raster.Dip(around.Grid, load, at, at + chance.LogUniform(1.5, 14), chance.Uniform(0.1, 0.7), chance.LogUniform(0.2, 6));
        }

        LoadParts.Noise(chance, around.Grid, load, chance.LogUniform(0.003, 0.03), chance.LogUniform(0.2, 2));
        LoadParts.Noise(chance, around.Grid, load, chance.LogUniform(0.002, 0.015), 60);
        LoadParts.Cooling(around, load, chance.LogUniform(0.0003, 0.006), chance.Uniform(8, 18));
    }

    /// <summary>The share of the machine that is asked for, over one where jobs wait.</summary>
    private static void Jobs(Surroundings around, double[] load, Prng chance)
    {
        var perDay = chance.LogUniform(8, 300);
        var hours = chance.LogUniform(0.7, 10);
        var longest = chance.Pick([12.0, 24.0, 48.0, 168.0]);
        var asked = chance.Uniform(0.45, 1.3);
        var day = chance.Chance(0.5) ? chance.Uniform(0, 0.7) : 0; // people submit by day, scripts whenever a job ends
        var rest = chance.Uniform(0.4, 1);
        var size = asked * 24 / (perDay * hours * 1.6);
        for (var at = -longest; at < around.Grid.Hours; at += chance.Exponential(24 / perDay))
        {
            var step = Math.Clamp(around.Grid.StepAt(Math.Max(0, at)), 0, load.Length - 1);
            var submitted = 1 - day + (day * DayCurve.Hump(around.HourOfDay[step], 15, 4));
            if (chance.Chance(submitted * (around.Days[around.Day[step]] == DayKind.Working ? 1 : rest)))
            {
                var power = chance.Uniform(0.55, 1.1) * Math.Min(0.7, size * chance.LogNormal(0.6, 1) / (1 - (0.6 * day)));
                Raster.Add(around.Grid, load, at, at + Math.Min(longest, hours * chance.LogNormal(1, 1)), power);
            }
        }
    }
}
