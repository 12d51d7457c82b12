// SPDX-License-Identifier: Apache-2.0
using Detector.Cases;
using Detector.Metering;
using Detector.Pipeline;

namespace Detector.Web.Views;

/// <summary>Gathers what the stored judgements say of alert budgets, for all open pages together.</summary>
/// <remarks>The present is in memory. The past of a site is read from its history of verdicts, for sites that have a case of the time looked back at or would be raised now: at most <see cref="MostSites"/>.</remarks>
internal sealed class BudgetDesk(SiteDirectory sites, CaseDesk desk, RegistryHolder registry, WebOptions options, TimeProvider clock) : IDisposable
{
    /// <summary>Most sites whose past is read, the most suspicious now and the newest cases.</summary>
    internal const int MostSites = 500;

    private const int MostLooks = 400; // half a year of days, of two meters
    private static readonly TimeSpan Back = TimeSpan.FromDays(7 * 2 * BudgetBook.Weeks); // twice what is shown: what was raised before opens no case again
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(2);

    private readonly SemaphoreSlim _gate = new(1, 1);
    private BudgetBook? _book;

    /// <summary>The book, at most two minutes old.</summary>
    public async Task<BudgetBook> BookAsync(CancellationToken cancel)
    {
        await _gate.WaitAsync(cancel);
        try
        {
            var now = clock.GetUtcNow();
            if (_book is null || now - _book.At >= Kept || now < _book.At)
            {
                _book = await GatherAsync(now, cancel);
            }

            return _book;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <inheritdoc />
    public void Dispose() => _gate.Dispose();

    private async Task<BudgetBook> GatherAsync(DateTimeOffset now, CancellationToken cancel)
    {
        var present = await sites.FindingsAsync(cancel);
        Finding[] raisable = [.. present.Where(BudgetBook.Passes).OrderBy(f => f.PValue).ThenBy(f => f.Site, StringComparer.Ordinal)];
        var wanted = raisable.Select(f => f.Site).Concat(await CasesSinceAsync(now - Back, cancel)).Distinct(StringComparer.Ordinal).ToArray();
        var past = new List<IReadOnlyList<PassingLook>>();
        foreach (var site in wanted.Take(MostSites))
        {
            var history = await desk.HistoryAsync(site, MostLooks, cancel);
            var lows = BudgetBook.Lows(history.Select(v => v.Finding).Where(f => BudgetBook.Passes(f) && f.Window.To >= now - Back).Select(f => new PassingLook(f.Window.To, f.PValue!.Value)));
            if (lows.Count > 0)
            {
                past.Add(lows);
            }
        }

        var meters = options.FleetMeters ?? registry.Current.Meters.Count;
        return new BudgetBook
        {
            At = now,
            Meters = meters > 0 ? meters : Math.Max(1, present.Count),
            Present = present,
            Raisable = raisable,
            Past = past,
            IsCut = wanted.Length > MostSites,
        };
    }

    /// <summary>Sites of cases opened since a moment, newest first, as many as are looked back at.</summary>
    private async Task<IReadOnlyList<string>> CasesSinceAsync(DateTimeOffset since, CancellationToken cancel)
    {
        var cases = await desk.ListAsync(new CaseFilter { Limit = CaseFilter.MostRows }, cancel);
        return [.. cases.TakeWhile(c => c.Opened >= since).Select(c => c.Site)];
    }
}
