// SPDX-License-Identifier: Apache-2.0
using Detector.Cases.Attachments;
using Detector.Cases.Measures;
using Detector.Metering;

namespace Detector.Cases.Dossier;

/// <summary>What the page of a dossier is written from: all of it is in the dossier as data, too.</summary>
internal sealed record DossierFacts
{
    public required CaseSummary Summary { get; init; }

    public required IReadOnlyList<CaseEvidence> Evidence { get; init; }

    public required IReadOnlyList<CaseEvent> Events { get; init; }

    public required ProjectCategory Category { get; init; }

    public required IReadOnlyList<Measure> Measures { get; init; }

    /// <summary>Charts as SVG by meter, in the order of the meters' names.</summary>
    public IReadOnlyList<(string Meter, string Svg)> Charts { get; init; } = [];

    /// <summary>Papers of each model that judged, by its name; null where there are none.</summary>
    public IReadOnlyList<(string Model, ModelPapers? Papers)> Models { get; init; } = [];

    /// <summary>Null where it was not counted.</summary>
    public SurchargeStatement? Surcharge { get; init; }

    /// <summary>The sites that the case stands for: its own, then those of the cases merged into it.</summary>
    public IReadOnlyList<string> Sites => Desk.Merging.SitesOf(Summary.Site, Events);

    public IReadOnlyList<Attachment> Attachments => AttachmentDesk.Of(Events);

    /// <summary>The finding that leads; null where it is not among the evidence, which no case of ours is.</summary>
    public Finding? Lead => Evidence.LastOrDefault(e => e.Finding.Meter == Summary.Meter)?.Finding;

    /// <summary>Each meter judged with the time that its windows span and its last finding, by name.</summary>
    public IEnumerable<(MeterId Meter, TimeRange Range, Finding Last)> Judged() => Evidence.GroupBy(e => e.Finding.Meter).OrderBy(g => g.Key.Value, StringComparer.Ordinal).Select(g =>
        (g.Key, new TimeRange(g.Min(e => e.Finding.Window.From), g.Max(e => e.Finding.Window.To)), g.Last().Finding));
}
