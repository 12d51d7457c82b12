// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Validation.Series;

/// <summary>The smallest step between values is over 1 % of the level while it runs: the load's fine structure is lost. Values stay.</summary>
/// <remarks>
/// 1 % is what detection needs (detection-class, section 8.4). One value cannot tell a step; two levels may be a real on and off. What is judged is hours: a
/// register's step is as much of a quarter hour's power as four of an hour's, and 1 kWh of 200 kW is 0.5 % however often it is read.
/// </remarks>
internal sealed class CoarseSteps : ISeriesRule
{
    private const double MostOfLevel = 0.01;
    private const int LeastDistinct = 3;
    private const double SecondsOfHour = 3600;

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

        var most = MostOfLevel * (subject.Samples.IsOfRegister ? LevelOfHours(subject, sorted) : SeriesSubject.RunningLevel(sorted));
        if (HasStepWithin(subject.Samples.PowerKilowatts, most / 2))
        {
            return;
        }

        var distinct = subject.Distinct();
        if (distinct.Length >= LeastDistinct && RoundingStep.Smallest(distinct) > most)
        {
            subject.MarkPresent(QualityFlags.Coarse);
        }
    }

    /// <summary>The running level over the share that a step between readings is of one between hours.</summary>
    private static double LevelOfHours(SeriesSubject subject, float[] sorted)
    {
        float[] hours = [.. subject.Hours().Kilowatts.Where(v => !double.IsNaN(v)).Select(v => (float)v)];
        Ascending.Sort(hours);
        return SeriesSubject.RunningLevel(hours.Length == 0 ? sorted : hours) / Math.Min(1, subject.CadenceSeconds / SecondsOfHour);
    }

    /// <summary>Whether values next to each other in time differ by so little, but not by arithmetic alone: then so do distinct ones, and none need be sorted.</summary>
    private static bool HasStepWithin(double[] values, double most)
    {
        for (var i = 1; i < values.Length; i++)
        {
            var step = Math.Abs(values[i] - values[i - 1]);
            if (step <= most && step > 2 * RoundingStep.Noise * Math.Max(Math.Abs(values[i]), Math.Abs(values[i - 1])))
            {
                return true;
            }
        }

        return false;
    }
}
