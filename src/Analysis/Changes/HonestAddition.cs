// SPDX-License-Identifier: Apache-2.0
using Detector.Analysis.Corpora;
using Detector.Analysis.Injection;
using Detector.Metering;
using Detector.Simulation;

namespace Detector.Analysis.Changes;

/// <summary>Honest load that begins inside a window of another: a tenant moves in, a hall of servers is connected, or the meter is moved to other load.</summary>
/// <remarks>
/// Recordings hold few large honest additions, so trees would take the lack of them for a law. The load added is another recording of the same source,
/// with its days, weeks and seasons, or a simulated one of a class of which buildings seldom are: halls, clusters, telecom sites, processes
/// (docs/decisions/0032). Either is written as the host's meter writes.
/// </remarks>
/// <param name="Kind">Class of a simulated load; null for a recorded one.</param>
/// <param name="Load">The load that begins, hour by hour from the onset to the window's end, at any level; <see cref="float.NaN"/> where it is not known.</param>
/// <param name="Share">It over the total from then on, 0 to 1.</param>
/// <param name="IsMoved">Whether it takes the host's place, as where a meter is moved, at the level that both would have.</param>
internal sealed record HonestAddition(string? Kind, ReadOnlyMemory<float> Load, double Share, bool IsMoved)
{
    private const double MovedShare = 0.25;

    /// <summary>Hours from the onset to the window's end.</summary>
    public int AgeHours => Load.Length;

    /// <summary>One drawn from windows of other sites of the host's source; null where there are none.</summary>
    public static HonestAddition? Recorded(ChangeHost host, IReadOnlyList<ChangeHost> others, double share, int ageHours, Prng chance)
    {
        const int Tries = 20;
        for (var i = 0; i < Tries; i++)
        {
            var other = chance.Pick(others).Window;
            if (other.Origin.Site != host.Window.Origin.Site && other.Origin.Source == host.Window.Origin.Source)
            {
                // both windows end with a Sunday
                return new HonestAddition(null, other.Series.PowerKilowatts.AsMemory(other.Series.Count - ageHours), share, chance.Chance(MovedShare));
            }
        }

        return null;
    }

    /// <summary>One drawn from the simulation, of any class of load, on the host's clock.</summary>
    public static HonestAddition Simulated(ChangeHost host, double share, int ageHours, Prng chance)
    {
        var kind = chance.Pick(SimulatedHonest.Classes);
        var origin = host.Window.Origin;
        var onset = origin.Load.TimeOf(host.End - ageHours);
        var level = Math.Max(1, host.AddedKilowatts(share, ageHours));
        var plan = new HonestPlan(kind, level, SiteRegion.Draw(origin.Registration.TimeZone, onset, chance));
        return new HonestAddition(kind, HonestLoad.Generate(plan, onset, origin.Load.Cadence, ageHours, unchecked((long)chance.Bits())), share, IsMoved: false);
    }

    /// <summary>Mean kW that is added beside the host.</summary>
    public double Kilowatts(ChangeHost host) => host.AddedKilowatts(Share, AgeHours);

    /// <summary>The host from a slot to its window's end, with the other load from the onset on; what either lacks is missing.</summary>
    /// <param name="host">The host.</param>
    /// <param name="from">First slot that is given; at or before the onset.</param>
    public LoadSeries Into(ChangeHost host, int from)
    {
        var series = host.Series(from, host.End);
        var onset = series.Count - AgeHours;
        var added = Load.Span;
        var values = series.PowerKilowatts.ToArray();
        var goal = IsMoved ? host.MeanKilowatts(AgeHours) / (1 - Share) : Kilowatts(host);
        var scale = goal / LoadValues.Mean(added);
        for (var i = 0; i < added.Length; i++)
        {
            values[onset + i] = host.Window.Origin.Rounding.Write((IsMoved ? 0 : (double)values[onset + i]) + (added[i] * scale));
        }

        return Injector.WithValues(series, values);
    }
}
