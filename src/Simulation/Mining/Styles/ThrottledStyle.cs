// SPDX-License-Identifier: Apache-2.0
namespace Detector.Simulation;

/// <summary>Imitates the daily curve of an honest load by throttling its machines.</summary>
/// <remarks>Template kinds: office bump, shop with two humps, homes with an evening peak, data center with a faint one. Some copy weekends, some move in steps.</remarks>
internal sealed class ThrottledStyle : IMiningStyle
{
    public string Name => "throttled";

    public void Shape(MiningPlan plan, Surroundings around, double[] running, Prng chance)
    {
        var kind = chance.Whole(0, 4);
        var low = kind == 3 ? chance.Uniform(0.85, 0.95) : chance.Uniform(0.35, 0.85);
        var shift = chance.Uniform(-1.5, 1.5);
        var weekend = chance.Chance(0.4) ? chance.Uniform(0.1, 0.8) : 1.0;
        var everyHours = chance.Pick([5 / 60.0, 0.25, 0.5, 1.0]);
        var levels = chance.Chance(0.35) ? chance.Whole(4, 13) : 0;
        var dayNoise = chance.Chance(0.5) ? 0 : chance.Uniform(0.005, 0.04);
        var scale = 1.0;
        var day = -1;
        for (var i = 0; i < running.Length; i++)
        {
            if (around.Day[i] != day)
            {
                day = around.Day[i];
                scale = 1 + (dayNoise * chance.Normal());
            }

            // The controller sets a new power only so often.
            var clock = Math.Floor(around.HourOfDay[i] / everyHours) * everyHours;
            var rest = around.Days[day] is DayKind.Saturday or DayKind.Sunday;
            var bump = Template(kind, clock + shift) * (rest ? weekend : 1);
            var target = Math.Clamp((low + ((1 - low) * bump)) * scale, 0, 1);
            running[i] *= levels == 0 ? target : Math.Round(target * levels) / levels;
        }
    }

    private static double Template(int kind, double clock) => kind switch
    {
        0 => DayCurve.Plateau(clock, 8, 18.5, 1.5),
        1 => (0.75 * DayCurve.Hump(clock, 11, 2.5)) + DayCurve.Hump(clock, 19, 2.5),
        2 => (0.35 * DayCurve.Hump(clock, 7.5, 1.5)) + DayCurve.Hump(clock, 20, 3),
        _ => DayCurve.Hump(clock, 14.5, 4.5),
    };
}
