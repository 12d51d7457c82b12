// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Validation.Series;

/// <summary>A series under assessment: what the rules look at and mark.</summary>
internal sealed class SeriesSubject(LoadSeries series, Samples samples)
{
    private const double RestShare = 0.1; // of the running level

    private float[]? _sorted;
    private double[]? _distinct;
    private HourMeans? _hours;

    public LoadSeries Series { get; } = series;

    /// <summary>The readings before averaging: their digits are the meter's own.</summary>
    public Samples Samples { get; } = samples;

    public double CadenceSeconds => Series.Cadence.TotalSeconds;

    /// <summary>Slots that have a value now, in order.</summary>
    public List<int> Present()
    {
        var present = new List<int>(Series.Count);
        for (var i = 0; i < Series.Count; i++)
        {
            if (!float.IsNaN(Series.PowerKilowatts[i]))
            {
                present.Add(i);
            }
        }

        return present;
    }

    /// <summary>The values present now, in rising order; not to be changed.</summary>
    public float[] Sorted()
    {
        if (_sorted is { } known)
        {
            return known;
        }

        var values = new float[Series.Count];
        var count = 0;
        foreach (var value in Series.PowerKilowatts)
        {
            if (!float.IsNaN(value))
            {
                values[count++] = value;
            }
        }

        Array.Resize(ref values, count);
        Ascending.Sort(values);
        return _sorted = values;
    }

    /// <summary>The distinct values of the samples, in rising order; not to be changed.</summary>
    public double[] Distinct() => _distinct ??= RoundingStep.Distinct(Samples.PowerKilowatts);

    /// <summary>The values present now, by hours.</summary>
    public HourMeans Hours() => _hours ??= HourMeans.Of(this);

    public void Mark(int slot, QualityFlags flag) => Series.Quality[slot] |= flag;

    public void MarkPresent(QualityFlags flag)
    {
        foreach (var slot in Present())
        {
            Mark(slot, flag);
        }
    }

    /// <summary>Marks a slot and takes its value out: it is clearly not the load.</summary>
    public void Exclude(int slot, QualityFlags flag)
    {
        Mark(slot, flag);
        Series.PowerKilowatts[slot] = float.NaN;
        (_sorted, _hours) = (null, null);
    }

    /// <summary>The level while the load runs, in kW: the upper quartile. A load that pauses for most of the day, as mining by night does, has its median in its pauses.</summary>
    /// <param name="sorted">What <see cref="Sorted"/> gave; not empty.</param>
    public static double RunningLevel(float[] sorted) => Math.Abs(Quantile(sorted, 0.75));

    /// <summary>A tenth of the level at which the load runs, in kW: below it it rests, and a feed of its own controls may be as constant as it likes. Zero where nothing is known.</summary>
    public double RestingLevel() => Sorted() is { Length: > 0 } sorted ? RestShare * RunningLevel(sorted) : 0;

    /// <summary>The value at a share of sorted values; they must not be empty.</summary>
    public static float Quantile(float[] sorted, double share) => sorted[(int)Math.Round(share * (sorted.Length - 1))];
}
