// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Simulation;

/// <summary>A site that is connected but not in use: guard's room, heater, monitoring; tiny against its contract.</summary>
internal sealed class Standby : IHonestClass
{
    public string Name => "standby";

    public DeclaredUse DeclaredUse => DeclaredUse.Unknown;

    public (double Low, double High) Kilowatts => (0.3, 3);

    public (double Low, double High) Utilisation => (0.005, 0.04);

    public void Shape(Surroundings around, double[] load, double kilowatts, Prng chance)
    {
        var heater = new double[load.Length];
        var slope = chance.Uniform(0.01, 0.04);
        var guard = chance.Uniform(0.02, 0.2);
        for (var i = 0; i < load.Length; i++)
        {
            heater[i] = Math.Clamp(slope * (12 - around.Temperature[i]), 0.02, 0.95);
            load[i] = 1 + (guard * DayCurve.Plateau(around.HourOfDay[i], 18, 23, 1));
        }

        Thermostat.Add(chance, around.Grid, load, heater, chance.Uniform(0.1, 0.6), chance.LogUniform(0.3, 1.5));
        LoadParts.Noise(chance, around.Grid, load, 0.02, 1);
        LoadParts.Noise(chance, around.Grid, load, 0.02, 50);
    }
}
