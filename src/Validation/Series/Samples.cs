// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Validation.Series;

/// <summary>Readings of one meter in order of time, one a time: of several with the same time the first counts.</summary>
internal sealed class Samples
{
    private Samples(int count)
    {
        UnixMicroseconds = new long[count];
        PowerKilowatts = new double[count];
        RegisterKilowattHours = new double[count];
        Quality = new QualityFlags[count];
    }

    /// <summary>Readings that are in order of time already, one a time: copied, because rules fill in power and flags.</summary>
    private Samples(ReadingColumns ordered)
    {
        UnixMicroseconds = ordered.UnixMicroseconds;
        PowerKilowatts = (double[])ordered.PowerKilowatts.Clone();
        RegisterKilowattHours = ordered.RegisterKilowattHours.Length > 0 ? ordered.RegisterKilowattHours : Unknown(ordered.Count);
        Quality = ordered.Quality.Length > 0 ? (QualityFlags[])ordered.Quality.Clone() : new QualityFlags[ordered.Count];
    }

    public long[] UnixMicroseconds { get; private init; }

    public double[] PowerKilowatts { get; private init; }

    public double[] RegisterKilowattHours { get; private init; }

    public QualityFlags[] Quality { get; private init; }

    public int Count => UnixMicroseconds.Length;

    /// <summary>Whether power is the energy of intervals of a register: of it nothing is lost between the steps, so that the mean of an hour is as fine as one step an hour.</summary>
    public bool IsOfRegister { get; set; }

    /// <summary>Readings dropped because an earlier one had the same time.</summary>
    public int Repeats { get; private set; }

    /// <summary>Those of them whose value differed.</summary>
    public int Conflicts { get; private set; }

    public static Samples Of(ReadingColumns readings)
    {
        if (IsOrdered(readings.UnixMicroseconds))
        {
            return new Samples(readings);
        }

        var order = Order(readings.UnixMicroseconds);
        var samples = new Samples(Distinct(readings.UnixMicroseconds, order));
        var next = 0;
        for (var i = 0; i < order.Length; i++)
        {
            var row = order[i];
            var register = readings.RegisterKilowattHours.Length == 0 ? double.NaN : readings.RegisterKilowattHours[row];
            if (next > 0 && samples.UnixMicroseconds[next - 1] == readings.UnixMicroseconds[row])
            {
                samples.Repeat(next - 1, readings.PowerKilowatts[row], register);
                continue;
            }

            samples.UnixMicroseconds[next] = readings.UnixMicroseconds[row];
            samples.PowerKilowatts[next] = readings.PowerKilowatts[row];
            samples.RegisterKilowattHours[next] = register;
            samples.Quality[next++] = readings.Quality.Length == 0 ? QualityFlags.None : readings.Quality[row];
        }

        return samples;
    }

    private void Repeat(int kept, double power, double register)
    {
        Repeats++;
        // Equals, so that two absent values agree.
        if (!PowerKilowatts[kept].Equals(power) || !RegisterKilowattHours[kept].Equals(register))
        {
            Conflicts++;
            Quality[kept] |= QualityFlags.Conflict;
        }
    }

    private static double[] Unknown(int count)
    {
        var values = new double[count];
        Array.Fill(values, double.NaN);
        return values;
    }

    private static bool IsOrdered(long[] times)
    {
        for (var i = 1; i < times.Length; i++)
        {
            if (times[i] <= times[i - 1])
            {
                return false;
            }
        }

        return true;
    }

    private static int[] Order(long[] times)
    {
        var order = new int[times.Length];
        var isSorted = true;
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = i;
            isSorted &= i == 0 || times[i - 1] <= times[i];
        }

        if (isSorted)
        {
            return order;
        }

        var keys = (long[])times.Clone();
        Array.Sort(keys, order);
        // The sort is not stable: put equal times back into the order of arrival.
        for (var from = 0; from < keys.Length;)
        {
            var to = from + 1;
            while (to < keys.Length && keys[to] == keys[from])
            {
                to++;
            }

            Array.Sort(order, from, to - from);
            from = to;
        }

        return order;
    }

    private static int Distinct(long[] times, int[] order)
    {
        var count = 0;
        for (var i = 0; i < order.Length; i++)
        {
            count += i == 0 || times[order[i]] != times[order[i - 1]] ? 1 : 0;
        }

        return count;
    }
}
