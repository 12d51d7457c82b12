// SPDX-License-Identifier: Apache-2.0
namespace Detector.Simulation;

/// <summary>Coordinated drops: the pool, the network or the supply is gone, then all machines ramp back together.</summary>
internal static class Outages
{
    public static void Apply(MiningPlan plan, Grid grid, double[] running, Prng chance)
    {
        foreach (var at in Raster.Moments(chance, grid, plan.OutagesPerMonth / 30.4))
        {
            var hours = Math.Min(36, chance.LogNormal(plan.OutageHours, 0.9));

            // Seven of ten take every machine down to its fans and standby; the rest are one pool or one switch of several.
            var left = chance.Chance(0.7) ? chance.Uniform(0, 0.12) : chance.Uniform(0.2, 0.85);
            Raster.Dip(grid, running, at, at + hours, left, plan.RampMinutes / 60);
        }
    }
}
