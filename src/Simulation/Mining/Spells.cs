// SPDX-License-Identifier: Apache-2.0
namespace Detector.Simulation;

/// <summary>Running and resting by turns of random length: exponential, a run of an hour and a rest of half an hour at least.</summary>
internal static class Spells
{
    /// <summary>Puts the rests in.</summary>
    /// <param name="grid">The grid.</param>
    /// <param name="to">Share that runs in each step.</param>
    /// <param name="runHours">Mean length of a run beyond its least.</param>
    /// <param name="restHours">Mean length of a rest beyond its least.</param>
    /// <param name="left">Share that goes on in a rest.</param>
    /// <param name="rampHours">Time constant of the ramp back.</param>
    /// <param name="chance">Where the lengths come from.</param>
    public static void Rest(Grid grid, double[] to, double runHours, double restHours, double left, double rampHours, Prng chance)
    {
        for (var hour = chance.Exponential(runHours); hour < grid.Hours;)
        {
            var rest = 0.5 + chance.Exponential(restHours);
            Raster.Dip(grid, to, hour, hour + rest, left, rampHours);
            hour += rest + 1 + chance.Exponential(runHours);
        }
    }
}
