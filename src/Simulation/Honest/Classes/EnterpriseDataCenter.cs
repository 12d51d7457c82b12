// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Simulation;

/// <summary>Data center of one enterprise: a clearer working day and nightly batch work or backups.</summary>
internal sealed class EnterpriseDataCenter : IHonestClass
{
    public string Name => "enterprise_data_center";

    public DeclaredUse DeclaredUse => DeclaredUse.DataCenter;

    public (double Low, double High) Kilowatts => (60, 3000);

    public (double Low, double High) Utilisation => (0.36, 0.5);

    public void Shape(Surroundings around, double[] load, double kilowatts, Prng chance)
    {
        Array.Fill(load, 1.0);
        var amplitude = chance.LogUniform(0.03, 0.14);
        DataCenterParts.WorkingRhythm(around, load, amplitude, chance.Uniform(0.05, 0.4), amplitude * chance.Uniform(0.1, 0.7), chance.Uniform(12.5, 15.5));
        NightlyBatch(around, load, chance);
        DataCenterParts.Chillers(chance, around, load);
        LoadParts.LastingSteps(chance, around.Grid, load, 1 / chance.LogUniform(15, 90), chance.LogUniform(0.006, 0.03), 48);
        LoadParts.Growth(around.Grid, load, chance.Uniform(-0.1, 0.12));
        DataCenterParts.Noise(chance, around.Grid, load, chance.LogUniform(0.5, 2));
        DataCenterParts.GeneratorTests(chance, around, load);
    }

    private static void NightlyBatch(Surroundings around, double[] load, Prng chance)
    {
        if (chance.Chance(0.3))
        {
            return;
        }

        var hour = chance.Uniform(0, 4);
        var height = chance.LogUniform(0.008, 0.05);
        for (var day = 0; day < around.Days.Length; day++)
        {
            var at = around.FirstMidnightHours + (24.0 * day) + hour + (0.1 * chance.Normal());
            Raster.Scale(around.Grid, load, at, at + chance.LogNormal(1.5, 0.4), 1 + (height * chance.LogNormal(1, 0.3)));
        }
    }
}
