// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Validation.Series;

/// <summary>The same digits for longer than a real load repeats them. Such values are taken out: they are no measurement.</summary>
/// <remarks>
/// Judged against the meter's own rounding: a very flat load on coarse digits repeats them honestly. A run counts from two days on where the level is
/// at least 1,000 steps, from seven days on from 300 steps, and never below; a whole window of one value counts from a day on whatever the step. Zero is
/// never stuck: a site may be switched off. The two days and the steps are from detection-class figures on hourly recordings.
/// </remarks>
internal sealed class StuckRuns : ISeriesRule
{
    private const double FineSteps = 1000;
    private const double UsableSteps = 300;
    private const int LeastReadings = 12;
    private const double LeastPresent = 0.5; // of the slots of a run

    public string Name => "stuck";

    public QualityFlags Flag => QualityFlags.Stuck;

    public SeriesEffect Effect => SeriesEffect.Exclude;

    public void Mark(SeriesSubject subject)
    {
        var present = subject.Present();
        var power = subject.Series.PowerKilowatts;
        var resting = subject.RestingLevel();
        for (var from = 0; from < present.Count;)
        {
            var to = from + 1;
            while (to < present.Count && power[present[to]].Equals(power[present[from]]))
            {
                to++;
            }

            var hours = (present[to - 1] - present[from] + 1) * subject.CadenceSeconds / 3600;
            var isWhole = to - from == present.Count;
            var isDense = to - from >= Math.Max(LeastReadings, LeastPresent * (present[to - 1] - present[from] + 1));
            if (isDense && Math.Abs(power[present[from]]) is > 0 and var size && size >= resting && hours >= (isWhole ? 24 : 48))
            {
                if (isWhole || IsStuck(subject.Distinct(), power[present[from]], hours))
                {
                    for (var i = from; i < to; i++)
                    {
                        subject.Exclude(present[i], QualityFlags.Stuck);
                    }
                }
            }

            from = to;
        }
    }

    private static bool IsStuck(double[] distinct, float level, double hours)
    {
        // By way of a decimal, which drops the digits that only the narrow float has: 19.9, not 19.8999996.
        var size = Math.Abs((double)(decimal)level);
        var steps = size / RoundingStep.About(distinct, size);
        return steps >= FineSteps || (steps >= UsableSteps && hours >= 168);
    }
}
