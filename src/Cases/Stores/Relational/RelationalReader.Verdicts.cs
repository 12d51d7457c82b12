// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;
using Microsoft.EntityFrameworkCore;

namespace Detector.Cases.Stores.Relational;

/// <summary>What was judged, of meters and of sites.</summary>
internal partial class RelationalReader
{
    public Task<bool> HasVerdictAsync(MeterId meter, TimeRange window, string model, CancellationToken cancel)
    {
        var (name, from, to) = (meter.Value, RowMapping.StoredWindow(window.From), RowMapping.StoredWindow(window.To));
        return context.Verdicts.AnyAsync(v => v.Meter == name && v.WindowTo == to && v.WindowFrom == from && v.Model == model, cancel);
    }

    public async Task<SiteVerdict?> LatestOfMeterAsync(MeterId meter, CancellationToken cancel)
    {
        var name = meter.Value;
        var row = await context.Meters.AsNoTracking().Where(m => m.Meter == name)
            .Join(context.Verdicts, m => m.Sequence, v => v.Sequence, (m, v) => v).SingleOrDefaultAsync(cancel);
        return row is null ? null : RowMapping.Verdict(row);
    }

    public async Task<SiteVerdict?> LatestOfMeterAsync(MeterId meter, string site, TimeRange installed, CancellationToken cancel)
    {
        var (name, from, to) = (meter.Value, RowMapping.StoredWindow(installed.From), RowMapping.StoredWindow(installed.To));
#pragma warning disable CA1309 // Becomes SQL, which has one comparison; such texts are in the order of their times.
        var there = context.Verdicts.AsNoTracking().Where(v => v.Meter == name && v.Site == site && string.Compare(v.WindowTo, from) > 0 && string.Compare(v.WindowFrom, to) < 0);
#pragma warning restore CA1309
        var row = await there.OrderByDescending(v => v.WindowTo).ThenByDescending(v => v.Sequence).FirstOrDefaultAsync(cancel);
        return row is null ? null : RowMapping.Verdict(row);
    }

    public async Task<IReadOnlyList<(MeterId Meter, DateTimeOffset Until)>> JudgedUntilAsync(MeterId? after, int limit, CancellationToken cancel)
    {
        var from = after?.Value ?? string.Empty;
#pragma warning disable CA1309 // Becomes SQL, which has one comparison; the table is ordered by the same one.
        var page = context.Meters.AsNoTracking().Where(m => string.Compare(m.Meter, from) > 0).OrderBy(m => m.Meter).Take(limit);
#pragma warning restore CA1309
        var rows = await page.Join(context.Verdicts, m => m.Sequence, v => v.Sequence, (m, v) => new { m.Meter, v.WindowTo }).OrderBy(r => r.Meter).ToListAsync(cancel);
        return [.. rows.Select(r => (MeterId.Of(r.Meter), RowMapping.Window(r.WindowTo)))];
    }

    public async Task<IReadOnlyList<SiteVerdict>> VerdictsAsync(VerdictFilter filter, CancellationToken cancel)
    {
        var wanted = context.Sites.AsNoTracking();
        if (filter.Verdict is { } verdict)
        {
            wanted = wanted.Where(s => s.Verdict == verdict);
        }

        if (filter.Site is { } site)
        {
            wanted = wanted.Where(s => s.Site == site);
        }

        if (filter.After is { } after)
        {
#pragma warning disable CA1309 // Becomes SQL, which has one comparison; the tables are ordered by the same one.
            wanted = wanted.Where(s => string.Compare(s.Site, after) > 0);
#pragma warning restore CA1309
        }

        var page = wanted.OrderBy(s => s.Site).Take(Math.Clamp(filter.Limit, 1, VerdictFilter.MostRows));
        var rows = await page.Join(context.Verdicts, s => s.Sequence, v => v.Sequence, (s, v) => v).OrderBy(v => v.Site).ToListAsync(cancel);
        return [.. rows.Select(RowMapping.Verdict)];
    }

    public Task<string> FindingTextAsync(long sequence, CancellationToken cancel) =>
        context.Verdicts.Where(v => v.Sequence == sequence).Select(v => v.Finding).SingleAsync(cancel);

    public async Task<IReadOnlyList<SiteVerdict>> HistoryAsync(string site, int limit, CancellationToken cancel)
    {
        var rows = await context.Verdicts.AsNoTracking().Where(v => v.Site == site).OrderByDescending(v => v.Sequence).Take(limit).ToListAsync(cancel);
        return [.. rows.Select(RowMapping.Verdict)];
    }
}
