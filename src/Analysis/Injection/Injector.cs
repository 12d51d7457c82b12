// SPDX-License-Identifier: Apache-2.0
using Detector.Analysis.Corpora;
using Detector.Metering;

namespace Detector.Analysis.Injection;

/// <summary>Puts mining onto honest recordings, or in their place, written as the recording's own meter writes.</summary>
internal static class Injector
{
    /// <summary>Adds a load in kW to a window, slot by slot, from its first slot; a missing slot stays missing.</summary>
    public static LoadSeries Add(LoadWindow host, ReadOnlySpan<float> addedKilowatts)
    {
        if (addedKilowatts.Length < host.Series.Count)
        {
            throw new ArgumentException($"{addedKilowatts.Length} values to add to {host.Series.Count} slots.", nameof(addedKilowatts));
        }

        var values = new float[host.Series.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = host.Origin.Rounding.Write((double)host.Series.PowerKilowatts[i] + addedKilowatts[i]);
        }

        return WithValues(host.Series, values);
    }

    /// <summary>
    /// Adds mining so that it is <paramref name="share"/> of the total from slot <paramref name="onset"/> to the end.
    /// </summary>
    /// <param name="host">The honest window.</param>
    /// <param name="mining">A mining load, of any level, at least as long as the window.</param>
    /// <param name="share">Mining over the total, 0 inclusive to 1 exclusive.</param>
    /// <param name="onset">First slot with mining; 0 for from the first day.</param>
    public static LoadSeries Mix(LoadWindow host, ReadOnlySpan<float> mining, double share, int onset)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(share);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(share, 1);
        var honest = LoadValues.Mean(host.Series.PowerKilowatts.AsSpan(onset));
        var component = mining[onset..host.Series.Count]; // the mining load has the window's clock
        var scale = share / (1 - share) * honest / LoadValues.Mean(component);
        var added = new float[host.Series.Count];
        for (var i = 0; i < component.Length; i++)
        {
            added[onset + i] = (float)(component[i] * scale);
        }

        return Add(host, added);
    }

    /// <summary>A mining load in place of an honest one: the donor's missing slots, its rounding, its times.</summary>
    public static LoadSeries Replace(LoadWindow donor, ReadOnlySpan<float> mining)
    {
        var values = new float[donor.Series.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = float.IsNaN(donor.Series.PowerKilowatts[i]) ? float.NaN : donor.Origin.Rounding.Write(mining[i]);
        }

        return WithValues(donor.Series, values);
    }

    /// <summary>Honest buildings added up, as one meter over several: written as the first one's meter writes.</summary>
    /// <remarks>They teach a model that a sum of loads is not by itself suspicious. A slot that one lacks is missing.</remarks>
    public static LoadSeries Compose(IReadOnlyList<LoadWindow> parts)
    {
        ArgumentOutOfRangeException.ThrowIfZero(parts.Count);
        var first = parts[0].Series;
        var values = new float[parts.Min(p => p.Series.Count)];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = parts[0].Origin.Rounding.Write(parts.Sum(p => (double)p.Series.PowerKilowatts[i]));
        }

        return new LoadSeries(first.Meter, first.Start, first.Cadence, values, Flags(values));
    }

    /// <summary>The slots of a load at another interval: each value stands for all of its slots, or the mean of a group for them, missing where under half of it is present.</summary>
    /// <exception cref="ArgumentException">Neither interval is a whole multiple of the other.</exception>
    public static LoadSeries Every(LoadSeries series, TimeSpan interval)
    {
        var isFiner = interval <= series.Cadence;
        var group = isFiner ? series.Cadence / interval : interval / series.Cadence;
        if (group % 1 != 0)
        {
            throw new ArgumentException($"{interval} and {series.Cadence}: neither is a multiple of the other.", nameof(interval));
        }

        float[] values = isFiner
            ? [.. series.PowerKilowatts.SelectMany(v => Enumerable.Repeat(v, (int)group))]
            : LoadValues.Coarser(series.PowerKilowatts, (int)group);
        return new LoadSeries(series.Meter, series.Start, interval, values, Flags(values));
    }

    /// <summary>Other values on the slots of a load; what is no number is missing.</summary>
    public static LoadSeries WithValues(LoadSeries like, float[] values) => new(like.Meter, like.Start, like.Cadence, values, Flags(values));

    private static QualityFlags[] Flags(float[] values) => [.. values.Select(v => float.IsNaN(v) ? QualityFlags.Missing : QualityFlags.None)];
}
