// SPDX-License-Identifier: Apache-2.0
using System.Text;
using Detector.Cases.Lists;
using Detector.Pipeline;
using Detector.Web.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Detector.Web.Api;

/// <summary><c>/lists</c>: the project list and the coverage report, as known at a moment.</summary>
internal static class ListsApi
{
    private const string About = "As known at `as_of`, now by default: the same moment gives the same list for ever, save what the register says of a site, which is what it says now. `region` and `feeder` choose sites; `format=csv` or `xlsx` for a file in which nothing runs as a formula, `pdf` for one to print (at most 10,000 rows).";

    /// <summary>Maps the calls.</summary>
    internal static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/lists/projects", ProjectsAsync).WithName("ListProjects").WithTags("Lists").WithSummary("Every case that is neither refuted nor closed").WithDescription(About)
            .ProducesProblem(StatusCodes.Status400BadRequest);
        api.MapGet("/lists/coverage", CoverageAsync).WithName("ListCoverage").WithTags("Lists").WithSummary("What was screened, what could not be, and why").WithDescription(About)
            .ProducesProblem(StatusCodes.Status400BadRequest);
    }

    private static async Task<IResult> ProjectsAsync(
        ListDesk lists, RegistryHolder registry, TimeProvider time, HttpContext context, CancellationToken cancel, string? as_of = null, string? region = null, string? feeder = null, string? format = null)
    {
        if (Fault(as_of, format, out var asOf) is { } fault)
        {
            return fault;
        }

        var sees = Scopes.Sites(context, registry);
        var rows = (await lists.ProjectsAsync(registry.Current, asOf, cancel)).Where(r => IsIn(r.Site, region, feeder) && sees(r.Site.Site)).ToArray();
        return await AnswerAsync(rows, ListTables.Of(rows), () => ListPdf.Of(rows, asOf ?? time.GetUtcNow()), format, cancel);
    }

    private static async Task<IResult> CoverageAsync(
        ListDesk lists, RegistryHolder registry, TimeProvider time, HttpContext context, CancellationToken cancel, string? as_of = null, string? region = null, string? feeder = null, string? format = null)
    {
        if (Fault(as_of, format, out var asOf) is { } fault)
        {
            return fault;
        }

        var sees = Scopes.Sites(context, registry);
        var rows = (await lists.CoverageAsync(registry.Current, asOf, cancel)).Where(r => IsIn(r.Site, region, feeder) && sees(r.Site.Site)).ToArray();
        return await AnswerAsync(rows, ListTables.Of(rows), () => ListPdf.Of(rows, asOf ?? time.GetUtcNow()), format, cancel);
    }

    private static bool IsIn(SitePlace place, string? region, string? feeder) =>
        (region is null || string.Equals(place.Region, region, StringComparison.OrdinalIgnoreCase)) && (feeder is null || string.Equals(place.Feeder, feeder, StringComparison.OrdinalIgnoreCase));

    private static ProblemHttpResult? Fault(string? text, string? format, out DateTimeOffset? asOf) =>
        Moments.TryParse(text, out asOf) && format is null or "json" or "csv" or "xlsx" or "pdf" ? null : Problems.BadRequest("as_of must be an ISO 8601 time with zone, or Unix seconds; format json, csv, xlsx or pdf.");

    private static async Task<IResult> AnswerAsync<T>(T[] rows, ListTable table, Func<byte[]> print, string? format, CancellationToken cancel)
    {
        switch (format)
        {
            case "csv":
                return TypedResults.File(Encoding.UTF8.GetBytes(ListCsv.Of(table)), "text/csv; charset=utf-8", $"{table.Name}.csv");
            case "xlsx":
                using (var file = new MemoryStream())
                {
                    await ListXlsx.WriteAsync(table, file, cancel);
                    return TypedResults.File(file.ToArray(), ListXlsx.MediaType, $"{table.Name}.xlsx");
                }

            case "pdf":
                try
                {
                    return TypedResults.File(print(), ListPdf.MediaType, $"{table.Name}.pdf");
                }
                catch (ListTooLongException tooLong)
                {
                    return Problems.BadRequest(tooLong.Message);
                }

            default:
                return TypedResults.Ok(rows);
        }
    }
}
