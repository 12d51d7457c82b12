// SPDX-License-Identifier: Apache-2.0
using Detector.Cases;
using Detector.Cases.Outbox;

namespace Detector.Web.Views;

/// <summary>Every open case in the order in which it wants a person, kept in memory and brought up to date from the events since.</summary>
/// <remarks>
/// It is brought up to date once a second at most, however many pages are open, and the list is the same object until something changed. Of the
/// reasons it keeps the one that lists show, so that a hundred thousand cases fit in some tens of megabytes. Safe for concurrent use.
/// </remarks>
internal sealed class CaseRoll(CaseDesk desk, EventFeed feed, TimeProvider clock) : IDisposable
{
    private const int MostTouched = 500; // beyond it one read of everything is quicker than one a site
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(1);
    private static readonly CaseState[] Open = [.. CaseStateNames.All.Where(s => s.IsOpen())];

    private readonly SemaphoreSlim _gate = new(1, 1);
    private Dictionary<string, IReadOnlyList<CaseSummary>> _bySite = new(StringComparer.Ordinal);
    private IReadOnlyList<CaseSummary> _ordered = [];
    private DateTimeOffset _looked = DateTimeOffset.MinValue;
    private long? _seen;
    private volatile bool _again;

    /// <summary>The open cases, what wants a person most first.</summary>
    public async Task<IReadOnlyList<CaseSummary>> OpenAsync(CancellationToken cancel)
    {
        await _gate.WaitAsync(cancel);
        try
        {
            var now = clock.GetUtcNow();
            if (_again || now - _looked >= Kept || now < _looked)
            {
                _again = false; // before the look: whoever asks meanwhile is seen at the next
                if (await CatchUpAsync(cancel))
                {
                    _ordered = CaseInbox.Order(_bySite.Values.SelectMany(c => c));
                }

                _looked = now;
            }

            return _ordered;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Forgets when it looked last, so that whoever changed a case sees it changed.</summary>
    public void LookAgain() => _again = true;

    /// <inheritdoc />
    public void Dispose() => _gate.Dispose();

    private async Task<bool> CatchUpAsync(CancellationToken cancel)
    {
        if (_seen is not { } seen)
        {
            return await ReadAllAsync(cancel);
        }

        var touched = new HashSet<string>(StringComparer.Ordinal);
        var last = seen;
        await foreach (var happened in desk.EventsAsync(seen, cancel))
        {
            last = happened.Sequence;
            if (happened.Type == EventTypes.SiteVerdict)
            {
                continue; // evidence that joins a case is an event of the case
            }

            touched.Add(happened.Site());
            if (touched.Count > MostTouched)
            {
                return await ReadAllAsync(cancel);
            }
        }

        foreach (var site in touched)
        {
            var cases = await desk.ListAsync(new CaseFilter { States = Open, Site = site, Limit = CaseFilter.MostRows }, cancel);
            if (cases.Count == 0)
            {
                _bySite.Remove(site);
            }
            else
            {
                _bySite[site] = [.. cases.Select(Slim)];
            }
        }

        _seen = last;
        return touched.Count > 0;
    }

    /// <summary>The head of the events first: what happens while everything is read is read again, never missed.</summary>
    private async Task<bool> ReadAllAsync(CancellationToken cancel)
    {
        var head = await feed.HeadAsync(cancel);
        var all = await desk.EachAsync(new CaseFilter { States = Open }, cancel).Select(Slim).ToListAsync(cancel);

        _bySite = all.GroupBy(c => c.Site, StringComparer.Ordinal).ToDictionary(g => g.Key, g => (IReadOnlyList<CaseSummary>)[.. g], StringComparer.Ordinal);
        _seen = head;
        return true;
    }

    private static CaseSummary Slim(CaseSummary found) => found with { Reasons = [.. found.Reasons.Where(r => r.ForMining).Take(1)] };
}
