// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Validation.Series;

/// <summary>The meter holds its value until the load has moved by more than 1 % of the median, then sends it in fine digits. Values stay, marked as coarse.</summary>
/// <remarks>Holds where at least half of the values repeat the one before, and every change is over five rounding steps and 1 % of the median.</remarks>
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
        var values = subject.Samples.PowerKilowatts.Where(v => !double.IsNaN(v)).ToArray();
        var (repeats, changes, smallest) = (0, 0, double.PositiveInfinity);
        for (var i = 1; i < values.Length; i++)
        {
            var change = Math.Abs(values[i] - values[i - 1]);
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

        var sorted = subject.Sorted();
        if (changes < LeastChanges || sorted.Length == 0 || repeats < Repeating * (values.Length - 1))
        {
            return;
        }

        var step = RoundingStep.Smallest(RoundingStep.Distinct(values));
        if (smallest > LeastChange * Math.Abs(SeriesSubject.Quantile(sorted, 0.5)) && smallest > StepsPerChange * step)
        {
            subject.MarkPresent(QualityFlags.Coarse);
        }
    }
}
