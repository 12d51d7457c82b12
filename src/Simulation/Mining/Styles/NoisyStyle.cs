// SPDX-License-Identifier: Apache-2.0
namespace Detector.Simulation;

/// <summary>Adds noise on purpose, by throttling at random or from a battery: 2 to 15 % with one to three memories.</summary>
internal sealed class NoisyStyle : IMiningStyle
{
    public string Name => "noisy";

    public void Shape(MiningPlan plan, Surroundings around, double[] running, Prng chance)
    {
        var parts = chance.Whole(1, 4);
        var total = chance.LogUniform(0.02, 0.15);
        var noise = new double[running.Length];
        for (var part = 0; part < parts; part++)
        {
            ColouredNoise.Add(chance, around.Grid, noise, total / Math.Sqrt(parts), chance.LogUniform(0.2, 48));
        }

        // Machines can be throttled, not driven beyond full power: the level leaves room for the noise.
        var level = 1 - Math.Min(0.25, 1.5 * total);
        for (var i = 0; i < running.Length; i++)
        {
            running[i] *= Math.Clamp(level + noise[i], 0.05, 1.02);
        }
    }
}
