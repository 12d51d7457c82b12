// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Validation.Series;

/// <summary>Single values far above everything else the meter says: a transmission fault. They are taken out.</summary>
/// <remarks>
/// Holds where a value is over five times the 99.5 % quantile, both neighbours are below a fifth of it, and such values are at most three or one
/// in two thousand: a load that does so more often really does it. Falls are never spikes: an outage is evidence.
/// </remarks>
internal sealed class Spikes : ISeriesRule
{
    private const double Usual = 0.995;
    private const double Ratio = 5;
    private const int LeastValues = 96;

    public string Name => "spike";

    public QualityFlags Flag => QualityFlags.Spike;

    public SeriesEffect Effect => SeriesEffect.Exclude;

    /// <summary>Most spikes among so many values: three, or one in two thousand.</summary>
    public static int Most(int values) => Math.Max(3, values / 2000);

    public void Mark(SeriesSubject subject)
    {
        var sorted = subject.Sorted();
        if (sorted.Length < LeastValues)
        {
            return;
        }

        var limit = Ratio * Math.Max(Math.Abs(SeriesSubject.Quantile(sorted, Usual)), Math.Abs(SeriesSubject.Quantile(sorted, 1 - Usual)));
        if (limit <= 0)
        {
            return;
        }

        var power = subject.Series.PowerKilowatts;
        var present = subject.Present();
        var spikes = new List<int>();
        for (var i = 0; i < present.Count; i++)
        {
            var size = Math.Abs(power[present[i]]);
            var before = i > 0 ? Math.Abs(power[present[i - 1]]) : 0;
            var after = i + 1 < present.Count ? Math.Abs(power[present[i + 1]]) : 0;
            if (size > limit && Math.Max(before, after) < size / Ratio)
            {
                spikes.Add(present[i]);
            }
        }

        if (spikes.Count <= Most(present.Count))
        {
            spikes.ForEach(slot => subject.Exclude(slot, QualityFlags.Spike));
        }
    }
}
