// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Validation.Series;

/// <summary>The energy of a day, a shift or some hours spread evenly over its hours: an estimate, which makes any load look flat. Values stay.</summary>
/// <remarks>
/// Holds where blocks of 2 to 24 hours on a clock (<see cref="HourBlocks"/>) have hours that are equal to the last digit, at 1,000 rounding steps and more,
/// and eight in ten of them differ from the one before and from that of a day before: a load switched by a clock between levels that it keeps to the last digit comes back to them.
/// </remarks>
internal sealed class SpreadEnergy : ISeriesRule
{
    private const double LeastDiffering = 0.8;
    private const int HoursOfDay = 24;

    private static readonly int[] Lengths = [24, 12, 8, 6, 4, 3, 2];

    public string Name => "spread_energy";

    public QualityFlags Flag => QualityFlags.Estimated;

    public SeriesEffect Effect => SeriesEffect.Mark;

    public void Mark(SeriesSubject subject)
    {
        var hours = subject.Hours();
        var spread = new bool[hours.Kilowatts.Length];
        foreach (var length in Lengths)
        {
            foreach (var starts in HourBlocks.OnClock(spread.Length, length, start => IsEven(hours, start, length)))
            {
                if (Differ(hours, starts, length))
                {
                    starts.ForEach(start => Array.Fill(spread, true, start, length));
                }
            }
        }

        foreach (var slot in hours.Slots(spread))
        {
            subject.Mark(slot, QualityFlags.Estimated);
        }
    }

    private static bool IsEven(HourMeans hours, int start, int length)
    {
        var first = hours.Kilowatts[start];
        var (low, high) = (first, first);
        for (var i = start + 1; i < start + length; i++)
        {
            var value = hours.Kilowatts[i];
            (low, high) = (Math.Min(low, value), Math.Max(high, value));
            if (!(high - low <= Math.Abs(first) / HourMeans.FineSteps))
            {
                return false; // by far the usual case, without a step; NaN is here too
            }
        }

        if (first == 0)
        {
            return false;
        }

        var step = hours.StepAt(first);
        return Math.Abs(first) >= HourMeans.FineSteps * step && high - low <= step * 1.001;
    }

    private static bool Differ(HourMeans hours, List<int> starts, int length)
    {
        var known = starts.ToHashSet();
        bool IsAs(int start, int before) =>
            known.Contains(before) && Math.Abs(hours.Kilowatts[before] - hours.Kilowatts[start]) <= hours.StepAt(hours.Kilowatts[start]) * 1.001;

        var differing = starts.Count(start => !IsAs(start, start - length) && !IsAs(start, start - HoursOfDay));
        return differing >= LeastDiffering * starts.Count;
    }
}
