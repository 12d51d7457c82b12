// SPDX-License-Identifier: Apache-2.0
using Detector.Analysis.Corpora;
using Detector.Analysis.Injection;
using Detector.Metering;
using Detector.Simulation;

namespace Detector.Analysis.Changes;

/// <summary>Honest load that begins inside a window of another: a tenant moves in, or the meter is moved to other load.</summary>
/// <remarks>
/// Recordings hold few large honest additions, so trees would take the lack of them for a law. The load added is another recording of the same source,
/// with its days, weeks and seasons, which is what tells it from machines; it is written as the host's meter writes.
/// </remarks>
/// <param name="Donor">The load that begins.</param>
/// <param name="Share">It over the total from its onset to the window's end, 0 to 1.</param>
/// <param name="AgeHours">Hours from the onset to the window's end.</param>
/// <param name="IsMoved">Whether it takes the host's place, as where a meter is moved, at the level that both would have.</param>
internal sealed record HonestAddition(LoadWindow Donor, double Share, int AgeHours, bool IsMoved)
{
    private const double MovedShare = 0.25;

    /// <summary>One drawn from windows of other sites of the host's source; null where there are none.</summary>
    public static HonestAddition? Draw(ChangeHost host, IReadOnlyList<ChangeHost> others, double share, int ageHours, Prng chance)
    {
        const int Tries = 20;
        for (var i = 0; i < Tries; i++)
        {
            var other = chance.Pick(others).Window;
            if (other.Origin.Site != host.Window.Origin.Site && other.Origin.Source == host.Window.Origin.Source)
            {
                return new HonestAddition(other, share, ageHours, chance.Chance(MovedShare));
            }
        }

        return null;
    }

    /// <summary>The host from a slot to its window's end, with the other load from the onset on; what either lacks is missing.</summary>
    /// <param name="host">The host.</param>
    /// <param name="from">First slot that is given; at or before the onset.</param>
    public LoadSeries Into(ChangeHost host, int from)
    {
        var series = host.Series(from, host.End);
        var onset = series.Count - AgeHours;
        var donor = Donor.Series.PowerKilowatts.AsSpan(Donor.Series.Count - AgeHours); // both windows end with a Sunday
        var values = series.PowerKilowatts.ToArray();
        var honest = LoadValues.Mean(values.AsSpan(onset));
        var goal = IsMoved ? honest / (1 - Share) : Share / (1 - Share) * honest;
        var scale = goal / LoadValues.Mean(donor);
        for (var i = 0; i < AgeHours; i++)
        {
            values[onset + i] = host.Window.Origin.Rounding.Write((IsMoved ? 0 : (double)values[onset + i]) + (donor[i] * scale));
        }

        return Injector.WithValues(series, values);
    }
}
