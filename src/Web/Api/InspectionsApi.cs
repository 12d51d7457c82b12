// SPDX-License-Identifier: Apache-2.0
using System.Text;
using Detector.Cases;
using Detector.Cases.Inspections;
using Detector.Cases.Lists;
using Detector.Pipeline;
using Detector.Web.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Detector.Web.Api;

/// <summary>Reports of inspections, and the labels they give.</summary>
internal static class InspectionsApi
{
    /// <summary>Maps the calls.</summary>
    internal static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/cases/{id}/inspections", ListAsync).WithName("ListInspections").WithTags("Inspections").WithSummary("Reports of inspections of a case")
            .ProducesProblem(StatusCodes.Status404NotFound);
        api.MapGet("/cases/{id}/inspection-order", OrderAsync).WithName("GetInspectionOrder").WithTags("Inspections").WithSummary("What a crew takes to the site")
            .WithDescription("Sites, meters, reasons, and `report`: the file to fill in at the site, without a connection, and to bring in later. 422 unless an inspection is ordered.")
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        api.MapPost("/cases/{id}/inspections", ReportAsync)
            .RequireAuthorization(Policies.SignedIn)
            .WithName("ReportInspection")
            .WithTags("Inspections")
            .WithSummary("Bring in the report of an inspection")
            .WithDescription("The body is the file that the crew wrote at the site. `reference` is unique for it: brought in twice it is kept once. It moves nothing; people decide on it.")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ChangesCase();
        api.MapGet("/labels", LabelsAsync).WithName("ListLabels").WithTags("Inspections").WithSummary("Labels with an inspection's provenance")
            .WithDescription("From decided cases only, never from a score. `format=csv` gives a labels file with the provenance of each.")
            .ProducesProblem(StatusCodes.Status400BadRequest);
    }

    private static async Task<Results<Ok<KeptInspection[]>, ProblemHttpResult>> ListAsync(string id, InspectionDesk inspections, CancellationToken cancel) =>
        await inspections.OfAsync(id, cancel) is { } found ? TypedResults.Ok(found.ToArray()) : Problems.NotFound($"There is no case '{id}'.");

    private static async Task<Results<Ok<InspectionOrder>, ProblemHttpResult>> OrderAsync(string id, InspectionDesk inspections, RegistryHolder registry, CancellationToken cancel) =>
        await inspections.OrderAsync(id, registry.Current, cancel) switch
        {
            (null, _) => Problems.NotFound($"There is no case '{id}'."),
            (_, { } order) => TypedResults.Ok(order),
            ({ } state, null) => Problems.Unprocessable($"No inspection is ordered: the case is {state.Name()}. Order one by start-inspection."),
        };

    private static async Task<IResult> ReportAsync(
        string id, InspectionReport report, InspectionDesk inspections, HttpContext context, CancellationToken cancel)
    {
        var actor = Principals.RequireActor(context);
        return ChangeAnswers.Of(await inspections.ReportAsync(id, report with { Inspected = report.Inspected.ToUniversalTime() }, actor, note: null, cancel), actor);
    }

    private static async Task<IResult> LabelsAsync(InspectionDesk inspections, RegistryHolder registry, HttpContext context, CancellationToken cancel, string? format = null)
    {
        if (format is not (null or "json" or "csv"))
        {
            return Problems.BadRequest("format must be json or csv.");
        }

        var sees = Scopes.Sites(context, registry);
        var labels = (await inspections.LabelsAsync(cancel)).Where(l => sees(l.Site)).ToArray();
        return format == "csv" ? TypedResults.File(Encoding.UTF8.GetBytes(ListCsv.Of(labels)), "text/csv; charset=utf-8", "labels.csv") : TypedResults.Ok(labels);
    }
}
