// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Simulation;

/// <summary>Cluster that answers requests: follows its users' day and week, grows, scales in steps.</summary>
internal sealed class AiInference : IHonestClass
{
    public string Name => "ai_inference";

    public DeclaredUse DeclaredUse => DeclaredUse.AiCompute;

    public (double Low, double High) Kilowatts => (80, 3000);

    public (double Low, double High) Utilisation => (0.3, 0.6);

    public void Shape(Surroundings around, double[] load, double kilowatts, Prng chance)
    {
        var floor = chance.Uniform(0.35, 0.7);
        var evening = chance.Uniform(0.3, 1.2);
        var weekend = chance.Uniform(0.6, 1.1);
        for (var i = 0; i < load.Length; i++)
        {
            var clock = around.HourOfDay[i];
            var office = DayCurve.Plateau(clock, 8.5, 18.5, 4) * (around.Days[around.Day[i]] == DayKind.Working ? 1 : weekend);
            load[i] = (0.75 * office) + (evening * DayCurve.Hump(clock, 21, 2.2)) + 0.12;
        }

        LoadParts.Noise(chance, around.Grid, load, chance.Uniform(0.03, 0.09), 0.7);
        LoadParts.Noise(chance, around.Grid, load, chance.Uniform(0.03, 0.10), 30);
        LoadParts.LastingSteps(chance, around.Grid, load, 1.0 / 25, 0.12, 72);
        LoadParts.Growth(around.Grid, load, chance.Uniform(-0.2, 1.5));
        for (var i = 0; i < load.Length; i++)
        {
            load[i] = floor + ((1 - floor) * load[i]);
        }

        LoadParts.Cooling(around, load, chance.LogUniform(0.001, 0.007), chance.Uniform(8, 18));
        LoadParts.Noise(chance, around.Grid, load, 0.2, 3.0 / 3600, 0.2);
        LoadParts.Noise(chance, around.Grid, load, 0.006, 4);
    }
}
