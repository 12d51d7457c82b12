// SPDX-License-Identifier: Apache-2.0
using Detector.Cases.Measures;
using Detector.Metering;

namespace Detector.Cases.Lists;

/// <summary>A project of the list: a case that is neither refuted nor closed nor merged into another.</summary>
/// <param name="CaseId">The case.</param>
/// <param name="Site">The site as it was registered then.</param>
/// <param name="State">Where the case stood.</param>
/// <param name="Opened">When it was opened, UTC.</param>
/// <param name="Since">Since when it stood there, UTC.</param>
/// <param name="EvidenceVersion">The evidence then.</param>
/// <param name="Finding">The finding that led its evidence then.</param>
/// <param name="Category">Stock, incremental or undecided.</param>
/// <param name="Assignee">Who worked it; null where nobody was named.</param>
/// <param name="Measures">Its measures then.</param>
/// <param name="FurtherSites">Sites of the cases that were merged into it then.</param>
public sealed record ProjectRow(
    string CaseId, SitePlace Site, CaseState State, DateTimeOffset Opened, DateTimeOffset Since, long EvidenceVersion, Finding Finding, ProjectCategory Category, string? Assignee, IReadOnlyList<Measure> Measures, IReadOnlyList<string> FurtherSites);

/// <summary>What was screened: a meter with its verdict, or without one.</summary>
/// <param name="Meter">The meter.</param>
/// <param name="Site">Its site as it was registered then.</param>
/// <param name="Judged">When it was judged last, UTC; null where it never was.</param>
/// <param name="Finding">What was found; null where it never was judged.</param>
public sealed record CoverageRow(MeterId Meter, SitePlace Site, DateTimeOffset? Judged, Finding? Finding)
{
    /// <summary>The verdict's name, or <c>not_judged</c>.</summary>
    public string Verdict => Finding?.Verdict.Name() ?? "not_judged";
}

/// <summary>Where a site is, by the register.</summary>
public sealed record SitePlace(string Site, string Name, string? Region, string? Feeder, string? Owner, DeclaredUse DeclaredUse);

/// <summary>The lists that the notice asks for, as known at any moment: folded from events and verdicts that are never changed.</summary>
/// <remarks>What the register says of a site (name, region, feeder, owner, declared use) is what it says now of that moment.</remarks>
public sealed class ListDesk(CaseDesk desk)
{
    /// <summary>Every case that was neither refuted nor closed nor merged into another at a moment, by site.</summary>
    public Task<IReadOnlyList<ProjectRow>> ProjectsAsync(SiteRegistry registry, DateTimeOffset? asOf, CancellationToken cancel) => desk.Store.ReadAsync<IReadOnlyList<ProjectRow>>(
        async (reader, stop) =>
        {
            var (moment, rows) = (asOf ?? desk.Now(), new List<ProjectRow>());
            var then = registry.At(moment);
            foreach (var number in await reader.CasesOpenedByAsync(moment, stop))
            {
                var events = (await reader.EventsOfAsync(number, stop)).Where(e => e.At <= moment).ToList();
                if (Audit.Standing.Of(events) is { } standing && standing.State.IsOpen())
                {
                    var evidence = (await reader.EvidenceOfAsync(number, stop)).Where(e => e.Joined <= moment).ToList();
                    var lead = Evidence.Lead(Evidence.OfThisTime(evidence, events), e => e.Finding).Finding;
                    rows.Add(new ProjectRow(
                        CaseRecord.IdOf(number), PlaceOf(then, standing.Site), standing.State, standing.Opened, standing.Since, standing.EvidenceVersion, lead, ProjectCategories.Of(lead.Onset, desk.Options.Measures.CutOff), standing.Assignee, MeasureBook.Of(events, moment), [.. Desk.Merging.In(events).Select(m => m.Site)]));
                }
            }

            return [.. rows.OrderBy(r => r.Site.Site, StringComparer.Ordinal).ThenBy(r => r.Opened)];
        },
        cancel);

    /// <summary>Every meter that was in service at a moment, or is unknown to the register and was judged by then, with what was found or what was missing, by site and meter.</summary>
    public async Task<IReadOnlyList<CoverageRow>> CoverageAsync(SiteRegistry registry, DateTimeOffset? asOf, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(registry);
        var moment = asOf ?? desk.Now();
        var then = registry.At(moment);
        var judged = (await desk.Store.ReadAsync((reader, stop) => reader.VerdictsByAsync(moment, stop), cancel)).ToDictionary(v => v.Finding.Meter);
        var inService = then.Meters.ToDictionary(m => m.Meter);
        var rows = judged.Values.Where(v => inService.ContainsKey(v.Finding.Meter) || then.RowsOf(v.Finding.Meter).Count == 0)
            .Select(v => new CoverageRow(v.Finding.Meter, PlaceOf(then, v.Site), v.Recorded, v.Finding))
            .Concat(inService.Values.Where(m => !judged.ContainsKey(m.Meter)).Select(m => new CoverageRow(m.Meter, PlaceOf(then, m.Site), null, null)));
        return [.. rows.OrderBy(r => r.Site.Site, StringComparer.Ordinal).ThenBy(r => r.Meter.Value, StringComparer.Ordinal)];
    }

    internal static SitePlace PlaceOf(SiteRegistry registry, string site)
    {
        var rows = registry.MetersOf(site).ToList();
        return new SitePlace(
            site, rows.FirstOrDefault()?.Name ?? site, rows.Select(r => r.Region).FirstOrDefault(r => !string.IsNullOrEmpty(r)), rows.Select(r => r.Feeder).FirstOrDefault(f => !string.IsNullOrEmpty(f)), rows.Select(r => r.Owner).FirstOrDefault(o => !string.IsNullOrEmpty(o)), rows.FirstOrDefault()?.DeclaredUse ?? DeclaredUse.Unknown);
    }
}
