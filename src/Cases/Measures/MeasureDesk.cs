// SPDX-License-Identifier: Apache-2.0
using System.Text.Json;
using System.Text.Json.Nodes;
using Detector.Access;
using Detector.Cases.Desk;
using Detector.Cases.Stores;
using Detector.Metering;

namespace Detector.Cases.Measures;

/// <summary>Measures against confirmed cases: proposed by one person, approved by another, each step an event of the case.</summary>
/// <remarks>Nothing here acts on its own: the program watches exit plans and tells; people decide.</remarks>
public sealed partial class MeasureDesk(CaseDesk desk)
{
    private static readonly Role[] Proposers = [Role.Operator, Role.Supervisor];

    private MeasuresOptions Options => desk.Options.Measures;

    /// <summary>Proposes a measure. It needs a confirmed case, a legal basis in force, and none of the same kind that is not over.</summary>
    public Task<MoveResult> ProposeAsync(string caseId, MeasureProposal proposal, Actor actor, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(proposal);
        ArgumentNullException.ThrowIfNull(actor);
        return desk.ChangeAsync(caseId, proposal.Note, "propose-measure", actor, (writer, recorder, stop) => ProposeAsync(writer, recorder, caseId, proposal, actor, stop), cancel);
    }

    /// <summary>Takes the next step of a measure: <c>approve</c>, <c>notify</c>, <c>enter</c>, <c>object</c>, <c>suspend</c>, <c>resume</c>, <c>uphold-objection</c>, <c>repair</c>, <c>withdraw</c>.</summary>
    public Task<MoveResult> StepAsync(string caseId, int number, string verb, long evidenceVersion, Actor actor, string? note, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(verb);
        ArgumentNullException.ThrowIfNull(actor);
        return desk.ChangeAsync(
            caseId, note, (MeasureSteps.Find(verb)?.Verb ?? "unknown") + "-measure", actor, (writer, recorder, stop) => StepAsync(writer, recorder, new StepRequest(caseId, number, verb, evidenceVersion, actor, note), stop), cancel);
    }

    /// <summary>The surcharge of a case by its leading evidence; null where that has no onset.</summary>
    /// <param name="summary">The case.</param>
    /// <param name="meters">Meters of the site whose energy counts, each while it does, none of them below another.</param>
    /// <param name="region">The site's region.</param>
    /// <param name="readings">Where readings come from; corrected ones give a corrected statement.</param>
    /// <param name="until">Up to when; null for now.</param>
    /// <param name="trace">Told of every stretch charged, with its reading.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<SurchargeStatement?> SurchargeAsync(
        CaseSummary summary, IReadOnlyCollection<MeterInstallation> meters, string? region, ReadingsOf readings, DateTimeOffset? until, Action<SurchargeTrace>? trace, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(summary);
        return summary.Onset is { } onset
            ? await new Surcharge(Options, region).ComputeAsync(meters, readings, onset, summary.Share, until ?? desk.Now(), trace, cancel)
            : null;
    }

    /// <summary>An exit plan held against the readings now.</summary>
    public async Task<ExitReport> ExitAsync(ExitPlan plan, IReadOnlyCollection<MeterInstallation> meters, ReadingsOf readings, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var now = desk.Now();
        var from = plan.Ceilings[0].From < now ? plan.Ceilings[0].From : now;
        var hours = await SiteHours.OfAsync(readings, meters, new TimeRange(from - TimeSpan.FromDays(8), now), Options.LongestHold, cancel);
        return ExitCheck.Judge(plan, hours, now);
    }

    /// <summary>The mean power of a site in each known clock hour from a moment to now, by its start, UTC, in kW.</summary>
    public Task<IReadOnlyDictionary<DateTimeOffset, decimal>> HoursAsync(DateTimeOffset from, IReadOnlyCollection<MeterInstallation> meters, ReadingsOf readings, CancellationToken cancel) =>
        SiteHours.OfAsync(readings, meters, new TimeRange(from, desk.Now()), Options.LongestHold, cancel);

    /// <summary>An exit plan, kept or only thought of, beside the hours of a site's load.</summary>
    /// <param name="plan">The plan; one that can be held.</param>
    /// <param name="hours">The hours, from <paramref name="from"/> on.</param>
    /// <param name="zone">The zone whose days are meant.</param>
    /// <param name="from">From when on.</param>
    public ExitCourse CourseOf(ExitPlan plan, IReadOnlyDictionary<DateTimeOffset, decimal> hours, TimeZoneInfo zone, DateTimeOffset from)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(hours);
        ArgumentNullException.ThrowIfNull(zone);
        return ExitCourse.Of(plan, hours, zone, from, desk.Now());
    }

    /// <summary>Looks at every exit plan in force and records where its status changed: an event of the case, and one for outside. Says how many changed.</summary>
    public async Task<int> CheckExitPlansAsync(Func<string, IReadOnlyCollection<MeterInstallation>> metersOf, ReadingsOf readings, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(metersOf);
        var plans = await desk.Store.ReadAsync(
            async (reader, stop) =>
            {
                var found = new List<(Measure Plan, IReadOnlyList<string> Sites)>();
                foreach (var number in await reader.CasesWithAsync(CaseEventKind.Measure, stop))
                {
                    var events = await reader.EventsOfAsync(number, stop);
                    found.AddRange(MeasureBook.Of(events, desk.Now()).Where(m => m is { Kind: MeasureKind.ExitPlan, State: MeasureState.InForce }).Select(m => (m, Merging.SitesOf(m.Site, events))));
                }

                return found;
            },
            cancel);
        var changed = 0;
        foreach (var (plan, sites) in plans)
        {
            var report = await ExitAsync(plan.ExitPlan!, [.. sites.SelectMany(metersOf).Distinct()], readings, cancel);
            if (report.Status != plan.ExitStatus && (report.Status != ExitStatus.Unknown || plan.ExitStatus is not null))
            {
                changed += await desk.NoticeAsync((writer, recorder, stop) => RecordCheckAsync(writer, recorder, plan, report, stop), cancel) ? 1 : 0;
            }
        }

        return changed;
    }

    private static async Task<bool> RecordCheckAsync(ICaseWriter store, Recorder recorder, Measure plan, ExitReport report, CancellationToken cancel)
    {
        var record = (await store.CaseAsync(CaseRecord.NumberOf(plan.CaseId)!.Value, cancel))!;
        var data = MeasureBook.Step(plan.Number);
        data["status"] = JsonSerializer.SerializeToNode(report.Status, FindingJson.Options);
        data["report"] = JsonSerializer.SerializeToNode(report, FindingJson.Options);
        var after = record with { Changed = recorder.Now };
        await recorder.ChangeAsync(
            after, recorder.Happened(after, CaseEventKind.Measure) with { Verb = "check", Before = record.State, Data = data.ToJsonString(FindingJson.Options) }, cancel);
        return true;
    }

    private static Task<long> RecordAsync(Recorder recorder, CaseRecord record, string verb, Actor actor, string? note, JsonObject data, CancellationToken cancel)
    {
        var after = record with { Changed = recorder.Now };
        return recorder.ChangeAsync(
            after,
            recorder.Happened(after, CaseEventKind.Measure) with
            {
                Verb = verb,
                Before = record.State,
                Actor = actor.Name,
                Role = actor.Role,
                Why = note,
                Data = data.ToJsonString(FindingJson.Options),
            },
            cancel);
    }

    private async Task<(MoveOutcome Outcome, BothTexts Text, CaseRecord? Record)> ProposeAsync(
        ICaseWriter store, Recorder recorder, string caseId, MeasureProposal proposal, Actor actor, CancellationToken cancel)
    {
        if (CaseRecord.NumberOf(caseId) is not { } number || await store.CaseAsync(number, cancel) is not { } record)
        {
            return (MoveOutcome.NotFound, MoveText.UnknownCase(caseId), null);
        }

        if (!Proposers.Contains(actor.Role))
        {
            return (MoveOutcome.Forbidden, MoveText.WrongRole("propose", actor.Role), record);
        }

        if (proposal.Kind == MeasureKind.ExitPlan != (proposal.ExitPlan is not null))
        {
            return (MoveOutcome.Invalid, MeasureText.BadPlan, record);
        }

        if (proposal.ExitPlan is { } plan && ExitPlanFault.Of(plan).FirstOrDefault() is { } fault)
        {
            return (MoveOutcome.Invalid, MeasureText.BadPlanAt(fault), record);
        }

        var rule = Options.RuleOf(proposal.Kind, proposal.Region, recorder.Now);
        var measures = MeasureBook.Of(await store.EventsOfAsync(number, cancel), recorder.Now);
        if (MeasureProposals.Refusal(record.Summary(), proposal.Kind, proposal.EvidenceVersion, proposal.Region, rule, measures) is { } refusal)
        {
            return (refusal.Outcome, refusal.Text, record);
        }

        var next = measures.Count == 0 ? 1 : measures[^1].Number + 1;
        await RecordAsync(recorder, record, "propose", actor, proposal.Note, MeasureBook.Proposal(next, proposal, rule!), cancel);
        return (MoveOutcome.Proposed, MeasureText.Proposed(next), record);
    }

    private async Task<(MoveOutcome Outcome, BothTexts Text, CaseRecord? Record)> StepAsync(
        ICaseWriter store, Recorder recorder, StepRequest request, CancellationToken cancel)
    {
        if (CaseRecord.NumberOf(request.CaseId) is not { } number || await store.CaseAsync(number, cancel) is not { } record)
        {
            return (MoveOutcome.NotFound, MoveText.UnknownCase(request.CaseId), null);
        }

        if (MeasureBook.Of(await store.EventsOfAsync(number, cancel), recorder.Now).FirstOrDefault(m => m.Number == request.Number) is not { } measure)
        {
            return (MoveOutcome.NotFound, MeasureText.NoSuchMeasure(request.Number), record);
        }

        var data = MeasureBook.Step(measure.Number);
        if (MeasureSteps.Refusal(record.Summary(), measure, request.Verb, request.EvidenceVersion, request.Actor, recorder.Now) is { } refusal)
        {
            if (refusal.Voids)
            {
                await RecordAsync(recorder, record, "void", request.Actor, refusal.Text.English, data, cancel);
            }

            return (refusal.Outcome, refusal.Text, record);
        }

        var verb = MeasureSteps.Find(request.Verb)!.Verb;
        var rule = Options.RuleOf(measure.Kind, measure.Region, recorder.Now);
        if (verb is "notify" or "enter")
        {
            if (rule is null)
            {
                return (MoveOutcome.NotLegal, MeasureText.NoBasis(measure.Kind, measure.Region), record);
            }

            data[verb == "notify" ? "objection_until" : "expires"] = UtcText.Write(recorder.Now + (verb == "notify" ? rule.ObjectionPeriod : rule.Term));
        }

        await RecordAsync(recorder, record, verb, request.Actor, request.Note, data, cancel);
        var after = MeasureBook.Of(await store.EventsOfAsync(number, cancel), recorder.Now).First(m => m.Number == measure.Number);
        return (MoveOutcome.Recorded, MeasureText.Stepped(after.Number, after.State), record with { Changed = recorder.Now });
    }

    private sealed record StepRequest(string CaseId, int Number, string Verb, long EvidenceVersion, Actor Actor, string? Note);
}
