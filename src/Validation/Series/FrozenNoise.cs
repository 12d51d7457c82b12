// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Validation.Series;

/// <summary>Hours that keep to one value for a week but for noise in the last digits: a frozen value behind a converter or a filter. They are taken out: they are no measurement.</summary>
/// <remarks>
/// Holds where nine in ten of the known hours of a week are within 0.02 % of their median. The quietest mines measured and simulated are within 0.1 % (an aggregate of
/// machines moves with air, voltage and outages, whatever their number). Below 5,000 rounding steps 0.02 % is less than a digit, which a flat load may repeat; and a tenth of the
/// level at which the load runs is its rest, as in <see cref="StuckRuns"/>.
/// </remarks>
internal sealed class FrozenNoise : ISeriesRule
{
    private const double MostDeviation = 0.0002;
    private const double LeastSteps = 1 / MostDeviation;
    private const double Within = 0.9;
    private const double OfTheSame = 5; // deviations about the median within which an hour of such a week is frozen
    private const int Week = 168;
    private const int Day = 24;

    public string Name => "frozen_noise";

    public QualityFlags Flag => QualityFlags.Stuck;

    public SeriesEffect Effect => SeriesEffect.Exclude;

    public void Mark(SeriesSubject subject)
    {
        var hours = subject.Hours();
        var frozen = new bool[hours.Kilowatts.Length];
        var resting = frozen.Length < Week ? 0 : subject.RestingLevel();
        for (var start = 0; start + Week <= frozen.Length; start += Day)
        {
            if (Level(hours, start) is not { } level || level < resting)
            {
                continue;
            }

            for (var i = start; i < start + Week; i++)
            {
                frozen[i] |= Math.Abs(hours.Kilowatts[i] - level) <= OfTheSame * MostDeviation * level;
            }
        }

        foreach (var slot in hours.Slots(frozen))
        {
            subject.Exclude(slot, QualityFlags.Stuck);
        }
    }

    /// <summary>The level at which a week is frozen; null where it is not.</summary>
    private static double? Level(HourMeans hours, int start)
    {
        Span<double> known = stackalloc double[Week];
        var count = 0;
        foreach (var value in hours.Kilowatts.AsSpan(start, Week))
        {
            known[count] = value;
            count += double.IsNaN(value) ? 0 : 1;
        }

        known = known[..count];
        known.Sort();
        if (count < Week / 2 || known[count / 2] is not > 0)
        {
            return null;
        }

        var level = known[count / 2];
        var near = 0;
        foreach (var value in known)
        {
            near += Math.Abs(value - level) <= MostDeviation * level ? 1 : 0;
        }

        return near >= Within * count && level >= LeastSteps * hours.StepAt(level) ? level : null;
    }
}
