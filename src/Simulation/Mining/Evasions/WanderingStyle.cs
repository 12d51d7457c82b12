// SPDX-License-Identifier: Apache-2.0
namespace Detector.Simulation;

/// <summary>Follows a demand that nobody has: a target that wanders, with a course of the day and days of rest, smoothly or in steps.</summary>
/// <remarks>
/// Each part is there or not, over wide ranges of depth, memory and pace, so that what is learned from it is what the machines cannot help (a level that holds between two orders of the
/// controller, noise of a farm, outages and their ramps) and not the shape of the target.
/// </remarks>
internal sealed class WanderingStyle : IMiningStyle
{
    public string Name => "wandering";

    public void Shape(MiningPlan plan, Surroundings around, double[] running, Prng chance)
    {
        var grid = around.Grid;
        var target = new double[running.Length];
        var wanders = chance.Whole(1, 3);
        var depth = chance.LogUniform(0.04, 0.3); // deviation of the wander, of full power
        for (var part = 0; part < wanders; part++)
        {
            ColouredNoise.Add(chance, grid, target, depth / Math.Sqrt(wanders), chance.LogUniform(3, 240));
        }

        var day = chance.Chance(0.6) ? chance.Uniform(0.03, 0.3) : 0;
        var (centre, width) = (chance.Uniform(0, 24), chance.Uniform(1.5, 6));
        var rest = chance.Chance(0.3) ? chance.Uniform(0.5, 0.95) : 1.0;
        var level = chance.Uniform(0.5, 1.0);
        var least = chance.Chance(0.3) ? 0 : chance.Uniform(0.05, 0.5);
        var everyHours = chance.Pick([5 / 60.0, 0.25, 1.0, 3.0, 6.0]);
        var levels = chance.Chance(0.4) ? chance.Whole(3, 13) : 0;
        Controller.Follow(grid, running, everyHours, i =>
        {
            var wanted = (level + target[i] + (day * DayCurve.Hump(around.HourOfDay[i], centre, width)))
                * (around.Days[around.Day[i]] == DayKind.Working ? 1 : rest);
            return Math.Clamp(levels == 0 ? wanted : Math.Round(wanted * levels) / levels, least, 1);
        });
    }
}
