// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;
using Detector.Recordings;
using Detector.Simulation;

namespace Detector.Host.Demo;

/// <summary>One site of the demo: its row in the register, its readings, and what it really is.</summary>
/// <param name="Registration">Its row.</param>
/// <param name="Readings">Its readings in the order they are sent.</param>
/// <param name="Mines">Whether it mines; null where nobody knows.</param>
/// <param name="MiningShare">Share of its load that is mining.</param>
/// <param name="Truth">What it really is, in words.</param>
internal sealed record DemoSite(MeterRegistration Registration, IReadOnlyList<Reading> Readings, bool? Mines, double MiningShare, string Truth);

/// <summary>The fleet of the demo: simulated sites, and recorded ones where recordings are at hand.</summary>
internal static class DemoFleet
{
    /// <summary>Days of history before the demo goes live.</summary>
    public const int HistoryDays = 91;

    /// <summary>Days that are sent live, up to now.</summary>
    public const int LiveDays = 7;

    /// <summary>Simulated sites, moved by whole weeks to end at most a week before a moment: the same fleet on every day of the year.</summary>
    public static IEnumerable<DemoSite> Simulated(int sites, long seed, DateTimeOffset end)
    {
        var options = Options(sites, seed);
        var shift = Shift(options, end);
        return Fleet.Generate(options).Select(s => new DemoSite(
            s.Registration with { Commissioned = s.Registration.Commissioned + shift },
            [.. s.Readings.Select(r => r with { Time = r.Time + shift })],
            s.Truth.Mines,
            s.Truth.MiningShare,
            Describe(s.Truth)));
    }

    /// <summary>The weather of the simulated sites, moved as they are.</summary>
    public static IEnumerable<OutdoorTemperature> Temperatures(long seed, DateTimeOffset end)
    {
        var options = Options(sites: 1, seed);
        var shift = Shift(options, end);
        return Fleet.Temperatures(options).Select(t => t with { Time = t.Time + shift });
    }

    /// <summary>When the demo goes live: the history before this moment is loaded first.</summary>
    public static DateTimeOffset LiveFrom(DateTimeOffset end)
    {
        var options = new FleetOptions();
        return options.Start.AddDays(HistoryDays) + WholeWeeks(end - options.Start.AddDays(HistoryDays + LiveDays));
    }

    /// <summary>Real recordings, moved by whole weeks so that they end within the demo's time; at most <paramref name="most"/>.</summary>
    public static IEnumerable<DemoSite> Recorded(string folder, int most, DateTimeOffset end)
    {
        var history = TimeSpan.FromDays(HistoryDays + LiveDays);
        foreach (var recording in ReadingsSource.Open(folder).Recordings().Take(most))
        {
            var readings = recording.Readings().OrderBy(r => r.Time).ToList();
            var shift = WholeWeeks(end - readings[^1].Time);
            var moved = readings
                .Where(r => r.Time > readings[^1].Time - history)
                .Select(r => r with { Time = r.Time + shift })
                .ToList();
            var registration = MeterRegistration.Unregistered(recording.Meter) with { Name = $"recording {recording.Meter.Value}", Region = "recordings" };
            yield return new DemoSite(registration, moved, Mines: null, MiningShare: 0, "recorded");
        }
    }

    private static FleetOptions Options(int sites, long seed) => new() { Sites = sites, Days = HistoryDays + LiveDays, Seed = seed };

    private static TimeSpan Shift(FleetOptions options, DateTimeOffset end) => WholeWeeks(end - options.Start.AddDays(options.Days));

    private static TimeSpan WholeWeeks(TimeSpan span) => TimeSpan.FromDays(7 * Math.Floor(span.TotalDays / 7));

    private static string Describe(SiteTruth truth)
    {
        var load = truth.Mines ? $"{truth.MiningStyle} mining, {truth.MiningShare:P0} of the load" : truth.LoadClass;
        return truth.MeterFault is null ? load : $"{load}, meter: {truth.MeterFault}";
    }
}
