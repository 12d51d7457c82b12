// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Simulation;

/// <summary>Telephone exchange or base stations: small, flat, with air conditioning that follows the weather and a faint traffic day.</summary>
internal sealed class Telecom : IHonestClass
{
    public string Name => "telecom";

    public DeclaredUse DeclaredUse => DeclaredUse.Telecom;

    public (double Low, double High) Kilowatts => (4, 200);

    public (double Low, double High) Utilisation => (0.3, 0.65);

    public void Shape(Surroundings around, double[] load, double kilowatts, Prng chance)
    {
        var traffic = chance.LogUniform(0.02, 0.14);
        for (var i = 0; i < load.Length; i++)
        {
            var clock = around.HourOfDay[i];
            load[i] = 1 + (traffic * ((0.7 * DayCurve.Plateau(clock, 7.5, 23, 4)) + (0.3 * DayCurve.Hump(clock, 20.5, 2))));
        }

        LoadParts.Noise(chance, around.Grid, load, chance.Uniform(0.004, 0.012), 1);
        LoadParts.Noise(chance, around.Grid, load, chance.Uniform(0.004, 0.012), 50);
        AirConditioning(around, load, chance);
        LoadParts.LastingSteps(chance, around.Grid, load, 1.0 / 60, 0.03, 4);
        BatteryTests(around, load, chance);
        LoadParts.Noise(chance, around.Grid, load, 0.01, 5.0 / 3600, 0.3);
    }

    private static void AirConditioning(Surroundings around, double[] load, Prng chance)
    {
        var units = chance.Whole(1, 5);
        var each = chance.Uniform(0.2, 0.5) / units;
        var need = new double[load.Length];
        var balance = chance.Uniform(-8, 8);
        var slope = 1 / chance.Uniform(30, 45);
        for (var i = 0; i < need.Length; i++)
        {
            need[i] = Math.Clamp(slope * (around.Temperature[i] - balance), 0.04, 0.98);
        }

        for (var unit = 0; unit < units; unit++)
        {
            Thermostat.Add(chance, around.Grid, load, need, each, chance.LogUniform(0.25, 1.2));
        }
    }

    private static void BatteryTests(Surroundings around, double[] load, Prng chance)
    {
        foreach (var at in LoadParts.Planned(around, chance, chance.Pick([30, 60, 90, 180]), 9, 12))
        {
            var hours = chance.Uniform(0.5, 4);
            Raster.Scale(around.Grid, load, at, at + hours, 0.3);
            Raster.Dip(around.Grid, load, at + hours, at + hours + chance.Uniform(1, 4), 1.15, 3);
        }
    }
}
