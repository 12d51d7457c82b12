// SPDX-License-Identifier: Apache-2.0
namespace Detector.Simulation;

/// <summary>Power of a mining site from its physics.</summary>
/// <remarks>
/// In: a plan, a grid of any cadence, a seed. Out: kW as mean of each slot, never negative, never NaN. The machines stand at one
/// operating point; what moves them together is the style, outages, retuning, temperature, supply voltage; what moves them apart is
/// failures, reboots and their own noise. Cannot show: reactive power, harmonics, individual machines.
/// </remarks>
public static class MiningLoad
{
    /// <summary>Names of the styles, in the order of the catalogue.</summary>
    public static IReadOnlyList<string> Styles => MiningStyleCatalog.Default.Names;

    /// <summary>Names of the styles that are made to deceive; in no fleet.</summary>
    public static IReadOnlyList<string> Evasions => MiningStyleCatalog.Default.Evasions;

    /// <summary>Mean kW of each slot.</summary>
    /// <param name="plan">The site.</param>
    /// <param name="start">Start of the first slot.</param>
    /// <param name="cadence">Length of a slot, 0.1 s to a day and more.</param>
    /// <param name="count">Number of slots.</param>
    /// <param name="seed">The same seed gives the same load; cadences that are multiples of five minutes see the same load.</param>
    public static float[] Generate(MiningPlan plan, DateTimeOffset start, TimeSpan cadence, int count, long seed)
    {
        var grid = new Grid(start, cadence, count);
        var around = new Surroundings(grid, plan.Region, seed);
        return grid.Average(Steps(plan, around, new Prng(seed).Split("mining")));
    }

    /// <summary>Mean kW of each step.</summary>
    internal static double[] Steps(MiningPlan plan, Surroundings around, Prng chance)
    {
        var grid = around.Grid;
        var running = new double[grid.Steps];
        if (running.Length == 0)
        {
            return running;
        }

        Array.Fill(running, 1.0);
        MiningStyleCatalog.Default.Of(plan.Style).Shape(plan, around, running, chance.Split("style"));
        Outages.Apply(plan, grid, running, chance.Split("outages"));
        Retuning.Apply(plan, grid, running, chance.Split("retuning"));
        var alive = MachineFailures.Alive(plan, grid, chance.Split("failures"));
        var noise = Noise(plan, grid, chance.Split("noise"));
        var machines = plan.Machines * plan.Model.Kilowatts * plan.Tuning;
        var overhead = machines * plan.OverheadShare;
        var growth = plan.GrowthPerYear / 8766;
        var mid = grid.Hours / 2;
        for (var i = 0; i < running.Length; i++)
        {
            var warm = plan.SlopePerKelvin * (around.Temperature[i] - 20);
            var grown = Math.Max(0.05, 1 + (growth * ((i * grid.StepHours) - mid)));
            var level = running[i] * alive[i] * (1 + warm) * (1 + noise[i]);

            // Fans follow the machines, less the part that stands by.
            running[i] = Math.Max(0, grown * ((machines * level) + (overhead * (plan.StandbyShare + ((1 - plan.StandbyShare) * level)) * (1 + (2 * warm)))));
        }

        return running;
    }

    private static double[] Noise(MiningPlan plan, Grid grid, Prng chance)
    {
        var noise = new double[grid.Steps];
        var own = plan.UnitNoise / Math.Sqrt(plan.Machines);
        ColouredNoise.Add(chance, grid, noise, plan.CommonNoise * 0.7, chance.LogUniform(0.5, 4));
        ColouredNoise.Add(chance, grid, noise, plan.CommonNoise * 0.7, chance.LogUniform(12, 60));

        // Supply voltage and the machines' own control loops: seen at one second, gone at a quarter hour. One board's 10 Hz
        // recording has a deviation of 0.048, of 0.011 at ten seconds: two thirds of it is faster than a few seconds.
        ColouredNoise.Add(chance, grid, noise, own * 1.5, 0.3 / 3600);
        ColouredNoise.Add(chance, grid, noise, own, 20.0 / 3600);
        ColouredNoise.Add(chance, grid, noise, own * 0.6, 2);
        ColouredNoise.Add(chance, grid, noise, 0.0015, 30.0 / 3600);
        return noise;
    }
}
