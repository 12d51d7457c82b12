// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using System.Net.Mime;
using System.Text;
using Detector.Access;
using Detector.Pipeline;
using Detector.Web.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace Detector.Web.Api;

/// <summary>The register of meters and sites: as a list, as a file, and replaced by a new one.</summary>
internal static class RegistryApi
{
    private const long LongestBytes = 256 << 20; // a million meters and more
    private const int MostRows = 10_000;

    /// <summary>Maps the calls.</summary>
    internal static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/registry", List)
            .WithName("GetRegistry")
            .WithTags("Registry")
            .WithSummary("The register: a row for each meter and time")
            .WithDescription("By meter, oldest row first; `after` is the last meter of the page before. `as_of` gives the row of each meter that was in service then, without it rows of all times. `format=csv` gives all of it as the sites file. `ETag` is the version in force, for `If-Match` of a change.")
            .Produces<RegistrationView[]>()
            .ProducesProblem(StatusCodes.Status400BadRequest);
        api.MapGet("/registry/versions", Versions)
            .WithName("ListRegistryVersions")
            .WithTags("Registry")
            .WithSummary("Every register that was in force, newest first")
            .WithMetadata(new OfEveryRegion("Versions of the register are of every region"))
            .ProducesProblem(StatusCodes.Status403Forbidden);
        api.MapPut("/registry", PutAsync)
            .RequireAuthorization(Policies.SignedIn)
            .WithName("PutRegistry")
            .WithTags("Registry")
            .WithSummary("Put a new register in force, whole")
            .WithDescription("The body is the sites file, as `text/csv`. What is faulty is named by line and column, and nothing is changed (422). `try_only=true` says what would change. For administrators.")
            .Accepts<string>(MediaTypeNames.Text.Csv)
            .WithMetadata(new BodyLimit(LongestBytes))
            .Produces<RegistryAnswerView>()
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status412PreconditionFailed)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
    }

    private static IResult List(
        RegistryHolder registry, RegisterFile file, HttpContext context, string? as_of = null, string? after = null, string? format = null, int limit = MostRows)
    {
        if (!Moments.TryParse(as_of, out var moment) || format is not (null or "json" or "csv") || limit is < 1 or > MostRows)
        {
            return Problems.BadRequest(string.Create(CultureInfo.InvariantCulture, $"as_of must be an ISO 8601 time with zone, or Unix seconds; format json or csv; limit from 1 to {MostRows}."));
        }

        var scope = Principals.ActorOf(context.User)?.Scope;
        var rows = (moment is { } at ? registry.Current.At(at).Meters : registry.Current.Rows).Where(row => scope?.Covers(row.Region, row.Feeder) != false)
            .OrderBy(row => row.Meter.Value, StringComparer.Ordinal).ThenBy(row => row.Valid.From);
        if (file.Version is { } version)
        {
            context.Response.Headers.ETag = $"\"{version.Sha256}\"";
        }

        if (format == "csv")
        {
            using var text = new StringWriter(CultureInfo.InvariantCulture);
            RegisterFile.Write(text, rows);
            return TypedResults.File(Encoding.UTF8.GetBytes(text.ToString()), "text/csv; charset=utf-8", "sites.csv");
        }

        // Rows of one meter stay together on a page.
        var page = rows.Where(row => string.CompareOrdinal(row.Meter.Value, after) > 0).GroupBy(row => row.Meter).Take(limit + 1).ToArray();
        if (page.Length > limit)
        {
            Pages.Next(context, page[limit - 1].Key.Value);
        }

        return TypedResults.Ok(page.Take(limit).SelectMany(own => own).Select(RegistrationView.Of).ToArray());
    }

    private static Ok<RegisterVersion[]> Versions(RegisterFile file) => TypedResults.Ok(file.Versions.Reverse().ToArray());

    private static async Task<IResult> PutAsync(RegisterFile file, HttpContext context, CancellationToken cancel, bool try_only = false)
    {
        if (Principals.ActorOf(context.User) is not { Role: Role.Admin, Scope: null } actor)
        {
            return Problems.Forbidden("The register is changed by an administrator of all regions.");
        }

        try
        {
            var answer = await file.PutAsync(context.Request.Body, actor.Name, Expected(context), try_only, cancel);
            if (answer.Version is { } version)
            {
                context.Response.Headers.ETag = $"\"{version.Sha256}\"";
            }

            return answer switch
            {
                { Faults: { Count: > 0 } faults } => Problems.Unprocessable($"The register before holds on. {string.Join(' ', faults.Take(RegisterChange.MostNamed))}"),
                { Change: { } change } => TypedResults.Ok(new RegistryAnswerView(try_only, change.Added, change.Removed, change.Moved, change.Changed, change.Meters, answer.Version)),
                _ => Problems.OtherVersion("Another register is in force than the one named in If-Match: look at what it says, and put yours again."),
            };
        }
        catch (Exception refused) when (refused is UnauthorizedAccessException or (IOException and not BadHttpRequestException))
        {
            return Problems.Unavailable("The register's file cannot be written; the register before holds on. The log of the service says more.");
        }
    }

    private static string? Expected(HttpContext context) =>
        context.Request.GetTypedHeaders().IfMatch is { Count: > 0 } tags && tags[0] != EntityTagHeaderValue.Any ? tags[0].Tag.Value!.Trim('"') : null;
}

/// <summary>What a new register changed, or would.</summary>
/// <param name="TryOnly">Whether nothing was changed yet.</param>
/// <param name="Added">Meters that were not registered.</param>
/// <param name="Removed">Meters that are registered no more.</param>
/// <param name="Moved">Meters at another site.</param>
/// <param name="Changed">Meters of which anything else differs.</param>
/// <param name="Meters">The first hundred of them, by name.</param>
/// <param name="Version">The version in force.</param>
internal sealed record RegistryAnswerView(bool TryOnly, int Added, int Removed, int Moved, int Changed, IReadOnlyList<MeterChange> Meters, RegisterVersion? Version);
