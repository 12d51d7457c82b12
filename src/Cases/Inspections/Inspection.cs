// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Cases.Inspections;

/// <summary>What an inspection found. Names outside are snake_case.</summary>
public enum InspectionOutcome
{
    /// <summary>Mining machines were found.</summary>
    MachinesFound = 1,

    /// <summary>The site was inspected and none were found.</summary>
    NoneFound = 2,

    /// <summary>The site could not be inspected; it says nothing of the load.</summary>
    NotInspected = 3,
}

/// <summary>Machines of one model.</summary>
/// <param name="Model">As the plate says it.</param>
/// <param name="Count">How many, 1 to 1,000,000.</param>
public sealed record MachinesFound(string Model, int Count);

/// <summary>A point of the checklist.</summary>
/// <param name="Point">What was looked at, such as <c>meter seals</c>.</param>
/// <param name="InOrder">Whether it was in order; null where it could not be seen.</param>
/// <param name="Remark">What was seen.</param>
public sealed record ChecklistPoint(string Point, bool? InOrder, string? Remark);

/// <summary>The report of an inspection, written at the site and brought in later.</summary>
public sealed record InspectionReport
{
    /// <summary>Most meters of a report.</summary>
    internal const int MostMeters = 1000;

    /// <summary>Unique text that the crew's device gives it, 1 to 64 characters: the same report brought in twice is kept once.</summary>
    public required string Reference { get; init; }

    /// <summary>When the site was inspected, UTC.</summary>
    public required DateTimeOffset Inspected { get; init; }

    /// <summary>Who inspected.</summary>
    public required string Inspector { get; init; }

    /// <summary>Where: hall, address.</summary>
    public string? Location { get; init; }

    /// <summary>Meters that the inspection is about, 1 to 1,000.</summary>
    public required IReadOnlyList<MeterId> Meters { get; init; }

    /// <summary>What was found.</summary>
    public required InspectionOutcome Outcome { get; init; }

    /// <summary>Machines by model; at least one where machines were found, none otherwise.</summary>
    public IReadOnlyList<MachinesFound> Machines { get; init; } = [];

    /// <summary>The checklist, at most 100 points.</summary>
    public IReadOnlyList<ChecklistPoint> Checklist { get; init; } = [];
}

/// <summary>A report as the case keeps it.</summary>
/// <param name="Sequence">Its event: the provenance of a label.</param>
/// <param name="CaseId">The case.</param>
/// <param name="Site">The site.</param>
/// <param name="Recorded">When it was brought in, UTC.</param>
/// <param name="RecordedBy">Who brought it in.</param>
/// <param name="Report">The report.</param>
public sealed record KeptInspection(long Sequence, string CaseId, string Site, DateTimeOffset Recorded, string RecordedBy, InspectionReport Report);

/// <summary>What an inspection says of a meter, for training.</summary>
/// <param name="Site">The site.</param>
/// <param name="Meter">The meter.</param>
/// <param name="Mines">Whether mining machines were found.</param>
/// <param name="CaseId">The case.</param>
/// <param name="CaseState">Where that case stands: confirmed or beyond, or refuted.</param>
/// <param name="Inspected">When the site was inspected, UTC.</param>
/// <param name="Provenance">The event that says so, such as <c>inspection:42</c>.</param>
public sealed record InspectedLabel(string Site, MeterId Meter, bool Mines, string CaseId, CaseState CaseState, DateTimeOffset Inspected, string Provenance);
