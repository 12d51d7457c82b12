// SPDX-License-Identifier: Apache-2.0
namespace Detector.Simulation;

/// <summary>A compressor or pump that switches to keep up with a need.</summary>
/// <remarks>
/// Hysteresis: while off the store fills at the rate of the need, while on it empties at one minus it. With need d and full cycle
/// time T at half need, the period is T / (4 d (1 - d)): longest at both ends, as machines in the field do.
/// </remarks>
internal static class Thermostat
{
    /// <summary>Adds <paramref name="kilowatts"/> while on; <paramref name="need"/> is the share of time it must run, 0 to 1.</summary>
    public static void Add(Prng chance, Grid grid, double[] load, double[] need, double kilowatts, double cycleHours)
    {
        var band = cycleHours / 4;
        var store = chance.Unit() * band;
        var on = chance.Chance(0.5);
        var thisBand = band;
        for (var i = 0; i < load.Length; i++)
        {
            var left = grid.StepHours;
            var ran = 0.0;
            while (left > 0)
            {
                var rate = Math.Max(0.01, on ? 1 - need[i] : need[i]);
                var until = Math.Min(left, (on ? store : thisBand - store) / rate);
                store += on ? -rate * until : rate * until;
                ran += on ? until : 0;
                left -= until;
                if (left <= 0)
                {
                    break;
                }

                // Each band is a little other than the last: doors, load, frost.
                on = !on;
                thisBand = on ? Math.Max(thisBand, store) : band * chance.LogNormal(1, 0.15);
                store = on ? store : Math.Min(store, thisBand);
                left -= Math.Min(left, 1e-9);
            }

            load[i] += kilowatts * ran / grid.StepHours;
        }
    }
}
