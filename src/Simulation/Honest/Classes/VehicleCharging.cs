// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Simulation;

/// <summary>Charging of electric vehicles: a depot whose buses come home at night, or a public place by day; some under a limit that makes the top flat.</summary>
internal sealed class VehicleCharging : IHonestClass
{
    public string Name => "vehicle_charging";

    public DeclaredUse DeclaredUse => DeclaredUse.Commercial;

    public (double Low, double High) Kilowatts => (15, 1500);

    public (double Low, double High) Utilisation => (0.1, 0.45);

    public void Shape(Surroundings around, double[] load, double kilowatts, Prng chance)
    {
        var depot = chance.Chance(0.6);
        var vehicles = chance.Whole(8, 60);
        var busiest = depot ? chance.Uniform(18, 24) : chance.Uniform(10, 18);
        var spread = depot ? chance.Uniform(0.4, 2.5) : chance.Uniform(2.5, 5);
        var hours = depot ? chance.LogUniform(1.5, 7) : chance.LogUniform(0.4, 2.5);
        var rest = depot ? chance.Uniform(0.2, 1) : chance.Uniform(0.6, 1.4);
        for (var day = -1; day < around.Days.Length; day++)
        {
            var works = around.Days[Math.Max(0, day)] == DayKind.Working;
            var many = vehicles * (works ? 1 : rest) * chance.LogNormal(1, 0.1);
            for (var vehicle = 0; vehicle < many; vehicle++)
            {
                var at = around.FirstMidnightHours + (24.0 * day) + busiest + (spread * chance.Normal());
                Raster.Add(around.Grid, load, at, at + (hours * chance.LogNormal(1, 0.35)), 1.0 / vehicles);
            }
        }

        var limit = chance.Chance(0.4) ? chance.Uniform(0.3, 0.9) * load.DefaultIfEmpty(1).Max() : double.PositiveInfinity;
        var house = chance.LogUniform(0.003, 0.06);
        var cold = chance.LogUniform(0.001, 0.01);
        for (var i = 0; i < load.Length; i++)
        {
            load[i] = house + (Math.Min(load[i], limit) * (1 + (cold * LoadParts.Above(15 - around.Temperature[i]))));
        }

        LoadParts.Noise(chance, around.Grid, load, chance.LogUniform(0.005, 0.04), 0.3);
    }
}
