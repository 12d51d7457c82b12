// SPDX-License-Identifier: Apache-2.0
namespace Detector.Simulation;

/// <summary>Runs its machines in blocks that rest by turns of random length, so that the sum wanders as a process would and never stops.</summary>
internal sealed class StaggeredStyle : IMiningStyle
{
    public string Name => "staggered";

    public void Shape(MiningPlan plan, Surroundings around, double[] running, Prng chance)
    {
        var blocks = chance.Whole(3, 9);
        var runs = chance.LogUniform(8, 120); // hours, mean
        var rests = chance.LogUniform(4, 48);
        var sum = new double[running.Length];
        var block = new double[running.Length];
        for (var b = 0; b < blocks; b++)
        {
            Array.Fill(block, 1.0);
            Spells.Rest(around.Grid, block, runs, rests, 0, plan.RampMinutes / 60, chance);

            for (var i = 0; i < sum.Length; i++)
            {
                sum[i] += block[i] / blocks;
            }
        }

        for (var i = 0; i < running.Length; i++)
        {
            running[i] *= sum[i];
        }
    }
}
