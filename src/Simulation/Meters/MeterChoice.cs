// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Simulation;

/// <summary>Which meter a site has and what it sends.</summary>
internal static class MeterChoice
{
    private static readonly MeterRounding[] Kinds =
    [
        new(0.1, 0), new(0.1, 4), new(0.01, 4), new(0.01, 5), new(0.001, 5), new(0.01, 0), new(0.4, 0), new(0, 4), new(0, 5),
    ];

    /// <summary>A rounding fit for the site: its steps are at most two thousandths of the contracted capacity's half.</summary>
    public static MeterRounding RoundingFor(double contractedKilowatts, Prng chance)
    {
        var fit = Kinds.Where(k => k.StepKilowatts <= 0.001 * contractedKilowatts).ToArray();
        return chance.Pick(fit);
    }

    /// <summary>The readings of a load through this meter.</summary>
    public static ReadingList Readings(LoadSeries load, MeterRounding rounding, string? fault, Prng chance)
    {
        var sent = new SentReading[load.Count];
        var start = load.Start.UtcTicks;
        for (var i = 0; i < sent.Length; i++)
        {
            sent[i] = new SentReading(start + (load.Cadence.Ticks * i), rounding.Round(load.PowerKilowatts[i]));
        }

        return new ReadingList(load.Meter, load.Cadence, fault is null ? sent : MeterFaults.Of(fault).Send(sent, load.Cadence, chance));
    }
}
