// SPDX-License-Identifier: Apache-2.0
namespace Detector.Simulation;

/// <summary>Runs and rests for spells of random length: no clock, no price that repeats, nothing a schedule fit could find.</summary>
internal sealed class IntermittentStyle : IMiningStyle
{
    public string Name => "intermittent";

    public void Shape(MiningPlan plan, Surroundings around, double[] running, Prng chance)
    {
        var runs = chance.LogUniform(6, 72);
        var rests = chance.LogUniform(2, 24);
        var left = chance.Chance(0.6) ? chance.Uniform(0, 0.05) : chance.Uniform(0.05, 0.4);
        Spells.Rest(around.Grid, running, runs, rests, left, plan.RampMinutes / 60, chance);
    }
}
