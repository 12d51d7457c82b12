// SPDX-License-Identifier: Apache-2.0
namespace Detector.Simulation;

/// <summary>A hall whose customers come and go: containers of machines are set up, moved away and replaced, so that the load never settles on one level for long.</summary>
internal sealed class ChurningStyle : IMiningStyle
{
    private const double LongestStartHours = 8; // who is there when the load begins has started before it

    public string Name => "churning";

    public void Shape(MiningPlan plan, Surroundings around, double[] running, Prng chance)
    {
        var grid = around.Grid;
        var customers = chance.Whole(3, 11);
        var stayHours = 24 * chance.LogUniform(3, 40); // mean
        var emptyHours = 24 * chance.LogUniform(1, 12);
        var share = new double[running.Length];
        for (var customer = 0; customer < customers; customer++)
        {
            var size = chance.LogUniform(0.3, 3) / customers;
            for (var hour = chance.Chance(0.7) ? -LongestStartHours : chance.Exponential(emptyHours); hour < grid.Hours;)
            {
                // A container is wired and started within a working day, and switched off at once.
                var gone = hour + 12 + chance.Exponential(stayHours);
                Raster.Step(grid, share, hour, size, chance.Uniform(0.5, LongestStartHours));
                Raster.Step(grid, share, gone, -size, 0.1);
                hour = gone + 6 + chance.Exponential(emptyHours);
            }
        }

        for (var i = 0; i < running.Length; i++)
        {
            running[i] *= Math.Clamp(share[i], 0, 1.5);
        }
    }
}
