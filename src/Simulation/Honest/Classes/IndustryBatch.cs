// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Simulation;

/// <summary>Furnaces, kilns, presses: batches of hours, heated, held, emptied, day and night.</summary>
internal sealed class IndustryBatch : IHonestClass
{
    public string Name => "industry_batch";

    public DeclaredUse DeclaredUse => DeclaredUse.Industrial;

    public (double Low, double High) Kilowatts => (60, 3000);

    public (double Low, double High) Utilisation => (0.25, 0.6);

    public void Shape(Surroundings around, double[] load, double kilowatts, Prng chance)
    {
        var furnaces = chance.Whole(1, 5);
        var sundays = chance.Chance(0.6);
        for (var furnace = 0; furnace < furnaces; furnace++)
        {
            Batches(around, load, chance, sundays, chance.Uniform(0.5, 1));
        }

        var floor = chance.Uniform(0.05, 0.3) * furnaces;
        var people = chance.Uniform(0.02, 0.15) * furnaces;
        for (var i = 0; i < load.Length; i++)
        {
            var rest = around.Days[around.Day[i]] is DayKind.Sunday or DayKind.Holiday;
            load[i] += floor + (people * DayCurve.Plateau(around.HourOfDay[i], 7.5, 17.5, 1) * (rest ? 0.2 : 1));
        }

        LoadParts.Noise(chance, around.Grid, load, 0.02, 0.2);
        LoadParts.Noise(chance, around.Grid, load, 0.02, 10);
    }

    private static void Batches(Surroundings around, double[] load, Prng chance, bool sundays, double size)
    {
        var grid = around.Grid;
        var heat = chance.LogUniform(0.5, 4);
        var hold = chance.LogUniform(0.5, 6);
        var held = chance.Uniform(0.3, 0.7);
        for (var t = -10 * chance.Unit(); t < grid.Hours;)
        {
            var heated = t + (heat * chance.LogNormal(1, 0.08));
            var emptied = heated + (hold * chance.LogNormal(1, 0.15));
            var step = Math.Clamp(grid.StepAt(Math.Max(0, t)), 0, Math.Max(0, load.Length - 1));
            var works = sundays || around.Days[around.Day[step]] is not (DayKind.Sunday or DayKind.Holiday);
            if (works)
            {
                Raster.Add(grid, load, t, heated, size);
                Raster.Add(grid, load, heated, emptied, size * held);
            }

            t = emptied + chance.LogNormal(0.5, 0.7);
        }
    }
}
