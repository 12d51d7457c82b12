// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using System.Text;
using Detector.Cases.Lists;
using Detector.Metering;
using Detector.Pipeline;
using Detector.Web.Security;
using Detector.Web.Text;
using Detector.Web.Views;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Detector.Web.Api;

/// <summary><c>GET /fleet.csv</c>: the fleet as a spreadsheet, with the filters of the console's address.</summary>
internal static class FleetCsv
{
    private const string MediaType = "text/csv";

    private const NumberStyles PlainNumber = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    private static readonly string[] Columns =
    [
        "site", "name", "declared_use", "verdict", "probability", "p_value", "share_low", "share_likely", "share_high", "onset", "coverage",
        "contracted_kw", "region", "feeder", "owner", "meters", "case", "judged", "missing", "model",
    ];

    /// <summary>Maps the call.</summary>
    internal static void Map(RouteGroupBuilder api) => api.MapGet("/fleet.csv", ExportAsync)
        .WithName("ExportFleet")
        .WithTags("Sites")
        .WithSummary("The fleet as CSV")
        .WithDescription("UTF-8 with byte order mark, one row a site. `verdict`, `q`, `use`, `region`, `feeder`, `owner`, `missing` and `sort` are those of the console's address. A cell that a spreadsheet would take for a formula begins with an apostrophe.")
        .Produces(StatusCodes.Status200OK, contentType: MediaType)
        .ProducesProblem(StatusCodes.Status400BadRequest);

    private static async Task<Results<PushStreamHttpResult, ProblemHttpResult>> ExportAsync(
        HttpContext context, SiteDirectory sites, FleetSelections selections, RegistryHolder registry, CancellationToken cancel, string? verdict = null, string? q = null, string? use = null,
        string? region = null, string? feeder = null, string? owner = null, string? missing = null, string? sort = null)
    {
        var query = new FleetQuery(verdict, q, use, region, feeder, owner, missing, sort);
        if (query.Fault() is { } fault)
        {
            return Problems.BadRequest(fault);
        }

        var sees = Scopes.Sites(context, registry);
        IReadOnlyList<SiteSummary> rows = [.. selections.Of(await sites.ListAsync(cancel), query).Shown.Where(s => sees(s.Site))];
        return TypedResults.Stream(stream => WriteAsync(rows, stream, cancel), MediaType + "; charset=utf-8", "fleet.csv");
    }

    private static async Task WriteAsync(IReadOnlyList<SiteSummary> rows, Stream stream, CancellationToken cancel)
    {
        await using var text = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true) { NewLine = "\r\n" };
        await text.WriteLineAsync(string.Join(',', Columns).AsMemory(), cancel);
        foreach (var site in rows)
        {
            await text.WriteLineAsync(string.Join(',', Cells(site).Select(Quote)).AsMemory(), cancel);
        }
    }

    private static IEnumerable<string?> Cells(SiteSummary site) =>
    [
        site.Site, site.Name, site.DeclaredUse.Name(), Attention.FilterOf(site), Number(site.Probability), Number(site.PValue), Number(site.Share?.Low),
        Number(site.Share?.Likely), Number(site.Share?.High), site.Onset is { } onset ? UtcText.Write(onset.Likely) : null, Number(site.Coverage),
        Number(site.ContractedKw), site.Region, site.Feeder, site.Owner, string.Join(' ', site.Meters), site.Case,
        site.Judged is { } judged ? UtcText.Write(judged) : null, string.Join(" | ", site.Missing.Select(m => Cultures.Choose(m.Text, m.TextZh))), site.Model,
    ];

    private static string? Number(double? value) => value?.ToString("0.######", CultureInfo.InvariantCulture);

    /// <summary>A cell; text of a stranger must not become a formula on an inspector's desk, and a number below zero is none.</summary>
    internal static string Quote(string? cell) => cell is null || double.TryParse(cell, PlainNumber, CultureInfo.InvariantCulture, out _)
        ? cell ?? string.Empty
        : CsvText.Cell(cell);
}
