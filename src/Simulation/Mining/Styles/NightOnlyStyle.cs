// SPDX-License-Identifier: Apache-2.0
namespace Detector.Simulation;

/// <summary>Runs in the cheap hours only: a square wave on the clock.</summary>
internal sealed class NightOnlyStyle : IMiningStyle
{
    public string Name => "night_only";

    public void Shape(MiningPlan plan, Surroundings around, double[] running, Prng chance)
    {
        var on = chance.Pick([22.0, 22.5, 23.0, 24.0, 21.0]);
        var off = chance.Pick([6.0, 7.0, 7.5, 8.0, 5.5]);
        var idle = chance.Chance(0.6) ? chance.Uniform(0, 0.04) : chance.Uniform(0.04, 0.2);
        var weekends = chance.Chance(0.3);
        var jitter = chance.Chance(0.5) ? 0.01 : chance.Uniform(0.05, 0.3);
        for (var day = -1; day <= around.Days.Length; day++)
        {
            // Off from the morning to the evening of each day.
            var kind = around.Days[Math.Clamp(day, 0, around.Days.Length - 1)];
            if (weekends && kind != DayKind.Working)
            {
                continue;
            }

            var midnight = around.FirstMidnightHours + (24 * day);
            var from = midnight + off + (jitter * chance.Normal());
            Raster.Dip(around.Grid, running, from, midnight + on + (jitter * chance.Normal()), idle, plan.RampMinutes / 60);
        }
    }
}
