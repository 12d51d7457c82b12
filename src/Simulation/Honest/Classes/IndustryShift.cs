// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Simulation;

/// <summary>Manufacturing in one to three shifts, with breaks, machines that start and stop, quiet Sundays and holidays.</summary>
/// <remarks>After a recorded steel plant: CV 1.2, same hour a day later 0.61, a week later 0.72; other plants are steadier.</remarks>
internal sealed class IndustryShift : IHonestClass
{
    public string Name => "industry_shift";

    public DeclaredUse DeclaredUse => DeclaredUse.Industrial;

    public (double Low, double High) Kilowatts => (40, 2500);

    public (double Low, double High) Utilisation => (0.15, 0.5);

    public void Shape(Surroundings around, double[] load, double kilowatts, Prng chance)
    {
        Shifts(around, load, chance);
        var restless = chance.Uniform(0.1, 0.5);
        LoadParts.Noise(chance, around.Grid, load, restless, 0.4);
        LoadParts.Noise(chance, around.Grid, load, restless * 0.7, 4);
        LoadParts.Noise(chance, around.Grid, load, restless * 0.4, 60);
        var floor = chance.LogUniform(0.03, 0.3);
        for (var i = 0; i < load.Length; i++)
        {
            load[i] += floor * (1 + (0.01 * LoadParts.Above(around.Temperature[i] - 18)));
        }

        LoadParts.Noise(chance, around.Grid, load, 0.01, 0.5);
        LoadParts.Noise(chance, around.Grid, load, 0.05, 300);
    }

    private static void Shifts(Surroundings around, double[] load, Prng chance)
    {
        var shifts = chance.Whole(1, 4);
        var begin = chance.Uniform(6, 8.5);
        var saturday = chance.Chance(0.5) ? chance.Uniform(0.3, 1) : 0;
        var sunday = shifts == 3 && chance.Chance(0.4) ? chance.Uniform(0.5, 1) : 0;
        var nightShare = chance.Uniform(0.4, 0.95);
        var day = -1;
        var orders = 1.0;
        for (var i = 0; i < load.Length; i++)
        {
            if (around.Day[i] != day)
            {
                day = around.Day[i];
                var works = around.Days[day] switch { DayKind.Working => 1, DayKind.Saturday => saturday, DayKind.Sunday => sunday, _ => 0 };
                orders = works * Math.Clamp(1 + (0.15 * chance.Normal()), 0.2, 1.4);
            }

            var clock = around.HourOfDay[i];
            load[i] = orders * Working(clock, begin, shifts, nightShare);
        }
    }

    private static double Working(double clock, double begin, int shifts, double nightShare)
    {
        var end = begin + (shifts == 1 ? 9 : 16);
        var first = DayCurve.Plateau(clock, begin, Math.Min(end, 24.5), 0.6);
        var lunch = 1 - (0.5 * DayCurve.Plateau(clock, 11.8, 12.7, 0.3));
        return shifts == 3 ? Math.Max(first * lunch, nightShare) : first * lunch;
    }
}
