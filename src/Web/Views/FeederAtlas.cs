// SPDX-License-Identifier: Apache-2.0
using Detector.Access;
using Detector.Cases;
using Detector.Metering;
using Detector.Pipeline;
using Detector.Timeline;

namespace Detector.Web.Views;

/// <summary>Gathers the map of a feeder or a region. Loads are the means of the last day that has readings, read together and kept a minute.</summary>
internal sealed class FeederAtlas(RegistryHolder registry, SiteDirectory sites, CaseDesk desk, ITimeline timeline, TimeProvider clock)
{
    private const int MostHeads = 32; // whose findings are read for one map
    private const int Probed = 8; // meters asked for where their readings end
    private const int MostKept = 64;
    private static readonly TimeSpan LoadsKept = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Loads> _loads = new(StringComparer.Ordinal);

    /// <summary>The map of a feeder; null where no meter is on it, or none that the person sees.</summary>
    /// <param name="name">The feeder.</param>
    /// <param name="scope">To what the person is limited; what is outside is not on the map. Null for everything.</param>
    /// <param name="cancel">Gives up.</param>
    internal Task<FeederMap?> OfFeederAsync(string name, AccessScope? scope, CancellationToken cancel) => GetAsync("f " + name, row => row.Feeder == name, scope, cancel);

    /// <summary>The map of a region; null where no meter is in it, or none that the person sees.</summary>
    /// <param name="name">The region.</param>
    /// <param name="scope">To what the person is limited; what is outside is not on the map. Null for everything.</param>
    /// <param name="cancel">Gives up.</param>
    internal Task<FeederMap?> OfRegionAsync(string name, AccessScope? scope, CancellationToken cancel) => GetAsync("r " + name, row => row.Region == name, scope, cancel);

    // The key names the choice, for what is kept of it.
    private async Task<FeederMap?> GetAsync(string key, Func<MeterRegistration, bool> takes, AccessScope? scope, CancellationToken cancel)
    {
        var known = registry.Current;
        bool Sees(MeterRegistration row) => scope?.Covers(row.Region, row.Feeder) != false;
        MeterRegistration[] rows = [.. known.Meters.Where(row => takes(row) && Sees(row))];
        if (rows.Length == 0)
        {
            return null;
        }

        // A head may stand at the substation, outside of what was asked for.
        rows = [.. rows, .. rows.Select(r => r.ParentMeter).OfType<MeterId>().Distinct().Except(rows.Select(r => r.Meter)).Where(m => known.TryGet(m, out _)).Select(known.Of).Where(Sees)];
        var heads = FeederMap.HeadsOf(rows);
        var loads = await LoadsAsync(scope is null ? key : $"{key} {string.Join('\n', scope.Regions)} {string.Join('\n', scope.Feeders)}", known, [.. rows.OrderByDescending(r => heads.Contains(r.Meter)).ThenByDescending(r => r.ContractedKilowatts ?? 0).Take(FeederMap.MostRead).Select(r => r.Meter)], cancel);
        var wanted = rows.Select(r => r.Site).ToHashSet(StringComparer.Ordinal);
        var verdicts = (await sites.ListAsync(cancel)).Where(s => wanted.Contains(s.Site)).ToDictionary(s => s.Site, StringComparer.Ordinal);
        var findings = new Dictionary<MeterId, Finding>();
        foreach (var site in rows.Where(r => heads.Contains(r.Meter)).OrderByDescending(r => loads.Means.GetValueOrDefault(r.Meter)).Select(r => r.Site).Distinct(StringComparer.Ordinal).Take(MostHeads))
        {
            foreach (var latest in (await desk.HistoryAsync(site, cancel)).GroupBy(v => v.Finding.Meter))
            {
                findings[latest.Key] = latest.MaxBy(v => v.Finding.Window.To)!.Finding; // not what came late of an older window
            }
        }

        return FeederMap.Of(rows, loads.Means, verdicts, findings, loads.Window);
    }

    private async Task<Loads> LoadsAsync(string key, SiteRegistry known, IReadOnlyList<MeterId> meters, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        lock (_gate)
        {
            if (_loads.TryGetValue(key, out var kept) && ReferenceEquals(kept.Of, known) && now - kept.At < LoadsKept)
            {
                return kept;
            }
        }

        var read = await ReadAsync(known, meters, now, cancel);
        lock (_gate)
        {
            if (_loads.Count >= MostKept)
            {
                _loads.Clear();
            }

            _loads[key] = read;
        }

        return read;
    }

    private async Task<Loads> ReadAsync(SiteRegistry known, IReadOnlyList<MeterId> meters, DateTimeOffset now, CancellationToken cancel)
    {
        DateTimeOffset? end = null;
        foreach (var meter in meters.Take(Probed))
        {
            end = await timeline.ExtentAsync(meter, cancel) is { } extent && (end is null || extent.To > end) ? extent.To : end;
        }

        var means = new Dictionary<MeterId, double>();
        if (end is not { } last)
        {
            return new Loads(known, now, null, means);
        }

        last = last.AddTicks(TimeSpan.TicksPerMicrosecond); // the last reading counts, too
        var window = new TimeRange(last - Day, last);
        await foreach (var readings in timeline.ReadManyAsync(meters, window, cancel))
        {
            if (MeanOf(readings) is { } mean)
            {
                means[readings.Meter] = mean;
            }
        }

        return new Loads(known, now, window, means);
    }

    /// <summary>Mean of what is the load, in kW; of a register alone, what it grew by over its time. Null where neither says anything.</summary>
    private static double? MeanOf(ReadingColumns readings)
    {
        var (sum, count) = (0.0, 0);
        for (var i = 0; i < readings.Count; i++)
        {
            if (readings.IsLoad(i))
            {
                (sum, count) = (sum + readings.PowerKilowatts[i], count + 1);
            }
        }

        if (count > 0 || readings.RegisterKilowattHours.Length < 2)
        {
            return count > 0 ? sum / count : null;
        }

        var hours = (readings.UnixMicroseconds[^1] - readings.UnixMicroseconds[0]) / 3.6e9;
        var grown = readings.RegisterKilowattHours[^1] - readings.RegisterKilowattHours[0];
        return hours > 0 && grown >= 0 ? grown / hours : null;
    }

    private sealed record Loads(SiteRegistry Of, DateTimeOffset At, TimeRange? Window, IReadOnlyDictionary<MeterId, double> Means);
}
