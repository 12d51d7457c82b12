// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Validation.Series;

/// <summary>The meter holds its value until the load has moved by more than 1 % of the level it runs at, then sends it in fine digits. Values stay, marked as coarse.</summary>
/// <remarks>Holds where at least half of the values repeat the one before, and every change is over five rounding steps and 1 % of that level.</remarks>
internal sealed class DeadBand : ISeriesRule
{
    private const double LeastChange = 0.01;
    private const double StepsPerChange = 5;
    private const double Repeating = 0.5;
    private const int LeastChanges = 20;

    public string Name => "dead_band";

    public QualityFlags Flag => QualityFlags.Coarse;

    public SeriesEffect Effect => SeriesEffect.Mark;

    public void Mark(SeriesSubject subject)
    {
        var (repeats, changes, smallest) = (0, 0, double.PositiveInfinity);
        var before = double.NaN;
        foreach (var value in subject.Samples.PowerKilowatts)
        {
            if (double.IsNaN(value))
            {
                continue;
            }

            var change = Math.Abs(value - before); // of the first it is no number, and counts as none
            before = value;
            if (double.IsNaN(change))
            {
                continue;
            }

            if (change == 0)
            {
                repeats++;
            }
            else
            {
                changes++;
                smallest = Math.Min(smallest, change);
            }
        }

        if (changes < LeastChanges || repeats < Repeating * (repeats + changes) || subject.Sorted() is not { Length: > 0 } sorted)
        {
            return;
        }

        var step = RoundingStep.Smallest(subject.Distinct());
        if (smallest > LeastChange * SeriesSubject.RunningLevel(sorted) && smallest > StepsPerChange * step)
        {
            subject.MarkPresent(QualityFlags.Coarse);
        }
    }
}
