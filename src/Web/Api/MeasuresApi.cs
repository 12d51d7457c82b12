// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using System.Text;
using Detector.Cases;
using Detector.Cases.Lists;
using Detector.Cases.Measures;
using Detector.Metering;
using Detector.Pipeline;
using Detector.Timeline;
using Detector.Web.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Detector.Web.Api;

/// <summary>Measures of a case: proposals, steps, surcharge, exit plan, credit register.</summary>
internal static class MeasuresApi
{
    /// <summary>Maps the calls.</summary>
    internal static void Map(RouteGroupBuilder api)
    {
        Read(api.MapGet("/cases/{id}/measures", ListAsync), "ListMeasures", "Measures of a case, and whether it is stock or incremental");
        Change(api.MapPost("/cases/{id}/measures", ProposeAsync), "ProposeMeasure", "Propose a measure")
            .WithDescription("`kind` is `restrict_connection`, `differential_price`, `market_exclusion`, `credit_event`, `stop_support` or `exit_plan` (with `exit_plan`: ceilings in kW by date, and a tolerance). A supervisor other than the proposer approves it. 422: no confirmed case, no legal basis in force, or one of the kind is there already.");
        Change(api.MapPost("/cases/{id}/measures/{number}/transitions", StepAsync), "StepMeasure", "Take the next step of a measure")
            .WithDescription("Verbs: `approve`, `notify`, `enter`, `object`, `suspend`, `resume`, `uphold-objection`, `repair`, `withdraw`; the table is in docs/measures.md.");
        Read(api.MapGet("/cases/{id}/surcharge", SurchargeAsync), "GetSurcharge", "The surcharge of a case by month, tariff period and rate")
            .WithDescription("Low, likely and high, because the onset is an interval. `until` is now by default. 422 where the evidence has no onset.")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        Read(api.MapGet("/cases/{id}/surcharge/readings", TraceAsync), "GetSurchargeReadings", "Every stretch of energy that the surcharge counts, with its reading, as CSV")
            .Produces<string>(StatusCodes.Status200OK, "text/csv");
        Read(api.MapGet("/cases/{id}/measures/{number}/exit", ExitAsync), "GetExitReport", "An exit plan held against the readings now");
        api.MapGet("/credit-register", RegisterAsync)
            .WithName("GetCreditRegister")
            .WithTags("Measures")
            .WithSummary("Credit events that were entered in the register")
            .WithDescription("As known at `as_of`, now by default; `format=csv` for a file.")
            .ProducesProblem(StatusCodes.Status400BadRequest);
    }

    /// <summary>Meters of the sites that a case stands for, each while it was there, and the region of its own.</summary>
    internal static (IReadOnlyCollection<MeterInstallation> Meters, string? Region) SiteOf(RegistryHolder registry, CaseDetail found) =>
        ([.. found.Sites.SelectMany(site => registry.Current.OuterMetersOf(site, [.. found.Evidence.Where(e => e.Finding.Site == site).Select(e => e.Finding.Meter).Distinct()])).Distinct()],
         registry.Current.MetersOf(found.Summary.Site).Select(m => m.Region).FirstOrDefault(r => !string.IsNullOrEmpty(r)));

    private static RouteHandlerBuilder Read(RouteHandlerBuilder call, string name, string summary) => call
        .WithName(name).WithTags("Measures").WithSummary(summary).ProducesProblem(StatusCodes.Status404NotFound);

    private static RouteHandlerBuilder Change(RouteHandlerBuilder call, string name, string summary) => Read(call, name, summary)
        .RequireAuthorization(Policies.SignedIn)
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ChangesCase();

    private static async Task<Results<Ok<MeasuresView>, ProblemHttpResult>> ListAsync(string id, CaseDesk desk, MeasureDesk measures, CancellationToken cancel) =>
        await desk.GetAsync(id, cancel) is { } found
            ? TypedResults.Ok(new MeasuresView(measures.CategoryOf(found.Summary), await measures.OfAsync(id, cancel) ?? []))
            : NoCase(id);

    private static async Task<IResult> ProposeAsync(
        string id, MeasureRequest request, CaseDesk desk, MeasureDesk measures, RegistryHolder registry, HttpContext context, CancellationToken cancel)
    {
        if (!MeasureNames.TryParse(request.Kind, out var kind) || request.EvidenceVersion is not { } version)
        {
            return Problems.BadRequest($"evidence_version is needed, and kind, one of {string.Join(", ", MeasureNames.Kinds.Select(k => k.Name()))}.");
        }

        if (request.ExitPlan is { } asked && (asked.Ceilings is null || asked.Ceilings.Any(c => c is null)))
        {
            return Problems.BadRequest("exit_plan.ceilings must be a list of { from, kilowatts }.");
        }

        var actor = Principals.RequireActor(context);
        if (await desk.GetAsync(id, cancel) is not { } found)
        {
            return NoCase(id);
        }

        var plan = request.ExitPlan is { } terms ? new ExitPlan([.. terms.Ceilings!.Select(c => new ExitCeiling(c!.From.ToUniversalTime(), c.Kilowatts))], terms.Tolerance ?? 0) : null;
        var proposal = new MeasureProposal(kind, version, SiteOf(registry, found).Region, plan, request.Note);
        return ChangeAnswers.Of(await measures.ProposeAsync(id, proposal, actor, cancel), actor);
    }

    private static async Task<IResult> StepAsync(
        string id, int number, TransitionRequest request, MeasureDesk measures, HttpContext context, CancellationToken cancel)
    {
        if (string.IsNullOrWhiteSpace(request.Verb) || request.EvidenceVersion is not { } version)
        {
            return Problems.BadRequest("verb and evidence_version are needed.");
        }

        var actor = Principals.RequireActor(context);
        return ChangeAnswers.Of(await measures.StepAsync(id, number, request.Verb, version, actor, request.Note, cancel), actor);
    }

    private static async Task<Results<Ok<SurchargeStatement>, ProblemHttpResult>> SurchargeAsync(
        string id, CaseDesk desk, MeasureDesk measures, RegistryHolder registry, ITimeline timeline, CancellationToken cancel, string? until = null)
    {
        if (!Moments.TryParse(until, out var end))
        {
            return Problems.BadRequest("until must be an ISO 8601 time with zone, or Unix seconds.");
        }

        if (await desk.GetAsync(id, cancel) is not { } found)
        {
            return NoCase(id);
        }

        var (meters, region) = SiteOf(registry, found);
        return await measures.SurchargeAsync(found.Summary, meters, region, timeline.ReadAsync, end, trace: null, cancel) is { } statement
            ? TypedResults.Ok(statement)
            : NoOnset();
    }

    private static async Task<IResult> TraceAsync(
        string id, CaseDesk desk, MeasureDesk measures, RegistryHolder registry, ITimeline timeline, CancellationToken cancel, string? until = null)
    {
        if (!Moments.TryParse(until, out var end))
        {
            return Problems.BadRequest("until must be an ISO 8601 time with zone, or Unix seconds.");
        }

        if (await desk.GetAsync(id, cancel) is not { } found)
        {
            return NoCase(id);
        }

        var csv = new StringBuilder(SurchargeCsv.Head);
        var (meters, region) = SiteOf(registry, found);
        var statement = await measures.SurchargeAsync(
            found.Summary,
            meters,
            region,
            timeline.ReadAsync,
            end,
            t => csv.Append(SurchargeCsv.Line(t)),
            cancel);
        return statement is null ? NoOnset() : File(csv.ToString(), $"surcharge-{id}.csv");
    }

    private static async Task<Results<Ok<ExitReport>, ProblemHttpResult>> ExitAsync(
        string id, int number, CaseDesk desk, MeasureDesk measures, RegistryHolder registry, ITimeline timeline, CancellationToken cancel)
    {
        if (await desk.GetAsync(id, cancel) is not { } found)
        {
            return NoCase(id);
        }

        return (await measures.OfAsync(id, cancel))!.FirstOrDefault(m => m.Number == number)?.ExitPlan is { } plan
            ? TypedResults.Ok(await measures.ExitAsync(plan, SiteOf(registry, found).Meters, timeline.ReadAsync, cancel))
            : Problems.NotFound(string.Create(CultureInfo.InvariantCulture, $"The case has no exit plan {number}."));
    }

    private static async Task<IResult> RegisterAsync(MeasureDesk measures, RegistryHolder registry, HttpContext context, CancellationToken cancel, string? as_of = null, string? format = null)
    {
        if (!Moments.TryParse(as_of, out var asOf) || format is not (null or "json" or "csv"))
        {
            return Problems.BadRequest("as_of must be an ISO 8601 time with zone, or Unix seconds; format json or csv.");
        }

        var sees = Scopes.Sites(context, registry);
        var entries = (await measures.RegisterAsync(asOf, cancel)).Where(e => sees(e.Site)).ToList();
        if (format != "csv")
        {
            return TypedResults.Ok(entries.ToArray());
        }

        var csv = new StringBuilder(CsvText.Line("site", "case", "measure", "state", "entered_utc", "expires_utc", "ended_utc", "ended_by", "proposed_by", "approved_by", "basis", "basis_zh"));
        foreach (var e in entries)
        {
            csv.Append(CsvText.Line(e.Site, e.CaseId, e.Number, e.State.Name(), e.EnteredAt, e.Expires, e.EndedAt, e.EndedBy, e.ProposedBy, e.ApprovedBy, e.Basis, e.BasisZh));
        }

        return File(csv.ToString(), "credit-register.csv");
    }

    private static FileContentHttpResult File(string csv, string name) => TypedResults.File(Encoding.UTF8.GetBytes(csv), "text/csv; charset=utf-8", name);

    private static ProblemHttpResult NoCase(string id) => Problems.NotFound($"There is no case '{id}'.");

    private static ProblemHttpResult NoOnset() => Problems.Unprocessable("The case's evidence has no onset, so nothing can be counted from it.");
}

/// <summary>Measures of a case; <c>category</c> is <c>stock</c>, <c>incremental</c> or <c>undecided</c>.</summary>
internal sealed record MeasuresView(ProjectCategory Category, IReadOnlyList<Measure> Measures);

/// <summary>A measure that somebody proposes.</summary>
internal sealed record MeasureRequest(string? Kind, long? EvidenceVersion, string? Note, ExitPlanRequest? ExitPlan);

/// <summary>Ceilings in kW by date, none above the one before; tolerance as a share.</summary>
internal sealed record ExitPlanRequest(IReadOnlyList<ExitCeilingRequest?>? Ceilings, decimal? Tolerance);

/// <summary>A ceiling from a time on.</summary>
internal sealed record ExitCeilingRequest(DateTimeOffset From, decimal Kilowatts);
