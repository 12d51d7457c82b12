// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using Detector.Cases.Audit;
using Detector.Cases.Outbox;
using Detector.Metering;

namespace Detector.Cases;

/// <summary>What can be read at the desk; none of it changes anything.</summary>
public sealed partial class CaseDesk
{
    private const int LongestHistory = 10_000;
    private const int OutboxPage = 500;
    private static readonly CaseState[] OpenOrMerged = [.. CaseStateNames.All.Where(s => s.IsOpen() || s == CaseState.Merged)];

    /// <summary>A case with its evidence, its events and what may be done now; null where there is none of this id.</summary>
    public Task<CaseDetail?> GetAsync(string id, CancellationToken cancel) => _store.ReadAsync((reader, stop) => DetailAsync(reader, id, stop), cancel);

    /// <summary>The site of a case; null where there is none of this id.</summary>
    public Task<string?> SiteOfAsync(string id, CancellationToken cancel) => _store.ReadAsync(
        async (reader, stop) => CaseRecord.NumberOf(id) is { } number ? (await reader.CaseAsync(number, stop))?.Site : null, cancel);

    /// <summary>The open case that stands for a site, its own or the one that its own is merged into; null where there is none.</summary>
    public Task<string?> OpenCaseOfAsync(string site, CancellationToken cancel) =>
        _store.ReadAsync(async (reader, stop) => (await reader.OpenCaseOfAsync(site, stop))?.Id, cancel);

    /// <summary>Cases, newest first; the next page comes after the last id of this one.</summary>
    public Task<IReadOnlyList<CaseSummary>> ListAsync(CaseFilter filter, CancellationToken cancel) => _store.ReadAsync<IReadOnlyList<CaseSummary>>(
        async (reader, stop) => [.. (await reader.CasesAsync(filter, stop)).Select(record => record.Summary())], cancel);

    /// <summary>What may be done to a case as a list shows it, and by whom; asks nothing of the store.</summary>
    public IReadOnlyList<AllowedMove> MovesOf(CaseSummary standing)
    {
        ArgumentNullException.ThrowIfNull(standing);
        return _lifecycle.Moves(standing);
    }

    /// <summary>Every case that fits, newest first, read page by page.</summary>
    public async IAsyncEnumerable<CaseSummary> EachAsync(CaseFilter filter, [EnumeratorCancellation] CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(filter);
        var rest = filter with { Limit = CaseFilter.MostRows };
        for (IReadOnlyList<CaseSummary>? page = null; page is null or { Count: CaseFilter.MostRows };)
        {
            page = await ListAsync(rest, cancel);
            foreach (var found in page)
            {
                yield return found;
                rest = rest with { After = found.Id };
            }
        }
    }

    /// <summary>The open case that stands for each site that has one, its own or the one that its own is merged into.</summary>
    public async Task<StandingCases> StandingAsync(CancellationToken cancel)
    {
        var (bySite, merged) = (new Dictionary<string, string>(StringComparer.Ordinal), new List<(string Site, string Leading)>());
        await foreach (var found in EachAsync(new CaseFilter { States = OpenOrMerged }, cancel))
        {
            if (found.MergedInto is { } leading)
            {
                merged.Add((found.Site, leading));
            }
            else
            {
                bySite[found.Site] = found.Id;
            }
        }

        var open = bySite.Values.ToHashSet(StringComparer.Ordinal);
        foreach (var (site, leading) in merged.Where(m => open.Contains(m.Leading)))
        {
            bySite.TryAdd(site, leading);
        }

        return new StandingCases(bySite, merged);
    }

    /// <summary>How many cases of the sites that somebody sees are in each state; states without any are absent.</summary>
    public Task<IReadOnlyDictionary<CaseState, int>> CountAsync(Func<string, bool> sees, CancellationToken cancel) => _store.ReadAsync<IReadOnlyDictionary<CaseState, int>>(
        async (reader, stop) => (await reader.CountBySiteAsync(stop)).Where(c => sees(c.Site)).GroupBy(c => c.State).ToDictionary(g => g.Key, g => g.Sum(c => c.Cases)), cancel);

    /// <summary>How many cases are in each state; states without any are absent.</summary>
    public Task<IReadOnlyDictionary<CaseState, int>> CountAsync(CancellationToken cancel) =>
        _store.ReadAsync((reader, stop) => reader.CountAsync(stop), cancel);

    /// <summary>What the store said where it last refused for a while or did not answer; null where it took the last work.</summary>
    public string? Refusal => _store.Refusal;

    /// <summary>Of each meter that was judged, the end of the window it was judged on last; by meter.</summary>
    /// <param name="after">Only meters behind this one; null for the first.</param>
    /// <param name="limit">Most meters given, 1 to 10,000.</param>
    /// <param name="cancel">Gives up.</param>
    public Task<IReadOnlyList<(MeterId Meter, DateTimeOffset Until)>> JudgedUntilAsync(MeterId? after, int limit, CancellationToken cancel) =>
        _store.ReadAsync((reader, stop) => reader.JudgedUntilAsync(after, Math.Clamp(limit, 1, VerdictFilter.MostRows), stop), cancel);

    /// <summary>Each site's present verdict, by site: the most suspicious of its meters' latest.</summary>
    public Task<IReadOnlyList<SiteVerdict>> VerdictsAsync(VerdictFilter filter, CancellationToken cancel) =>
        _store.ReadAsync((reader, stop) => reader.VerdictsAsync(filter, stop), cancel);

    /// <summary>A site's verdicts over time, newest first; at most 10,000.</summary>
    public Task<IReadOnlyList<SiteVerdict>> HistoryAsync(string site, CancellationToken cancel) => HistoryAsync(site, LongestHistory, cancel);

    /// <summary>A site's latest verdicts, newest first; at most <paramref name="limit"/>, 1 to 10,000.</summary>
    public Task<IReadOnlyList<SiteVerdict>> HistoryAsync(string site, int limit, CancellationToken cancel) =>
        _store.ReadAsync((reader, stop) => reader.HistoryAsync(site, Math.Clamp(limit, 1, LongestHistory), stop), cancel);

    /// <summary>Verifies the audit chain and what it speaks of, from the first link on.</summary>
    /// <param name="anchor">A link kept elsewhere that the chain must still contain; null for none.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<AuditState> VerifyAuditAsync(AuditAnchor? anchor, CancellationToken cancel)
    {
        var state = await _store.ReadAsync((reader, stop) => AuditVerifier.VerifyAsync(reader, anchor, stop), cancel);
        if (state.FirstFault is { } fault)
        {
            _log.AuditFault(fault.Sequence, fault.Text);
        }

        return state;
    }

    /// <summary>Links of the audit chain after a sequence, oldest first.</summary>
    /// <param name="after">The sequence; 0 for the beginning.</param>
    /// <param name="limit">At most this many, 1 to 1000.</param>
    /// <param name="cancel">Gives up.</param>
    public Task<IReadOnlyList<AuditRow>> AuditAsync(long after, int limit, CancellationToken cancel) =>
        _store.ReadAsync<IReadOnlyList<AuditRow>>(async (reader, stop) => [.. (await reader.AuditAsync(after, Math.Clamp(limit, 1, 1000), stop)).Select(a => a.Row)], cancel);

    /// <summary>The events for outside after a sequence, oldest first, as far as they go now.</summary>
    public async IAsyncEnumerable<OutboxEvent> EventsAsync(long after, [EnumeratorCancellation] CancellationToken cancel)
    {
        while (true)
        {
            var from = after;
            var page = await _store.ReadAsync((reader, stop) => reader.OutboxAsync(from, OutboxPage, stop), cancel);
            foreach (var happened in page)
            {
                yield return happened;
                after = happened.Sequence;
            }

            if (page.Count < OutboxPage)
            {
                yield break;
            }
        }
    }
}
