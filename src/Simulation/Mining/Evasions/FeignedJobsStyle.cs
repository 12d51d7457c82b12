// SPDX-License-Identifier: Apache-2.0
namespace Detector.Simulation;

/// <summary>Declares computing and feigns it: machines are slowed for minutes several times a day, as checkpoints would, and rest between "jobs".</summary>
internal sealed class FeignedJobsStyle : IMiningStyle
{
    private const double SlowRampHours = 0.02;

    public string Name => "feigned_jobs";

    public void Shape(MiningPlan plan, Surroundings around, double[] running, Prng chance)
    {
        var grid = around.Grid;
        var depth = chance.Uniform(0.15, 0.7);
        foreach (var hour in Raster.Moments(chance, grid, chance.Uniform(4, 12)))
        {
            Raster.Dip(grid, running, hour, hour + chance.Uniform(0.05, 0.4), depth, SlowRampHours);
        }

        var between = chance.Uniform(0.1, 0.5);
        foreach (var hour in Raster.Moments(chance, grid, 1 / chance.LogUniform(1.5, 8)))
        {
            Raster.Dip(grid, running, hour, hour + chance.LogUniform(0.5, 4), between, SlowRampHours);
        }
    }
}
