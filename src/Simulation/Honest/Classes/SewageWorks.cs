// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Simulation;

/// <summary>Sewage treatment: blowers that never stop, an inflow with the town's day some hours late, and the rain.</summary>
internal sealed class SewageWorks : IHonestClass
{
    public string Name => "sewage_works";

    public DeclaredUse DeclaredUse => DeclaredUse.Water;

    public (double Low, double High) Kilowatts => (20, 4000);

    public (double Low, double High) Utilisation => (0.35, 0.7);

    public void Shape(Surroundings around, double[] load, double kilowatts, Prng chance)
    {
        var inflow = Inflow(around, chance);
        var blowers = chance.Uniform(0.3, 0.8);
        var follows = chance.Uniform(0, 0.6); // blowers by the oxygen asked for
        var stages = chance.Chance(0.4) ? chance.Whole(3, 8) : 0;
        for (var i = 0; i < load.Length; i++)
        {
            var pumped = stages == 0 ? inflow[i] : Math.Ceiling(inflow[i] * stages) / stages;
            load[i] = (blowers * (1 - follows + (follows * inflow[i]))) + ((1 - blowers) * pumped);
        }

        LoadParts.DutyCycle(chance, around.Grid, load, chance.LogUniform(0.01, 0.15), chance.LogUniform(0.5, 8), chance.Uniform(0.2, 0.7));
        LoadParts.Noise(chance, around.Grid, load, chance.LogUniform(0.004, 0.03), 0.3);
        LoadParts.Noise(chance, around.Grid, load, chance.LogUniform(0.005, 0.03), 40);
    }

    private static double[] Inflow(Surroundings around, Prng chance)
    {
        var swing = chance.Uniform(0.05, 0.4);
        var late = chance.Uniform(1, 5);
        var level = chance.Uniform(0.35, 0.6);
        var inflow = new double[around.Grid.Steps];
        for (var i = 0; i < inflow.Length; i++)
        {
            var clock = around.HourOfDay[i];
            var morning = around.Days[around.Day[i]] == DayKind.Working ? 7.5 : 9.5;
            inflow[i] = level * (1 - swing + (swing * 2 * (DayCurve.Hump(clock, morning + late, 3) + (0.7 * DayCurve.Hump(clock, 19.5 + late, 3)))));
        }

        foreach (var at in Raster.Moments(chance, around.Grid, chance.LogUniform(0.03, 0.3)))
        {
            var rain = level * chance.LogNormal(0.3, 0.6);
            var drains = chance.Uniform(4, 30);
            for (var i = around.Grid.StepAt(at); i < inflow.Length && (i * around.Grid.StepHours) - at < 5 * drains; i++)
            {
                inflow[i] += rain * PortableMath.Exp(-Math.Max(0, (i * around.Grid.StepHours) - at) / drains);
            }
        }

        ColouredNoise.Add(chance, around.Grid, inflow, 0.03, 2);
        for (var i = 0; i < inflow.Length; i++)
        {
            inflow[i] = Math.Clamp(inflow[i], 0.05, 1.2);
        }

        return inflow;
    }
}
