// SPDX-License-Identifier: Apache-2.0
namespace Detector.Simulation;

/// <summary>Stops or halves when power is dear: by the clock of the tariff, or by a price that moves.</summary>
internal sealed class CurtailedStyle : IMiningStyle
{
    private static readonly (double From, double To)[][] TariffPeaks =
    [
        [(8.5, 11.5), (18, 21)],
        [(10, 12), (14, 19)],
        [(17, 22)],
        [(9, 12), (19, 22)],
        [(16, 20)],
    ];

    public string Name => "curtailed";

    public void Shape(MiningPlan plan, Surroundings around, double[] running, Prng chance)
    {
        var left = chance.Chance(0.5) ? chance.Uniform(0, 0.08) : chance.Uniform(0.15, 0.6);
        if (chance.Chance(0.6))
        {
            ByClock(plan, around, running, chance, left);
        }
        else
        {
            ByPrice(plan, around, running, chance, left);
        }
    }

    private static void ByClock(MiningPlan plan, Surroundings around, double[] running, Prng chance, double left)
    {
        var peaks = chance.Pick(TariffPeaks);
        var everyDay = chance.Chance(0.6);
        var forgets = chance.Uniform(0, 0.1);
        var jitter = chance.Chance(0.5) ? 0.01 : chance.Uniform(0.02, 0.2);
        for (var day = 0; day < around.Days.Length; day++)
        {
            if ((!everyDay && around.Days[day] != DayKind.Working) || chance.Chance(forgets))
            {
                continue;
            }

            foreach (var (from, to) in peaks)
            {
                var midnight = around.FirstMidnightHours + (24 * day);
                var begin = midnight + from + (jitter * chance.Normal());
                Raster.Dip(around.Grid, running, begin, midnight + to + (jitter * chance.Normal()), left, plan.RampMinutes / 60);
            }
        }
    }

    private static void ByPrice(MiningPlan plan, Surroundings around, double[] running, Prng chance, double left)
    {
        // A price in deviations: daily double hump and a mood of a day or so; decided each hour.
        var grid = around.Grid;
        var mood = ColouredNoise.Of(chance, grid, 1, 20);
        var limit = chance.Uniform(1.0, 2.2);
        var hours = (int)Math.Ceiling(grid.Hours);
        var offFrom = -1.0;
        for (var hour = 0; hour <= hours; hour++)
        {
            var i = Math.Min(grid.StepAt(hour), running.Length - 1);
            var clock = i < 0 ? 0 : around.HourOfDay[i];
            var hump = 0.7 * (PortableMath.CosineOfTurns((clock - 9) / 12) + (0.5 * PortableMath.CosineOfTurns((clock - 18) / 24)));
            var dear = i >= 0 && hour < hours && mood[i] + hump > limit;
            if (dear && offFrom < 0)
            {
                offFrom = hour;
            }
            else if (!dear && offFrom >= 0)
            {
                Raster.Dip(grid, running, offFrom, hour, left, plan.RampMinutes / 60);
                offFrom = -1;
            }
        }
    }
}
