// SPDX-License-Identifier: Apache-2.0
using Detector.Access;
using Detector.Cases;
using Detector.Metering;

namespace Detector.Web.Views;

/// <summary>What of the cases a person asked for, as it stands in the address; the list and the board share it, and every part may be absent.</summary>
/// <param name="Search">Text that the case's id, its site, a name or an owner contains.</param>
/// <param name="Region">Region of the site, exactly.</param>
/// <param name="Assignee">A name, <see cref="Me"/> or <see cref="Nobody"/>.</param>
/// <param name="Due">A name of <see cref="Dues"/>.</param>
/// <param name="ForApproval">Only what waits for the approval of somebody else than its proposer.</param>
public sealed record CaseQuery(string? Search = null, string? Region = null, string? Assignee = null, string? Due = null, bool ForApproval = false)
{
    /// <summary>Stands for the person who asks; no user's name begins like this.</summary>
    internal const string Me = "@me";

    /// <summary>Stands for cases that nobody works.</summary>
    internal const string Nobody = "@nobody";

    private static readonly TimeSpan Soon = TimeSpan.FromDays(7);

    /// <summary>Beyond the deadline, due within a week, put off.</summary>
    internal static IReadOnlyList<string> Dues { get; } = ["overdue", "week", "snoozed"];

    /// <summary>Whether a filter other than state and approval narrows the list.</summary>
    internal bool Narrows => !string.IsNullOrWhiteSpace(Search) || Region is not null || Assignee is not null || Due is not null;

    /// <summary>The cases that match, in their order.</summary>
    internal IReadOnlyList<CaseSummary> Apply(IReadOnlyList<CaseSummary> cases, SiteRegistry registry, Actor? actor, DateTimeOffset now) =>
        Narrows || ForApproval ? [.. cases.Where(c => Matches(c, registry, actor, now))] : cases;

    private bool Matches(CaseSummary found, SiteRegistry registry, Actor? actor, DateTimeOffset now)
    {
        if (ForApproval && !CaseInbox.Waits(found, actor))
        {
            return false;
        }

        var worked = Assignee switch
        {
            null => true,
            Nobody => found.Assignee is null,
            Me => actor is not null && Same(found.Assignee, actor.Name),
            _ => Same(found.Assignee, Assignee),
        };
        var due = Due switch
        {
            null => true,
            "overdue" => found.Due <= now,
            "week" => found.Due <= now + Soon,
            "snoozed" => found.SnoozedUntil is not null,
            _ => false,
        };
        if (!worked || !due || (Region is null && string.IsNullOrWhiteSpace(Search)))
        {
            return worked && due;
        }

        var rows = registry.MetersOf(found.Site);
        return (Region is null || rows.Any(m => m.Region == Region)) && Contains(found, rows, Search?.Trim());
    }

    private static bool Contains(CaseSummary found, IEnumerable<MeterRegistration> rows, string? text) =>
        string.IsNullOrEmpty(text) || Has(found.Id, text) || Has(found.Site, text) || Has(found.Meter.Value, text)
        || rows.Any(m => Has(m.Name, text) || Has(m.Owner, text) || Has(m.Feeder, text) || Has(m.Region, text));

    private static bool Has(string? field, string text) => field?.Contains(text, StringComparison.OrdinalIgnoreCase) == true;

    private static bool Same(string? one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
