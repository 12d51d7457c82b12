// SPDX-License-Identifier: Apache-2.0
using Detector.Cases.Lists;
using Detector.Metering;

namespace Detector.Cases.Inspections;

/// <summary>What a crew takes to the site: where, which meters, why, and the report to fill in there and bring in later.</summary>
public sealed record InspectionOrder
{
    /// <summary>The case.</summary>
    public required string Case { get; init; }

    /// <summary>The evidence that the order was given on.</summary>
    public required long EvidenceVersion { get; init; }

    /// <summary>When it was ordered, UTC.</summary>
    public required DateTimeOffset Ordered { get; init; }

    /// <summary>Who ordered it.</summary>
    public required string OrderedBy { get; init; }

    /// <summary>What they wrote; null where nothing.</summary>
    public string? Note { get; init; }

    /// <summary>The sites that the case stands for, its own first.</summary>
    public required IReadOnlyList<SitePlace> Sites { get; init; }

    /// <summary>Every registered meter of those sites and every other one that is judged, by site and name.</summary>
    public required IReadOnlyList<OrderedMeter> Meters { get; init; }

    /// <summary>Reasons of the strongest evidence: what to look for.</summary>
    public required IReadOnlyList<Reason> Reasons { get; init; }

    /// <summary>The report to fill in: the file that is brought in once <c>inspected</c>, <c>inspector</c> and <c>outcome</c> are written.</summary>
    public required ReportForm Report { get; init; }

    /// <summary>The order of a case that is being inspected; null where no inspection is ordered.</summary>
    internal static InspectionOrder? Of(CaseDetail found, SiteRegistry registry)
    {
        if (found.Summary.State != CaseState.Inspecting || found.Events.LastOrDefault(e => e is { Kind: CaseEventKind.Moved, Verb: "start-inspection" }) is not { } ordered)
        {
            return null;
        }

        var judged = found.Evidence.Where(e => found.Sites.Contains(e.Finding.Site)).GroupBy(e => e.Finding.Meter).ToDictionary(g => g.Key, g => g.Last().Finding);
        var registered = found.Sites.SelectMany(registry.MetersOf).DistinctBy(r => r.Meter).ToDictionary(r => r.Meter); // one that moved between them once
        OrderedMeter[] meters = [.. registered.Keys.Union(judged.Keys)
            .Select(meter => OrderedMeter.Of(meter, registered.GetValueOrDefault(meter), judged.GetValueOrDefault(meter)))
            .OrderBy(m => m.Site, StringComparer.Ordinal).ThenBy(m => m.Meter.Value, StringComparer.Ordinal)];
        return new InspectionOrder
        {
            Case = found.Summary.Id,
            EvidenceVersion = ordered.EvidenceVersion,
            Ordered = ordered.At,
            OrderedBy = ordered.Actor,
            Note = ordered.Why,
            Sites = [.. found.Sites.Select(site => ListDesk.PlaceOf(registry, site))],
            Meters = meters,
            Reasons = found.Summary.Reasons,
            Report = new ReportForm { Reference = $"{found.Summary.Id}/{ordered.Sequence}", Meters = [.. meters.Select(m => m.Meter).Take(InspectionReport.MostMeters)] },
        };
    }
}

/// <summary>A meter that the crew is to look at.</summary>
/// <param name="Meter">The meter.</param>
/// <param name="Site">Its site.</param>
/// <param name="Feeder">The feeder that supplies it; null where unknown.</param>
/// <param name="ParentMeter">The meter upstream; null where there is none.</param>
/// <param name="ContractedKilowatts">Contracted capacity in kW; null where unknown.</param>
/// <param name="Verdict">What detection last said of it in this case; null where nothing.</param>
/// <param name="Onset">Since when it is suspected; null where not known.</param>
/// <param name="Share">Share of its load that is suspected, 0 to 1; null where not known.</param>
public sealed record OrderedMeter(
    MeterId Meter, string Site, string? Feeder, MeterId? ParentMeter, double? ContractedKilowatts, Verdict? Verdict, OnsetInterval? Onset, ShareInterval? Share)
{
    internal static OrderedMeter Of(MeterId meter, MeterRegistration? row, Finding? finding) => new(
        meter, row?.Site ?? finding!.Site, row?.Feeder, row?.ParentMeter, row?.ContractedKilowatts, finding?.Verdict, finding?.Onset, finding?.Share);
}

/// <summary>An <see cref="InspectionReport"/> before it is filled in: the same members by the same names.</summary>
public sealed record ReportForm
{
    /// <summary>Given by the order, so that the report of one crew brought in twice is kept once; a second crew adds to it.</summary>
    public required string Reference { get; init; }

    /// <summary>To be written: when the site was inspected.</summary>
    public DateTimeOffset? Inspected { get; init; }

    /// <summary>To be written: who inspected.</summary>
    public string? Inspector { get; init; }

    /// <summary>To be written where it says more than the site's name: hall, address.</summary>
    public string? Location { get; init; }

    /// <summary>Meters of the order.</summary>
    public required IReadOnlyList<MeterId> Meters { get; init; }

    /// <summary>To be written: <c>machines_found</c>, <c>none_found</c> or <c>not_inspected</c>.</summary>
    public InspectionOutcome? Outcome { get; init; }

    /// <summary>To be written: machines by model.</summary>
    public IReadOnlyList<MachinesFound> Machines { get; init; } = [];

    /// <summary>What to look at; points may be added.</summary>
    public IReadOnlyList<ChecklistPoint> Checklist { get; init; } =
    [
        new("meter seals whole, their numbers noted / 电表封印完好，记录封印编号", null, null),
        new("power at the meter beside what the machines take / 电表功率与设备功率核对", null, null),
        new("wiring as registered, nothing before the meter / 接线与登记一致，表前无接电", null, null),
        new("machines: plates photographed, models and numbers / 设备：拍摄铭牌，记录型号与数量", null, null),
        new("network: uplink, addresses that machines talk to / 网络：上联线路及设备访问地址", null, null),
        new("tenant, lease and owner of the machines / 租户、租约与设备所有人", null, null),
    ];
}
