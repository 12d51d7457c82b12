// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Simulation;

/// <summary>Data center with tenants: nearly flat, with a faint working day, chillers, tenants that come and go.</summary>
internal sealed class Colocation : IHonestClass
{
    public string Name => "colocation";

    public DeclaredUse DeclaredUse => DeclaredUse.Colocation;

    public (double Low, double High) Kilowatts => (150, 6000);

    public (double Low, double High) Utilisation => (0.36, 0.5);

    public void Shape(Surroundings around, double[] load, double kilowatts, Prng chance)
    {
        Array.Fill(load, 1.0);
        var amplitude = chance.LogUniform(0.012, 0.085);
        DataCenterParts.WorkingRhythm(around, load, amplitude, chance.Uniform(0.2, 0.8), amplitude * chance.Uniform(0, 0.5), chance.Uniform(13, 16));
        DataCenterParts.Chillers(chance, around, load);
        LoadParts.LastingSteps(chance, around.Grid, load, 1 / chance.LogUniform(8, 60), chance.LogUniform(0.006, 0.03), 240);
        LoadParts.Growth(around.Grid, load, chance.Uniform(-0.05, 0.2));
        DataCenterParts.Noise(chance, around.Grid, load, chance.LogUniform(0.45, 1.6));
        DataCenterParts.GeneratorTests(chance, around, load);
    }
}
