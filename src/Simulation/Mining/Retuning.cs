// SPDX-License-Identifier: Apache-2.0
namespace Detector.Simulation;

/// <summary>New firmware, frequency or profitability: a lasting step of the operating point, about once a quarter.</summary>
internal static class Retuning
{
    public static void Apply(MiningPlan plan, Grid grid, double[] running, Prng chance)
    {
        var factor = new double[grid.Steps];
        Array.Fill(factor, 1.0);
        foreach (var at in Raster.Moments(chance, grid, plan.RetunesPerYear / 365.25))
        {
            // Rolled out at once by a console, or rack by rack over days.
            var ramp = chance.Chance(0.5) ? chance.Uniform(0.1, 1) : chance.Uniform(12, 72);
            Raster.Step(grid, factor, at, Math.Clamp(0.05 * chance.Normal(), -0.15, 0.15), ramp);
        }

        for (var i = 0; i < factor.Length; i++)
        {
            running[i] *= Math.Clamp(factor[i], 0.5, 1.4);
        }
    }
}
