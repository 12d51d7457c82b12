// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Simulation;

/// <summary>Street and area lighting: on by darkness, so that the edges follow the sun; some dimmed after midnight, some a base load beside.</summary>
internal sealed class StreetLighting : IHonestClass
{
    public string Name => "street_lighting";

    public DeclaredUse DeclaredUse => DeclaredUse.Lighting;

    public (double Low, double High) Kilowatts => (6, 150);

    public (double Low, double High) Utilisation => (0.3, 0.55);

    public void Shape(Surroundings around, double[] load, double kilowatts, Prng chance)
    {
        var threshold = chance.Uniform(-0.1, 0.05);
        var soft = chance.Uniform(0.005, 0.04);
        var dimmed = chance.Chance(0.45) ? chance.Uniform(0.4, 0.8) : 1;
        var dimFrom = chance.Pick([22.0, 23.0, 24.0]);
        var dimTo = chance.Pick([5.0, 5.5, 6.0]);
        var beside = chance.Chance(0.6) ? chance.LogUniform(0.15, 3) : 0.01;
        var cloud = ColouredNoise.Of(chance, around.Grid, 0.012, 3);
        for (var i = 0; i < load.Length; i++)
        {
            // Dark clouds switch on early: the edge moves by minutes from day to day.
            var dark = DayCurve.Rise((threshold + cloud[i] - around.SunHeight(i)) / soft);
            var clock = around.HourOfDay[i];
            var late = clock >= dimFrom || clock < dimTo;
            load[i] = (dark * (late ? dimmed : 1)) + beside;
        }

        LoadParts.LastingSteps(chance, around.Grid, load, 1.0 / 30, 0.01, 0.5);
        LoadParts.Noise(chance, around.Grid, load, chance.LogUniform(0.006, 0.05), 1.5);
        LoadParts.Noise(chance, around.Grid, load, chance.LogUniform(0.01, 0.08), 150);
    }
}
