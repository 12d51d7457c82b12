// SPDX-License-Identifier: Apache-2.0
namespace Detector.Simulation;

/// <summary>Draws a new power at random every so often and holds it: noise without a memory, as a controller makes it and hardly any plant does.</summary>
internal sealed class JitteredStyle : IMiningStyle
{
    public string Name => "jittered";

    public void Shape(MiningPlan plan, Surroundings around, double[] running, Prng chance)
    {
        var spread = chance.LogUniform(0.02, 0.2);
        var even = chance.Chance(0.5); // drawn evenly between two bounds, or around a middle
        var everyHours = chance.Pick([5 / 60.0, 0.25, 0.5, 1.0, 1.0, 2.0, 4.0]);
        var level = 1 - Math.Min(0.35, 1.7 * spread);
        Controller.Follow(around.Grid, running, everyHours, _ =>
        {
            var drawn = even ? chance.Uniform(-1.73, 1.73) : chance.Normal();
            return Math.Clamp(level + (spread * drawn), 0.05, 1);
        });
    }
}
