// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Simulation;

/// <summary>Power of honest sites, one class of load a file.</summary>
/// <remarks>
/// In: a plan, a grid of any cadence, a seed. Out: kW as mean of each slot, never negative, never NaN; the mean over the whole is
/// that of the plan. How far the classes resemble recordings is measured in docs/simulation.md.
/// </remarks>
public static class HonestLoad
{
    /// <summary>Names of the classes, in the order of the catalogue.</summary>
    public static IReadOnlyList<string> Classes => HonestClassCatalog.Default.Names;

    /// <summary>What a site of this class declares itself to be.</summary>
    public static DeclaredUse DeclaredUseOf(string loadClass) => HonestClassCatalog.Default.Of(loadClass).DeclaredUse;

    /// <summary>A plan of this class with a size and a region drawn at random.</summary>
    public static HonestPlan Draw(string loadClass, Prng chance)
    {
        var (low, high) = HonestClassCatalog.Default.Of(loadClass).Kilowatts;
        return new HonestPlan(loadClass, chance.LogUniform(low, high), chance.Pick(Region.All));
    }

    /// <summary>Mean kW of each slot.</summary>
    /// <param name="plan">The site.</param>
    /// <param name="start">Start of the first slot.</param>
    /// <param name="cadence">Length of a slot, 0.1 s to a day and more.</param>
    /// <param name="count">Number of slots.</param>
    /// <param name="seed">The same seed gives the same load; cadences that are multiples of five minutes see the same load.</param>
    public static float[] Generate(HonestPlan plan, DateTimeOffset start, TimeSpan cadence, int count, long seed)
    {
        var grid = new Grid(start, cadence, count);
        return grid.Average(Steps(plan, new Surroundings(grid, plan.Region, seed), new Prng(seed).Split("honest")));
    }

    /// <summary>Mean kW of each step.</summary>
    internal static double[] Steps(HonestPlan plan, Surroundings around, Prng chance)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(plan.Kilowatts, 0);
        var load = new double[around.Grid.Steps];
        if (load.Length == 0)
        {
            return load;
        }

        HonestClassCatalog.Default.Of(plan.LoadClass).Shape(around, load, plan.Kilowatts, chance.Split(plan.LoadClass));
        var sum = 0.0;
        for (var i = 0; i < load.Length; i++)
        {
            load[i] = Math.Max(0, load[i]);
            sum += load[i];
        }

        var scale = sum > 0 ? plan.Kilowatts * load.Length / sum : 0;
        for (var i = 0; i < load.Length; i++)
        {
            load[i] *= scale;
        }

        return load;
    }
}
