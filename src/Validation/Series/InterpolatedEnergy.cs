// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Validation.Series;

/// <summary>Hours on straight lines between the means of days or half days: an estimate. Values stay.</summary>
/// <remarks>
/// Holds where blocks of 24 or 12 hours on a clock (<see cref="HourBlocks"/>) bend nowhere by more than two rounding steps, at 1,000 steps and more, and rise or
/// fall by three steps an hour at least: a level line is <see cref="SpreadEnergy"/>.
/// </remarks>
internal sealed class InterpolatedEnergy : ISeriesRule
{
    private const double MostBend = 2.001; // steps
    private const double LeastSlope = 3; // steps an hour

    private static readonly int[] Lengths = [24, 12];

    public string Name => "interpolated_energy";

    public QualityFlags Flag => QualityFlags.Estimated;

    public SeriesEffect Effect => SeriesEffect.Mark;

    public void Mark(SeriesSubject subject)
    {
        var hours = subject.Hours();
        var lines = new bool[hours.Kilowatts.Length];
        foreach (var length in Lengths)
        {
            foreach (var start in HourBlocks.OnClock(lines.Length, length, start => IsLine(hours, start, length)).SelectMany(starts => starts))
            {
                Array.Fill(lines, true, start, length);
            }
        }

        foreach (var slot in hours.Slots(lines))
        {
            subject.Mark(slot, QualityFlags.Estimated);
        }
    }

    private static bool IsLine(HourMeans hours, int start, int length)
    {
        var (values, bend, smallest) = (hours.Kilowatts, 0.0, Math.Abs(hours.Kilowatts[start]));
        for (var i = start + 2; i < start + length; i++)
        {
            bend = Math.Max(bend, Math.Abs(values[i] - (2 * values[i - 1]) + values[i - 2]));
            smallest = Math.Min(smallest, Math.Abs(values[i]));
            if (!(bend * HourMeans.FineSteps <= MostBend * smallest))
            {
                return false; // by far the usual case, without a step; NaN is here too
            }
        }

        if (smallest == 0)
        {
            return false;
        }

        var step = hours.StepAt(values[start]);
        return smallest >= HourMeans.FineSteps * step && bend <= MostBend * step
            && Math.Abs(values[start + length - 1] - values[start]) >= LeastSlope * step * (length - 1);
    }
}
