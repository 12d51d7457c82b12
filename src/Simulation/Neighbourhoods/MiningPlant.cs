// SPDX-License-Identifier: Apache-2.0
namespace Detector.Simulation;

/// <summary>The mining of a neighbourhood: a tap, machines of several sites behind one pool, a load that moves.</summary>
internal sealed class MiningPlant(Surroundings around, Prng chance)
{
    /// <summary>What is drawn past the sub-meters at each step.</summary>
    public double[] Tap(NeighbourhoodOptions options)
    {
        if (options.TapKilowatts <= 0)
        {
            return new double[around.Grid.Steps];
        }

        var tap = Mine(options.TapStyle, options.TapKilowatts, chance.Split("tap"));
        tap.AsSpan(0, around.Grid.StepAt(options.TapDay * 24)).Clear();
        return tap;
    }

    /// <summary>Adds machines that fall and return with the pool of all others; returns what they drew, in kW summed over the steps.</summary>
    public double AddTogether(double[] load, double kilowatts, Prng own)
    {
        var plan = MiningPlan.Draw("steady", Math.Max(3, kilowatts), around.Region, own) with { OutagesPerMonth = 0, RetunesPerYear = 0 };
        var mining = MiningLoad.Steps(plan, around, own.Split("machines"));
        var running = new double[mining.Length];
        Array.Fill(running, 1.0);

        // One pool: the same outages at every site, whatever its own plan is.
        Outages.Apply(plan with { OutagesPerMonth = 6, OutageHours = 1.5, RampMinutes = 5 }, around.Grid, running, chance.Split("pool"));
        var drawn = 0.0;
        for (var i = 0; i < load.Length; i++)
        {
            drawn += mining[i] * running[i];
            load[i] += mining[i] * running[i];
        }

        return drawn;
    }

    /// <summary>Adds a load up to a step or from it on; the same machines on either side.</summary>
    public double AddMoved(double[] load, double kilowatts, int step, bool leaves)
    {
        var mining = Mine("steady", kilowatts, chance.Split("moved"));
        var (first, end) = leaves ? (0, step) : (step, load.Length);
        var drawn = 0.0;
        for (var i = first; i < end; i++)
        {
            drawn += mining[i];
            load[i] += mining[i];
        }

        return drawn;
    }

    private double[] Mine(string style, double kilowatts, Prng own)
    {
        var plan = MiningPlan.Draw(style, kilowatts, around.Region, own.Split("plan"));
        return MiningLoad.Steps(plan, around, own.Split("load"));
    }
}
