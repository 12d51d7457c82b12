// SPDX-License-Identifier: Apache-2.0
namespace Detector.Simulation;

/// <summary>A controller that orders a new power only so often, and holds it in between.</summary>
internal static class Controller
{
    /// <summary>Multiplies what runs in each step by the order in force.</summary>
    /// <param name="grid">The grid.</param>
    /// <param name="running">Share that runs in each step.</param>
    /// <param name="everyHours">Hours between two orders, counted from the start of the grid; over 0.</param>
    /// <param name="order">Share of full power that is ordered at a step; asked for at steps with a new order alone.</param>
    public static void Follow(Grid grid, double[] running, double everyHours, Func<int, double> order)
    {
        var (slot, inForce) = (-1L, 1.0);
        for (var i = 0; i < running.Length; i++)
        {
            var now = (long)Math.Floor(i * grid.StepHours / everyHours);
            if (now != slot)
            {
                (slot, inForce) = (now, order(i));
            }

            running[i] *= inForce;
        }
    }
}
