// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Validation.Series;

/// <summary>Samples on a regular grid: several in a slot are averaged, a slot without one is missing.</summary>
/// <remarks>
/// The slots keep the meter's own phase (a meter that reads at 01:17 past stays there), and a sample goes to the nearest slot, so that a clock
/// that jitters about the full minute does not leave every other slot empty. Where samples fall anywhere, slots begin at multiples of the cadence.
/// One empty slot between two samples that are less than one and a half cadences apart is the grid's doing and not the meter's: it takes their mean,
/// flagged as estimated.
/// </remarks>
internal sealed record Grid(LoadSeries Series, int BeyondGrid)
{
    /// <summary>Longest grid: 20 million slots, 231 days of seconds in 160 MB; of a longer one the latest part stays.</summary>
    public const int MaxSlots = 20_000_000;

    private const double SamePhase = 0.05; // share of a cadence that counts as no phase at all
    private const double LeastConcentration = 0.5; // resultant length of the phases, 0 anywhere .. 1 all the same

    public static Grid Of(MeterId meter, Samples samples, TimeSpan cadence)
    {
        if (samples.Count == 0)
        {
            return new Grid(new LoadSeries(meter, DateTimeOffset.UnixEpoch, cadence, [], []), 0);
        }

        var step = (long)cadence.TotalMicroseconds;
        var (phase, isNearest) = Phase(samples.UnixMicroseconds, step);
        var shift = isNearest ? step / 2 : 0;
        long SlotOf(int i) => FloorDivide(samples.UnixMicroseconds[i] - phase + shift, step);

        var lastSlot = SlotOf(samples.Count - 1);
        var beyond = 0;
        while (lastSlot - SlotOf(beyond) >= MaxSlots)
        {
            beyond++;
        }

        var firstSlot = SlotOf(beyond);
        var power = new float[lastSlot - firstSlot + 1];
        var quality = new QualityFlags[power.Length];
        Array.Fill(power, float.NaN);
        for (var (i, slot) = (beyond, firstSlot); i < samples.Count;)
        {
            var (sum, count) = (0.0, 0);
            var next = slot;
            for (; i < samples.Count && (next = SlotOf(i)) == slot; i++)
            {
                quality[slot - firstSlot] |= samples.Quality[i];
                if (!double.IsNaN(samples.PowerKilowatts[i]))
                {
                    sum += samples.PowerKilowatts[i];
                    count++;
                }
            }

            power[slot - firstSlot] = count == 0 ? float.NaN : (float)(sum / count);
            if (next == slot + 2 && samples.UnixMicroseconds[i] - samples.UnixMicroseconds[i - 1] < 1.5 * step)
            {
                quality[slot + 1 - firstSlot] |= QualityFlags.Estimated;
            }

            slot = next;
        }

        Close(power, quality);
        var start = Instants.FromUnixMicroseconds((firstSlot * step) + phase);
        return new Grid(new LoadSeries(meter, start, cadence, power, quality), beyond);
    }

    private static long FloorDivide(long value, long by) => (value / by) - (value % by < 0 ? 1 : 0);

    private static void Close(float[] power, QualityFlags[] quality)
    {
        for (var i = 0; i < power.Length; i++)
        {
            if (!float.IsNaN(power[i]))
            {
                continue;
            }

            if (quality[i] == QualityFlags.Estimated && i > 0 && i + 1 < power.Length && !float.IsNaN(power[i - 1]) && !float.IsNaN(power[i + 1]))
            {
                power[i] = (power[i - 1] + power[i + 1]) / 2;
            }
            else
            {
                quality[i] |= QualityFlags.Missing;
            }
        }
    }

    /// <summary>The typical phase in microseconds, and whether samples keep to it.</summary>
    private static (long Phase, bool IsNearest) Phase(long[] times, long step)
    {
        var (x, y) = (0.0, 0.0);
        var (before, sin, cos) = (-step, 0.0, 0.0);
        foreach (var time in times)
        {
            var within = time % step;
            if (within != before)
            {
                (sin, cos) = Math.SinCos(2 * Math.PI * within / step);
                before = within; // most meters keep theirs
            }

            (x, y) = (x + cos, y + sin);
        }

        if (Math.Sqrt((x * x) + (y * y)) / times.Length < LeastConcentration)
        {
            return (0, false);
        }

        var share = Math.Atan2(y, x) / (2 * Math.PI);
        // In whole hundredths of a cadence, so that the last bit of a sine does not move the grid.
        return Math.Abs(share) < SamePhase ? (0, true) : ((long)Math.Round(share * 100) * step / 100, true);
    }
}
