// SPDX-License-Identifier: Apache-2.0
using Detector.Access;

namespace Detector.Cases.Measures;

/// <summary>What the desk of measures shows.</summary>
public sealed partial class MeasureDesk
{
    /// <summary>The measures of a case; null where there is no such case.</summary>
    public async Task<IReadOnlyList<Measure>?> OfAsync(string caseId, CancellationToken cancel) =>
        await desk.GetAsync(caseId, cancel) is { } found ? MeasureBook.Of(found.Events, desk.Now()) : null;

    /// <summary>Stock, incremental or undecided, by the onset interval and the cut-off date in force.</summary>
    public ProjectCategory CategoryOf(CaseSummary summary)
    {
        ArgumentNullException.ThrowIfNull(summary);
        return ProjectCategories.Of(summary.Onset, Options.CutOff);
    }

    /// <summary>Every kind of measure as a person may propose it for a case now, or why not.</summary>
    /// <param name="found">The case.</param>
    /// <param name="region">The site's region by the register; null where unknown.</param>
    /// <param name="actor">The person; null for nobody.</param>
    public IReadOnlyList<MeasureOffer> OffersOf(CaseDetail found, string? region, Actor? actor)
    {
        ArgumentNullException.ThrowIfNull(found);
        var now = desk.Now();
        var measures = MeasureBook.Of(found.Events, now);
        return [.. MeasureNames.Kinds.Select(OfferOf)];

        MeasureOffer OfferOf(MeasureKind kind)
        {
            var rule = Options.RuleOf(kind, region, now);
            var refusal = actor is not null && !Proposers.Contains(actor.Role)
                ? MoveText.WrongRole("propose", actor.Role)
                : MeasureProposals.Refusal(found.Summary, kind, found.Summary.EvidenceVersion, region, rule, measures)?.Text;
            return new MeasureOffer(kind, rule, refusal?.English, refusal?.Chinese);
        }
    }

    /// <summary>Whether a person's role proposes measures.</summary>
    public static bool MayPropose(Actor actor)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return Proposers.Contains(actor.Role);
    }

    /// <summary>Whether a case stands so that measures may be proposed.</summary>
    public static bool Stands(CaseDetail found)
    {
        ArgumentNullException.ThrowIfNull(found);
        return MeasureSteps.Stands(found.Summary);
    }

    /// <summary>Every measure of a case, those that are over too, with the steps that a person may take now; newest first.</summary>
    /// <param name="found">The case.</param>
    /// <param name="actor">The person; null for nobody.</param>
    public IReadOnlyList<MeasureInHand> InHandOf(CaseDetail found, Actor? actor)
    {
        ArgumentNullException.ThrowIfNull(found);
        var now = desk.Now();
        return [.. MeasureBook.Of(found.Events, now).Select(m => InHand(found.Summary, m, actor, now)).Reverse()];
    }

    /// <summary>Every measure that is not over, with the steps that a person may take now, by what is due first.</summary>
    /// <param name="actor">The person; null for nobody.</param>
    /// <param name="cancel">Gives up.</param>
    public Task<IReadOnlyList<MeasureInHand>> InHandAsync(Actor? actor, CancellationToken cancel) => desk.Store.ReadAsync<IReadOnlyList<MeasureInHand>>(
        async (reader, stop) =>
        {
            var now = desk.Now();
            var inHand = new List<MeasureInHand>();
            foreach (var number in await reader.CasesWithAsync(CaseEventKind.Measure, stop))
            {
                var record = (await reader.CaseAsync(number, stop))!;
                inHand.AddRange(MeasureBook.Of(await reader.EventsOfAsync(number, stop), now).Where(m => m.State != MeasureState.Ended).Select(m => InHand(record.Summary(), m, actor, now)));
            }

            return [.. inHand.OrderBy(m => m.Measure.State).ThenBy(m => m.Measure.ObjectionUntil ?? m.Measure.ProposedAt).ThenBy(m => m.Measure.CaseId, StringComparer.Ordinal).ThenBy(m => m.Measure.Number)];
        },
        cancel);

    /// <summary>The credit register: every credit event that was entered, as known at a moment, by site and date.</summary>
    /// <param name="asOf">The moment; null for now.</param>
    /// <param name="cancel">Gives up.</param>
    public Task<IReadOnlyList<Measure>> RegisterAsync(DateTimeOffset? asOf, CancellationToken cancel) => desk.Store.ReadAsync<IReadOnlyList<Measure>>(
        async (reader, stop) =>
        {
            var entered = new List<Measure>();
            foreach (var number in await reader.CasesWithAsync(CaseEventKind.Measure, stop))
            {
                entered.AddRange(MeasureBook.Of(await reader.EventsOfAsync(number, stop), asOf ?? desk.Now()).Where(m => m.EnteredAt is not null));
            }

            return [.. entered.OrderBy(m => m.Site, StringComparer.Ordinal).ThenBy(m => m.EnteredAt)];
        },
        cancel);

    private static MeasureInHand InHand(CaseSummary summary, Measure measure, Actor? actor, DateTimeOffset now)
    {
        string[] steps = actor is null
            ? []
            : [.. MeasureSteps.All.Select(s => s.Verb).Where(v => MeasureSteps.Refusal(summary, measure, v, summary.EvidenceVersion, actor, now) is null)];
        return new MeasureInHand(measure, summary.EvidenceVersion, steps);
    }
}
