// SPDX-License-Identifier: Apache-2.0
using System.Text.Json;

namespace Detector.Cases.Outbox;

/// <summary>An event for the world outside, written in the transaction of what it tells.</summary>
/// <param name="Sequence">Place in the audit chain; grows, with gaps; the id by which <c>/api/v1/events</c> is resumed.</param>
/// <param name="Id">Unique for ever: consumers drop repeats by it.</param>
/// <param name="Type">One of <see cref="EventTypes"/>.</param>
/// <param name="Subject">Id of the case, or the site.</param>
/// <param name="Time">When it happened, UTC.</param>
/// <param name="DataJson">The event's own data as JSON.</param>
public sealed record OutboxEvent(long Sequence, string Id, string Type, string Subject, DateTimeOffset Time, string DataJson)
{
    /// <summary>The site that it tells of; every event tells of one.</summary>
    public string Site()
    {
        if (Type == EventTypes.SiteVerdict)
        {
            return Subject;
        }

        using var data = JsonDocument.Parse(DataJson);
        return data.RootElement.GetProperty("site").GetString()!;
    }

    /// <summary>The event as CloudEvents 1.0 JSON.</summary>
    public string ToCloudEventJson() => CloudEventJson.Write(this);
}

/// <summary>The types of events; the routing keys of the queue.</summary>
public static class EventTypes
{
    /// <summary>A case was opened.</summary>
    public const string CaseOpened = "detector.case.opened";

    /// <summary>Evidence joined a case, or a proposal was made or became void.</summary>
    public const string CaseUpdated = "detector.case.updated";

    /// <summary>A case moved to another state.</summary>
    public const string CaseTransitioned = "detector.case.transitioned";

    /// <summary>The verdict on a site's meter is new.</summary>
    public const string SiteVerdict = "detector.site.verdict";

    /// <summary>Every type.</summary>
    public static IReadOnlyList<string> All { get; } = [CaseOpened, CaseUpdated, CaseTransitioned, SiteVerdict];
}
