// SPDX-License-Identifier: Apache-2.0
using System.Text.Json;
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

    /// <summary>Sites whose newest merged case is merged into a case, by that case: what happens to it concerns them too.</summary>
    private Dictionary<string, string> _leading = new(StringComparer.Ordinal);
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
            touched.Add(SiteOf(happened));
            touched.UnionWith(_leading.Where(l => l.Value == happened.Subject).Select(l => l.Key));
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

    private static string SiteOf(OutboxEvent happened)
    {
        if (happened.Type == EventTypes.SiteVerdict)
        {
            return happened.Subject;
        }

        using var data = JsonDocument.Parse(happened.DataJson);
        return data.RootElement.GetProperty("site").GetString()!;
    }

    private async Task ReadOneAsync(string site, CancellationToken cancel)
    {
        foreach (var verdict in await desk.VerdictsAsync(new VerdictFilter { Site = site, Limit = 1 }, cancel))
        {
            _verdicts[site] = Slim(verdict);
        }

        Keep(_leading, site, (await desk.ListAsync(new CaseFilter { States = [CaseState.Merged], Site = site, Limit = 1 }, cancel)).FirstOrDefault()?.MergedInto);
        Keep(_cases, site, await desk.OpenCaseOfAsync(site, cancel));
    }

    private async Task ReadAllAsync(CancellationToken cancel)
    {
        var (verdicts, cases) = (new Dictionary<string, SiteVerdict>(StringComparer.Ordinal), new Dictionary<string, string>(StringComparer.Ordinal));
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

        string? last = null;
        var merged = new Dictionary<string, string>(StringComparer.Ordinal);
        for (IReadOnlyList<CaseSummary>? page = null; page is null or { Count: CaseFilter.MostRows };)
        {
            page = await desk.ListAsync(new CaseFilter { States = OpenOrMerged, After = last, Limit = CaseFilter.MostRows }, cancel);
            foreach (var found in page)
            {
                last = found.Id;
                if (found.MergedInto is { } leading)
                {
                    merged.TryAdd(found.Site, leading); // newest first
                }
                else
                {
                    cases[found.Site] = found.Id;
                }
            }
        }

        var open = cases.Values.ToHashSet(StringComparer.Ordinal);
        foreach (var (site, leading) in merged.Where(m => open.Contains(m.Value)))
        {
            cases.TryAdd(site, leading);
        }

        (_verdicts, _cases, _leading) = (verdicts, cases, merged);
    }

    private static CaseState[] OpenOrMerged { get; } = [.. CaseStateNames.All.Where(s => s.IsOpen() || s == CaseState.Merged)];

    private static void Keep(Dictionary<string, string> map, string site, string? value)
    {
        if (value is null)
        {
            map.Remove(site);
        }
        else
        {
            map[site] = value;
        }
    }

    /// <summary>Lists show no reasons; without them a hundred thousand findings fit in some tens of megabytes.</summary>
    private static SiteVerdict Slim(SiteVerdict verdict) => verdict with { Finding = verdict.Finding with { Reasons = [], Quality = [] } };
}
