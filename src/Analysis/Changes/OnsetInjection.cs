// SPDX-License-Identifier: Apache-2.0
using Detector.Analysis.Corpora;
using Detector.Analysis.Injection;
using Detector.Metering;
using Detector.Simulation;

namespace Detector.Analysis.Changes;

/// <summary>Mining that begins inside a window of an honest load, at once or over days, written as the load's meter writes.</summary>
/// <param name="Style">A style of the simulation, <see cref="Phased"/> or <see cref="Outages"/>.</param>
/// <param name="Share">Mining over the total from the onset to the window's end, 0 to 1.</param>
/// <param name="AgeHours">Hours from the onset to the window's end.</param>
internal sealed record OnsetInjection(string Style, double Share, int AgeHours)
{
    /// <summary>Machines switched on in two to eight steps over one to seven days.</summary>
    public const string Phased = "phased";

    /// <summary>An outage every few days.</summary>
    public const string Outages = "outages";

    private const double PhasedShare = 0.2;
    private const double OutagesShare = 0.12;

    /// <summary>Every style.</summary>
    public static IReadOnlyList<string> Styles { get; } = [.. MiningLoads.Styles, Phased, Outages];

    /// <summary>One drawn as mixtures are, a fifth of them phased and an eighth with frequent outages.</summary>
    public static OnsetInjection Draw(double share, int ageHours, Prng chance)
    {
        var kind = chance.Unit();
        var style = kind < PhasedShare ? Phased : kind < PhasedShare + OutagesShare ? Outages : MiningLoads.DrawStyle(chance);
        return new OnsetInjection(style, share, ageHours);
    }

    /// <summary>The host from a slot to its window's end, with the mining in it; zero share leaves it as recorded.</summary>
    /// <param name="host">The host.</param>
    /// <param name="from">First slot that is given; at or before the onset.</param>
    /// <param name="mining">Loads of the run.</param>
    /// <param name="key">Names this load among all of the run.</param>
    public LoadSeries Into(ChangeHost host, int from, MiningLoads mining, string key)
    {
        var series = host.Series(from, host.End);
        var onset = series.Count - AgeHours;
        var after = series.Slice(new TimeRange(series.TimeOf(onset), series.Range.To));
        var honest = LoadValues.Mean(after.PowerKilowatts);
        var level = Math.Max(1, Share / (1 - Share) * honest);
        var physical = Style is Phased or Outages ? "steady" : Style;
        var load = mining.Draw(physical, level, after, host.Window.Origin.Registration.TimeZone, key + "/load");
        var chance = mining.Chance(key + "/onset");
        if (Style == Phased)
        {
            Phase(load, chance);
        }
        else if (Style == Outages)
        {
            Interrupt(load, chance);
        }

        var scale = Share / (1 - Share) * honest / LoadValues.Mean(load);
        var values = series.PowerKilowatts.ToArray();
        for (var i = 0; i < load.Length && Share > 0; i++)
        {
            values[onset + i] = host.Window.Origin.Rounding.Write(values[onset + i] + (load[i] * scale));
        }

        return Injector.WithValues(series, values);
    }

    private static void Phase(float[] load, Prng chance)
    {
        var steps = chance.Whole(2, 9);
        var hours = chance.Uniform(24, 168);
        for (var i = 0; i < load.Length && i < hours; i++)
        {
            load[i] *= (float)((Math.Floor(i / hours * (steps - 1)) + 1) / steps);
        }
    }

    private static void Interrupt(float[] load, Prng chance)
    {
        var apart = chance.Uniform(36, 120);
        for (var at = chance.Uniform(0, apart); at < load.Length; at += chance.Uniform(0.3, 1.7) * apart)
        {
            var end = Math.Min(load.Length, (int)(at + chance.LogUniform(1, 12)) + 1);
            for (var i = (int)at; i < end; i++)
            {
                load[i] *= 0.05f;
            }
        }
    }
}
