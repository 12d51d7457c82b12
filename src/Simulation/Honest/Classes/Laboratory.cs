// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Simulation;

/// <summary>Research building: ventilated day and night, nearly flat, with a bump at midday that only averaging shows.</summary>
/// <remarks>After the flattest recorded research buildings: CV 0.03 to 0.12, residual 0.009 to 0.03, the weekly level wanders by 8 %.</remarks>
internal sealed class Laboratory : IHonestClass
{
    public string Name => "laboratory";

    public DeclaredUse DeclaredUse => DeclaredUse.Commercial;

    public (double Low, double High) Kilowatts => (25, 800);

    public (double Low, double High) Utilisation => (0.3, 0.6);

    public void Shape(Surroundings around, double[] load, double kilowatts, Prng chance)
    {
        var bump = chance.LogUniform(0.015, 0.25);
        for (var i = 0; i < load.Length; i++)
        {
            var rest = around.Days[around.Day[i]] != DayKind.Working;
            load[i] = 1 + (bump * DayCurve.Plateau(around.HourOfDay[i], 8, 18, 5) * (rest ? 0.25 : 1));
        }

        LoadParts.Cooling(around, load, chance.LogUniform(0.001, 0.012), chance.Uniform(10, 20));
        LoadParts.DutyCycle(chance, around.Grid, load, chance.LogUniform(0.004, 0.03), chance.LogUniform(0.3, 4), 0.5);
        LoadParts.LastingSteps(chance, around.Grid, load, 1 / chance.LogUniform(6, 40), chance.LogUniform(0.008, 0.04), 6);
        LoadParts.Noise(chance, around.Grid, load, chance.LogUniform(0.006, 0.03), 0.5);
        LoadParts.Noise(chance, around.Grid, load, chance.LogUniform(0.006, 0.02), 3);
        LoadParts.Noise(chance, around.Grid, load, chance.LogUniform(0.01, 0.025), 40);
        LoadParts.Noise(chance, around.Grid, load, chance.LogUniform(0.012, 0.06), 300);
    }
}
