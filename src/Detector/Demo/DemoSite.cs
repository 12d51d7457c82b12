// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;
using Detector.Recordings;
using Detector.Simulation;

namespace Detector.Host.Demo;

/// <summary>One site of the demo: its row in the register, its readings, and what it really is.</summary>
/// <param name="Registration">Its row.</param>
/// <param name="Readings">Its readings in the order they are sent.</param>
/// <param name="Mines">Whether it mines; null where nobody knows.</param>
/// <param name="Truth">What it really is, in words.</param>
internal sealed record DemoSite(MeterRegistration Registration, IReadOnlyList<Reading> Readings, bool? Mines, string Truth);

/// <summary>The fleet of the demo: simulated sites, and recorded ones where recordings are at hand.</summary>
internal static class DemoFleet
{
    /// <summary>Days of history before the demo goes live.</summary>
    public const int HistoryDays = 91;

    /// <summary>Days that are sent live, up to now.</summary>
    public const int LiveDays = 7;

    public static IEnumerable<DemoSite> Simulated(int sites, long seed, DateTimeOffset end)
    {
        var options = new FleetOptions { Sites = sites, Days = HistoryDays + LiveDays, Seed = seed, Start = end.AddDays(-HistoryDays - LiveDays) };
        return Fleet.Generate(options).Select(s => new DemoSite(s.Registration, s.Readings, s.Truth.Mines, Describe(s.Truth)));
    }

    /// <summary>Real recordings, moved by whole weeks so that they end within the demo's time; at most <paramref name="most"/>.</summary>
    public static IEnumerable<DemoSite> Recorded(string folder, int most, DateTimeOffset end)
    {
        var history = TimeSpan.FromDays(HistoryDays + LiveDays);
        foreach (var recording in ReadingsSource.Open(folder).Recordings().Take(most))
        {
            var readings = recording.Readings().OrderBy(r => r.Time).ToList();
            var weeks = Math.Floor((end - readings[^1].Time).TotalDays / 7);
            var moved = readings
                .Where(r => r.Time > readings[^1].Time - history)
                .Select(r => r with { Time = r.Time.AddDays(7 * weeks) })
                .ToList();
            var registration = MeterRegistration.Unregistered(recording.Meter) with { Name = $"recording {recording.Meter.Value}", Region = "recordings" };
            yield return new DemoSite(registration, moved, Mines: null, "recorded");
        }
    }

    private static string Describe(SiteTruth truth)
    {
        var load = truth.Mines ? $"{truth.MiningStyle} mining, {truth.MiningShare:P0} of the load" : truth.LoadClass;
        return truth.MeterFault is null ? load : $"{load}, meter: {truth.MeterFault}";
    }
}
