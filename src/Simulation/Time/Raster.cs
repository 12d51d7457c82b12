// SPDX-License-Identifier: Apache-2.0
namespace Detector.Simulation;

/// <summary>Puts events of continuous time onto the steps of a grid, partly covered steps in proportion.</summary>
internal static class Raster
{
    /// <summary>Multiplies by <paramref name="factor"/> between two moments, in hours after the start.</summary>
    public static void Scale(Grid grid, double[] to, double fromHours, double toHours, double factor)
    {
        var first = Math.Max(0, fromHours / grid.StepHours);
        var last = Math.Min(grid.Steps, toHours / grid.StepHours);
        for (var i = (int)first; i < last; i++)
        {
            var covered = Math.Min(last, i + 1) - Math.Max(first, i);
            to[i] *= 1 + ((factor - 1) * covered);
        }
    }

    /// <summary>Adds <paramref name="amount"/> between two moments, in hours after the start.</summary>
    public static void Add(Grid grid, double[] to, double fromHours, double toHours, double amount)
    {
        var first = Math.Max(0, fromHours / grid.StepHours);
        var last = Math.Min(grid.Steps, toHours / grid.StepHours);
        for (var i = (int)first; i < last; i++)
        {
            to[i] += amount * (Math.Min(last, i + 1) - Math.Max(first, i));
        }
    }

    /// <summary>Holds down to <paramref name="factor"/> between two moments, then lets it rise back exponentially.</summary>
    public static void Dip(Grid grid, double[] to, double fromHours, double toHours, double factor, double rampHours)
    {
        Scale(grid, to, fromHours, toHours, factor);
        var end = toHours + (5 * rampHours);
        for (var i = Math.Max(0, (int)(toHours / grid.StepHours)); i < grid.Steps && i * grid.StepHours < end; i++)
        {
            // Mean of exp(-t/ramp) over the part of this step after the dip.
            var from = Math.Max(toHours, i * grid.StepHours) - toHours;
            var until = ((i + 1) * grid.StepHours) - toHours;
            var mean = rampHours * (PortableMath.Exp(-from / rampHours) - PortableMath.Exp(-until / rampHours)) / grid.StepHours;
            to[i] *= 1 - ((1 - factor) * mean);
        }
    }

    /// <summary>Adds a lasting step of <paramref name="amount"/> that grows over <paramref name="rampHours"/>.</summary>
    public static void Step(Grid grid, double[] to, double atHours, double amount, double rampHours)
    {
        for (var i = grid.StepAt(Math.Max(0, atHours)); i < to.Length; i++)
        {
            var since = ((i + 0.5) * grid.StepHours) - atHours;
            to[i] += since <= 0 ? 0 : amount * (since >= rampHours ? 1 : since / rampHours);
        }
    }

    /// <summary>Moments of a Poisson process within the grid, in hours after its start.</summary>
    public static IEnumerable<double> Moments(Prng chance, Grid grid, double perDay)
    {
        if (perDay <= 0)
        {
            yield break;
        }

        for (var t = chance.Exponential(24 / perDay); t < grid.Hours; t += chance.Exponential(24 / perDay))
        {
            yield return t;
        }
    }
}
