// SPDX-License-Identifier: Apache-2.0
using Detector.Cases;
using Detector.Cases.Outbox;
using Detector.Metering;
using Detector.Pipeline;
using Detector.Timeline;

namespace Detector.Web.Views;

/// <summary>Sites as pages and calls show them: the register, the verdicts and the cases put together.</summary>
/// <remarks>
/// The list is gathered once a second at most, however many pages are open, and is the same object until something changed:
/// a page that sorts and filters it need not do so again.
/// </remarks>
internal sealed class SiteDirectory(RegistryHolder registry, CaseDesk desk, EventFeed feed, ITimeline timeline, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan ListKept = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MetersKept = TimeSpan.FromSeconds(10); // only meters nobody registered are found this way

    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly SiteIndex _index = new(desk, feed);
    private SiteRegistry? _registry;
    private (IReadOnlyList<SiteSummary> Sites, DateTimeOffset At)? _list;
    private (IReadOnlyList<MeterId> Meters, DateTimeOffset At)? _meters;

    /// <summary>Every site that is registered, was judged or has readings; what needs attention first.</summary>
    public async Task<IReadOnlyList<SiteSummary>> ListAsync(CancellationToken cancel)
    {
        await _gate.WaitAsync(cancel);
        try
        {
            var now = clock.GetUtcNow();
            if (_list is { } kept && now - kept.At < ListKept && now >= kept.At)
            {
                return kept.Sites;
            }

            var sites = await GatherAsync(now, cancel);
            _list = (sites, now);
            return sites;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>One site with its history; null where nothing is known of it.</summary>
    public async Task<SiteDetail?> GetAsync(string site, CancellationToken cancel)
    {
        var history = await desk.HistoryAsync(site, cancel);
        var summary = (await ListAsync(cancel)).FirstOrDefault(s => string.Equals(s.Site, site, StringComparison.Ordinal));
        if (summary is null)
        {
            return null;
        }

        var known = registry.Current;
        return new SiteDetail
        {
            Summary = summary,
            Registry = known.RowsOf(site).ToArray() is { Length: > 0 } rows ? rows : [.. summary.Meters.Select(m => known.Of(MeterId.Of(m)))],
            Evidence = [.. history.GroupBy(v => v.Finding.Meter).Select(g => g.MaxBy(v => v.Finding.Window.To)!.Finding) // what came late is of an older window
                .OrderByDescending(f => f.Verdict).ThenByDescending(f => f.Probability ?? 0).ThenBy(f => f.Meter.Value, StringComparer.Ordinal)],
            History = [.. history.Select(v => new VerdictEntry(
                v.Recorded, v.Finding.Meter, v.Finding.Verdict, v.Previous, v.Finding.Probability, v.Finding.Window, v.Finding.Coverage, v.Finding.Model))],
        };
    }

    /// <summary>How many of the present cases must be expected to be false; a site counts by its most suspicious meter.</summary>
    public async Task<FalseDiscovery> FalseDiscoveryAsync(CancellationToken cancel) => FalseDiscovery.Of(await FindingsAsync(cancel));

    /// <summary>Each judged site's present finding, that of its most suspicious meter, without its reasons.</summary>
    public async Task<IReadOnlyList<Finding>> FindingsAsync(CancellationToken cancel)
    {
        await ListAsync(cancel);
        await _gate.WaitAsync(cancel);
        try
        {
            return [.. _index.Verdicts.Values.Select(v => v.Finding)];
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>The zone in which a site's times are shown.</summary>
    public TimeZoneInfo ZoneOf(string site) => SiteZone.Of(registry.Current.MetersOf(site).FirstOrDefault()?.TimeZone);

    /// <summary>A site's name for people.</summary>
    public string NameOf(string site) => registry.Current.MetersOf(site).FirstOrDefault()?.Name ?? site;

    /// <inheritdoc />
    public void Dispose() => _gate.Dispose();

    private async Task<IReadOnlyList<SiteSummary>> GatherAsync(DateTimeOffset now, CancellationToken cancel)
    {
        var known = registry.Current;
        var metersBefore = _meters?.Meters;
        var meters = await MetersAsync(now, cancel);
        var changed = await _index.CatchUpAsync(cancel);
        if (!changed && _list is { } kept && ReferenceEquals(known, _registry) && ReferenceEquals(meters, metersBefore))
        {
            return kept.Sites;
        }

        _registry = known;
        var unregistered = meters.Where(m => !known.TryGet(m, out _)).Select(m => m.Value);
        var ids = known.Meters.Select(m => m.Site).Union(_index.Verdicts.Keys, StringComparer.Ordinal).Union(unregistered, StringComparer.Ordinal);
        return [.. ids.Select(id => Summarise(id, [.. known.MetersOf(id)], _index.Verdicts.GetValueOrDefault(id), _index.Cases.GetValueOrDefault(id)))
            .OrderBy(Attention.Rank)
            .ThenByDescending(s => s.Probability ?? 0)
            .ThenBy(s => s.Site, StringComparer.Ordinal)];
    }

    private static SiteSummary Summarise(string site, IReadOnlyList<MeterRegistration> rows, SiteVerdict? verdict, string? openCase)
    {
        var finding = verdict?.Finding;
        var first = rows.Count > 0 ? rows[0] : null;
        return new SiteSummary
        {
            Site = site,
            Name = first?.Name ?? site,
            Registered = first is not null,
            DeclaredUse = first?.DeclaredUse ?? DeclaredUse.Unknown,
            ContractedKw = rows.Any(r => r.ContractedKilowatts is not null) ? rows.Sum(r => r.ContractedKilowatts ?? 0) : null,
            Region = first?.Region,
            Feeder = first?.Feeder,
            Owner = first?.Owner,
            Timezone = first?.TimeZone ?? "Etc/UTC",
            Meters = rows.Count > 0 ? [.. rows.Select(r => r.Meter.Value).Order(StringComparer.Ordinal)] : [finding?.Meter.Value ?? site],
            Verdict = finding?.Verdict,
            Probability = finding?.Probability,
            PValue = finding?.PValue,
            Share = finding?.Share,
            Onset = finding?.Onset,
            Coverage = finding?.Coverage,
            Missing = finding?.Missing ?? [],
            Judged = verdict?.Recorded,
            Case = openCase,
            Model = finding?.Model,
        };
    }

    /// <summary>Meters with readings; while the store is away, the ones known before.</summary>
    private async Task<IReadOnlyList<MeterId>> MetersAsync(DateTimeOffset now, CancellationToken cancel)
    {
        if (_meters is { } kept && now - kept.At < MetersKept)
        {
            return kept.Meters;
        }

        try
        {
            var meters = await timeline.MetersAsync(cancel);
            var same = _meters is { } before && before.Meters.SequenceEqual(meters);
            _meters = (same ? _meters!.Value.Meters : meters, now);
        }
        catch (TimelineUnavailableException)
        {
            _meters = (_meters?.Meters ?? [], now);
        }

        return _meters.Value.Meters;
    }
}
