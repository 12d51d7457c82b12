// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Simulation;

/// <summary>Servers alone, metered behind their uninterruptible supply: no chillers, no generator tests, and the faint rhythm of whoever uses them.</summary>
/// <remarks>
/// After two recorded power domains of a data center (residual 0.008 of the load), down to half as restless. Drawn as quiet as a mine it cost a twelfth of steady mines
/// (docs/decisions/0028), and no recording says that such halls are common.
/// </remarks>
internal sealed class ServerHall : IHonestClass
{
    public string Name => "server_hall";

    public DeclaredUse DeclaredUse => DeclaredUse.DataCenter;

    public (double Low, double High) Kilowatts => (15, 3000);

    public (double Low, double High) Utilisation => (0.3, 0.6);

    public void Shape(Surroundings around, double[] load, double kilowatts, Prng chance)
    {
        Array.Fill(load, 1.0);
        var amplitude = chance.LogUniform(0.004, 0.04);
        DataCenterParts.WorkingRhythm(around, load, amplitude, chance.Uniform(0.2, 1), amplitude * chance.Uniform(0, 0.5), chance.Uniform(11, 21));
        LoadParts.LastingSteps(chance, around.Grid, load, 1 / chance.LogUniform(4, 60), chance.LogUniform(0.004, 0.03), 100);
        LoadParts.Growth(around.Grid, load, chance.Uniform(-0.1, 0.2));
        var busy = chance.LogUniform(0.006, 0.02);
        LoadParts.Noise(chance, around.Grid, load, busy, 0.3);
        LoadParts.Noise(chance, around.Grid, load, busy * chance.Uniform(0.3, 1), 4);
        LoadParts.Noise(chance, around.Grid, load, chance.LogUniform(0.002, 0.015), chance.LogUniform(50, 300));
        foreach (var at in Raster.Moments(chance, around.Grid, 1 / chance.LogUniform(20, 200)))
        {
            // A row is moved or patched: never the whole hall.
            Raster.Dip(around.Grid, load, at, at + chance.LogUniform(0.3, 12), chance.Uniform(0.7, 0.98), chance.LogUniform(0.1, 2));
        }
    }
}
