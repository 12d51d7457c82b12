// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Validation.Series;

/// <summary>Values sent as power that only ever rise: a cumulative register under the wrong key. All are taken out.</summary>
/// <remarks>
/// Holds where at least 99.5 % of the steps do not fall, 30 % rise, there are 96 values or more, and the whole rise is over 20 typical
/// steps. A real load falls about as often as it rises; a constant one does not rise. One fall in two hundred allows for resets.
/// </remarks>
internal sealed class RegisterSentAsPower : ISeriesRule
{
    private const int LeastValues = 96; // a day of quarter hours
    private const double NotFalling = 0.995;
    private const double Rising = 0.3;
    private const double TypicalSteps = 20;

    public string Name => "register_as_power";

    public QualityFlags Flag => QualityFlags.RegisterAsPower;

    public SeriesEffect Effect => SeriesEffect.Exclude;

    public void Mark(SeriesSubject subject)
    {
        // On the samples: a float of a large register would lose its small steps.
        var (values, falls, rising) = Count(subject.Samples.PowerKilowatts, rises: null);
        if (values < LeastValues || falls > (1 - NotFalling) * (values - 1) || rising < Rising * (values - 1))
        {
            return;
        }

        var rises = new List<double>(rising);
        Count(subject.Samples.PowerKilowatts, rises);
        var whole = rises.Sum();
        rises.Sort();
        if (whole > TypicalSteps * rises[rises.Count / 2])
        {
            foreach (var slot in subject.Present())
            {
                subject.Exclude(slot, QualityFlags.RegisterAsPower);
            }
        }
    }

    /// <summary>Values given, falls and rises between them; the rises themselves go into the list.</summary>
    private static (int Values, int Falls, int Rising) Count(double[] powers, List<double>? rises)
    {
        var (values, falls, rising, before) = (0, 0, 0, double.NaN);
        foreach (var value in powers)
        {
            if (double.IsNaN(value))
            {
                continue;
            }

            values++;
            falls += value < before ? 1 : 0;
            if (value > before)
            {
                rising++;
                rises?.Add(value - before);
            }

            before = value;
        }

        return (values, falls, rising);
    }
}
