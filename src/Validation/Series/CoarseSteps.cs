// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Validation.Series;

/// <summary>The smallest step between values is over 1 % of the median: the load's fine structure is lost. Values stay.</summary>
/// <remarks>1 % is what detection needs (detection-class, section 8.4). One value cannot tell a step; two levels may be a real on and off.</remarks>
internal sealed class CoarseSteps : ISeriesRule
{
    private const double MostOfMedian = 0.01;
    private const int LeastDistinct = 3;

    public string Name => "coarse";

    public QualityFlags Flag => QualityFlags.Coarse;

    public SeriesEffect Effect => SeriesEffect.Mark;

    public void Mark(SeriesSubject subject)
    {
        var sorted = subject.Sorted();
        if (sorted.Length == 0)
        {
            return;
        }

        var distinct = RoundingStep.Distinct(subject.Samples.PowerKilowatts);
        if (distinct.Length >= LeastDistinct && RoundingStep.Smallest(distinct) > MostOfMedian * Math.Abs(SeriesSubject.Quantile(sorted, 0.5)))
        {
            subject.MarkPresent(QualityFlags.Coarse);
        }
    }
}
