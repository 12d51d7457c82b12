// SPDX-License-Identifier: Apache-2.0
namespace Detector.Simulation;

/// <summary>Share of the machines' power that is not lost to failures, dead boards and reboots.</summary>
/// <remarks>A birth-and-death process in continuous time: each machine fails at rate 1/MTBF, each failed one is repaired at rate 1/MTTR.</remarks>
internal static class MachineFailures
{
    // Above this many machines a reboot is under the noise of the rest.
    private const int RebootsSeenUpTo = 300;

    public static double[] Alive(MiningPlan plan, Grid grid, Prng chance)
    {
        var alive = new double[grid.Steps];
        Array.Fill(alive, 1.0);
        Fail(plan, grid, alive, chance.Split("failures"));
        if (plan.Machines <= RebootsSeenUpTo)
        {
            var perDay = plan.Machines / 12.0;
            foreach (var at in Raster.Moments(chance.Split("reboots"), grid, perDay))
            {
                Raster.Add(grid, alive, at, at + (5.0 / 60), -0.9 / plan.Machines);
            }
        }

        for (var i = 0; i < alive.Length; i++)
        {
            alive[i] = Math.Max(0, alive[i]);
        }

        return alive;
    }

    private static void Fail(MiningPlan plan, Grid grid, double[] alive, Prng chance)
    {
        var failRate = 1 / (plan.MeanDaysBetweenFailures * 24);
        var repairRate = 1 / plan.MeanRepairHours;

        // Starts in equilibrium: each machine is down with probability MTTR / (MTBF + MTTR).
        var share = failRate / (failRate + repairRate);
        var spread = Math.Sqrt(plan.Machines * share * (1 - share));
        var down = Math.Clamp((int)Math.Round((plan.Machines * share) + (spread * chance.Normal())), 0, plan.Machines);
        var step = 0;
        var t = 0.0;
        while (step < grid.Steps)
        {
            var rate = ((plan.Machines - down) * failRate) + (down * repairRate);
            t += chance.Exponential(1 / rate);
            var end = grid.StepAt(t);

            // Two in five failures are one board of three: on average a failure costs 0.73 of a machine.
            var lost = 0.73 * down / plan.Machines;
            for (; step < end; step++)
            {
                alive[step] -= lost;
            }

            down += chance.Unit() * rate < down * repairRate ? -1 : 1;
            if (t >= grid.Hours)
            {
                return;
            }
        }
    }
}
