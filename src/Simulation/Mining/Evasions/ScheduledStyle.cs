// SPDX-License-Identifier: Apache-2.0
namespace Detector.Simulation;

/// <summary>Rests by a clock that is nobody's tariff: any hours of any days of the week, whole days among them.</summary>
/// <remarks>Curtailed and night-only mines rest in the hours of known tariffs; a contract, a neighbour or a guard's shift gives others.</remarks>
internal sealed class ScheduledStyle : IMiningStyle
{
    private static readonly Func<DayKind, bool>[] Days = [_ => true, _ => true, day => day == DayKind.Working, IsOff];

    public string Name => "scheduled";

    public void Shape(MiningPlan plan, Surroundings around, double[] running, Prng chance)
    {
        var left = chance.Chance(0.6) ? chance.Uniform(0, 0.05) : chance.Uniform(0.05, 0.5);
        var days = chance.Pick(Days);
        var wholeDays = chance.Chance(0.25);
        Func<DayKind, bool> rests = wholeDays ? IsOff : days;
        var from = wholeDays ? chance.Uniform(-2, 8) : chance.Uniform(0, 24);
        var hours = wholeDays ? chance.Uniform(20, 30) : chance.Uniform(2, 15);
        var jitter = chance.Chance(0.5) ? 0.01 : chance.Uniform(0.02, 0.3);
        for (var day = -1; day < around.Days.Length; day++)
        {
            if (rests(around.Days[Math.Max(0, day)]))
            {
                var begin = around.FirstMidnightHours + (24.0 * day) + from + (jitter * chance.Normal());
                Raster.Dip(around.Grid, running, begin, begin + hours + (jitter * chance.Normal()), left, plan.RampMinutes / 60);
            }
        }
    }

    private static bool IsOff(DayKind day) => day != DayKind.Working;
}
