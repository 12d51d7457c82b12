// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;
using Detector.Cases;
using Detector.Cases.Outbox;

namespace Detector.Web.Views;

/// <summary>Each site's verdict and open case, kept in memory and brought up to date from the events since.</summary>
/// <remarks>Reading a hundred thousand findings takes seconds; reading those that changed takes none. Not safe for use from two threads at once.</remarks>
internal sealed class SiteIndex(CaseDesk desk, EventFeed feed)
{
    private const int MostTouched = 2000; // beyond it one read of everything is quicker than one a site

    private Dictionary<string, SiteVerdict> _verdicts = new(StringComparer.Ordinal);
    private Dictionary<string, string> _cases = new(StringComparer.Ordinal);

    /// <summary>Sites that have or had a case merged into a case, by that case: what happens to it may concern them too.</summary>
    private Dictionary<string, HashSet<string>> _led = new(StringComparer.Ordinal);
    private long? _seen;

    /// <summary>The latest verdict of each judged site, without its reasons.</summary>
    public IReadOnlyDictionary<string, SiteVerdict> Verdicts => _verdicts;

    /// <summary>The open case of each site that has one.</summary>
    public IReadOnlyDictionary<string, string> Cases => _cases;

    /// <summary>Catches up with the store; whether anything changed.</summary>
    public async Task<bool> CatchUpAsync(CancellationToken cancel)
    {
        if (_seen is not { } seen)
        {
            // The head first: what happens while everything is read is read again, never missed.
            var head = await feed.HeadAsync(cancel);
            await ReadAllAsync(cancel);
            _seen = head;
            return true;
        }

        var touched = new HashSet<string>(StringComparer.Ordinal);
        var last = seen;
        await foreach (var happened in desk.EventsAsync(seen, cancel))
        {
            touched.Add(happened.Site());
            touched.UnionWith(_led.GetValueOrDefault(happened.Subject) ?? []);
            last = happened.Sequence;
            if (touched.Count > MostTouched)
            {
                _seen = null;
                return await CatchUpAsync(cancel);
            }
        }

        foreach (var site in touched)
        {
            await ReadOneAsync(site, cancel);
        }

        _seen = last;
        return touched.Count > 0;
    }

    private async Task ReadOneAsync(string site, CancellationToken cancel)
    {
        if (await desk.VerdictsAsync(new VerdictFilter { Site = site, Limit = 1 }, cancel) is [var verdict])
        {
            _verdicts[site] = Slim(verdict);
        }
        else
        {
            _verdicts.Remove(site); // its meters are elsewhere now
        }

        foreach (var merged in await desk.ListAsync(new CaseFilter { States = [CaseState.Merged], Site = site }, cancel))
        {
            Follow(site, merged.MergedInto!);
        }

        if (await desk.OpenCaseOfAsync(site, cancel) is { } open)
        {
            _cases[site] = open;
        }
        else
        {
            _cases.Remove(site);
        }
    }

    private async Task ReadAllAsync(CancellationToken cancel)
    {
        var verdicts = new Dictionary<string, SiteVerdict>(StringComparer.Ordinal);
        string? after = null;
        for (IReadOnlyList<SiteVerdict>? page = null; page is null or { Count: VerdictFilter.MostRows };)
        {
            page = await desk.VerdictsAsync(new VerdictFilter { After = after, Limit = VerdictFilter.MostRows }, cancel);
            foreach (var verdict in page)
            {
                verdicts[verdict.Site] = Slim(verdict);
                after = verdict.Site;
            }
        }

        var standing = await desk.StandingAsync(cancel);
        (_verdicts, _cases, _led) = (verdicts, standing.BySite, new Dictionary<string, HashSet<string>>(StringComparer.Ordinal));
        foreach (var (site, leading) in standing.Merged)
        {
            Follow(site, leading);
        }
    }

    private void Follow(string site, string leading) =>
        (CollectionsMarshal.GetValueRefOrAddDefault(_led, leading, out _) ??= new HashSet<string>(StringComparer.Ordinal)).Add(site);

    /// <summary>Lists show no reasons; without them a hundred thousand findings fit in some tens of megabytes.</summary>
    private static SiteVerdict Slim(SiteVerdict verdict) => verdict with { Finding = verdict.Finding with { Reasons = [], Quality = [] } };
}
