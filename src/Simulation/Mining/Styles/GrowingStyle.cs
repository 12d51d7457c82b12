// SPDX-License-Identifier: Apache-2.0
namespace Detector.Simulation;

/// <summary>Starts with a part of its machines and adds batches as they arrive.</summary>
internal sealed class GrowingStyle : IMiningStyle
{
    public string Name => "growing";

    public void Shape(MiningPlan plan, Surroundings around, double[] running, Prng chance)
    {
        var grid = around.Grid;
        var first = chance.Uniform(0.2, 0.7);
        var batches = chance.Whole(1, 9);
        var over = grid.Hours * chance.Uniform(0.1, 0.8);
        var share = new double[running.Length];
        Array.Fill(share, first);
        for (var batch = 0; batch < batches; batch++)
        {
            // A batch is unpacked and started within a working day.
            Raster.Step(grid, share, over * chance.Unit(), (1 - first) / batches, chance.Uniform(1, 10));
        }

        for (var i = 0; i < running.Length; i++)
        {
            running[i] *= share[i];
        }
    }
}
