// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Validation.Series;

/// <summary>A series by whole UTC hours, for rules about the hours that a verdict is made of.</summary>
/// <remarks>An hour is known where at least half of its slots are, as <c>HourlyAccumulator</c> has it.</remarks>
internal sealed class HourMeans
{
    /// <summary>Fewer steps from zero to the level tell nothing of digits that repeat: there a flat load repeats them honestly (see <see cref="StuckRuns"/>).</summary>
    public const double FineSteps = 1000;

    private const double LeastKnown = 0.5;
    private const int ManyValues = 100; // of so many over two fifths of a level, the two closest are within 1 in 25,000 of it
    private const double FloatDigits = 2.4e-7; // two units in the last place of a single-precision number

    private readonly SeriesSubject _subject;
    private readonly Dictionary<int, double> _steps = [];

    private HourMeans(SeriesSubject subject, double[] kilowatts)
    {
        _subject = subject;
        Kilowatts = kilowatts;
    }

    /// <summary>Mean of each hour in kW; NaN where unknown.</summary>
    public double[] Kilowatts { get; }

    /// <summary>The hours of a series; none where its cadence is over an hour.</summary>
    public static HourMeans Of(SeriesSubject subject)
    {
        var series = subject.Series;
        if (series.Count == 0 || series.Cadence > TimeSpan.FromHours(1))
        {
            return new HourMeans(subject, []);
        }

        var sums = new double[HourOf(series, series.Count - 1) + 1];
        var counts = new int[sums.Length];
        for (var i = 0; i < series.Count; i++)
        {
            if (series.PowerKilowatts[i] is var value && !float.IsNaN(value))
            {
                var hour = HourOf(series, i);
                sums[hour] += value;
                counts[hour]++;
            }
        }

        var least = Math.Max(1, LeastKnown * TimeSpan.TicksPerHour / series.Cadence.Ticks);
        for (var hour = 0; hour < sums.Length; hour++)
        {
            sums[hour] = counts[hour] < least ? double.NaN : sums[hour] / counts[hour];
        }

        return new HourMeans(subject, sums);
    }

    /// <summary>The meter's rounding step about a level, of the readings within a fifth of it.</summary>
    public double StepAt(double level)
    {
        var bucket = (int)Math.Round(Math.Log(Math.Abs(level)) * 10); // to a tenth
        if (!_steps.TryGetValue(bucket, out var step))
        {
            step = StepAbout(_subject.Distinct(), Math.Exp(bucket / 10.0));
            _steps.Add(bucket, step);
        }

        return Math.Max(step, Math.Abs(level) * FloatDigits);
    }

    private static double StepAbout(double[] distinct, double level)
    {
        var near = Array.FindAll(distinct, v => Math.Abs(v) >= 0.8 * level && Math.Abs(v) <= 1.2 * level);
        var step = RoundingStep.Smallest(near.Length > 1 ? near : distinct);
        if (near.Length >= ManyValues)
        {
            return step;
        }

        // Few values lie further apart than the meter's digits allow.
        var decimals = near.Select(RoundingStep.OfDecimals).DefaultIfEmpty(level).Min();
        return step > 0 ? Math.Min(step, decimals) : decimals;
    }

    /// <summary>The slots that have a value and lie in hours that are asked for.</summary>
    public IEnumerable<int> Slots(bool[] hours)
    {
        if (Array.IndexOf(hours, true) < 0)
        {
            yield break; // by far the usual case
        }

        for (var i = 0; i < _subject.Series.Count; i++)
        {
            if (hours[HourOf(_subject.Series, i)] && !float.IsNaN(_subject.Series.PowerKilowatts[i]))
            {
                yield return i;
            }
        }
    }

    private static int HourOf(LoadSeries series, int slot) =>
        (int)((series.TimeOf(slot).UtcTicks / TimeSpan.TicksPerHour) - (series.Start.UtcTicks / TimeSpan.TicksPerHour));
}
