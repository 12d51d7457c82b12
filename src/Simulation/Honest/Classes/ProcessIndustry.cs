// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Simulation;

/// <summary>Continuous process: pumps, fans, electrolysis at a set point that the control room moves; stops for repair.</summary>
/// <remarks>The honest load nearest to mining: no day, no week, no weather. Set points several times a week and a long memory tell it.</remarks>
internal sealed class ProcessIndustry : IHonestClass
{
    public string Name => "process_industry";

    public DeclaredUse DeclaredUse => DeclaredUse.Industrial;

    public (double Low, double High) Kilowatts => (150, 8000);

    public (double Low, double High) Utilisation => (0.55, 0.85);

    public void Shape(Surroundings around, double[] load, double kilowatts, Prng chance)
    {
        var grid = around.Grid;
        SetPoints(grid, load, chance);
        LoadParts.Noise(chance, grid, load, chance.LogUniform(0.008, 0.03), 0.15);
        LoadParts.Noise(chance, grid, load, chance.LogUniform(0.01, 0.03), 2);
        LoadParts.Noise(chance, grid, load, chance.LogUniform(0.01, 0.04), 20);
        LoadParts.DutyCycle(chance, grid, load, chance.Uniform(0.01, 0.06), chance.LogUniform(0.5, 10), chance.Uniform(0.3, 0.7));
        var office = chance.Uniform(0.004, 0.04);
        for (var i = 0; i < load.Length; i++)
        {
            var rest = around.Days[around.Day[i]] != DayKind.Working;
            load[i] *= 1 + (rest ? 0 : office * DayCurve.Plateau(around.HourOfDay[i], 7.5, 17.5, 1.5));
        }

        foreach (var at in Raster.Moments(chance, grid, 1.0 / 30))
        {
            Raster.Dip(grid, load, at, at + chance.LogNormal(8, 0.8), chance.Uniform(0.1, 0.7), chance.Uniform(0.5, 6));
        }
    }

    private static void SetPoints(Grid grid, double[] load, Prng chance)
    {
        var spread = chance.LogUniform(0.02, 0.1);
        var perDay = chance.LogUniform(0.3, 2);
        var level = 1.0;
        var from = 0.0;
        foreach (var at in Raster.Moments(chance, grid, perDay))
        {
            Raster.Add(grid, load, from, at, level);
            level = Math.Clamp(0.5 + (0.5 * level) + (spread * chance.Normal()), 0.6, 1.2);
            from = at;
        }

        Raster.Add(grid, load, from, grid.Hours, level);
    }
}
