// SPDX-License-Identifier: Apache-2.0
using System.Net.Mime;
using Detector.Cases.Attachments;
using Detector.Web.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Detector.Web.Api;

/// <summary>Files of a case.</summary>
internal static class AttachmentsApi
{
    /// <summary>Maps the calls.</summary>
    internal static void Map(RouteGroupBuilder api, int longestBytes)
    {
        api.MapGet("/cases/{id}/attachments", ListAsync).WithName("ListAttachments").WithTags("Attachments").WithSummary("Files of a case")
            .ProducesProblem(StatusCodes.Status404NotFound);
        api.MapGet("/cases/{id}/attachments/{sequence:long}", GetAsync)
            .WithName("GetAttachment")
            .WithTags("Attachments")
            .WithSummary("The content of a file")
            .WithDescription("Always to be saved, never to be shown in place; with the type that its content has. The SHA-256 is checked each time.")
            .Produces(StatusCodes.Status200OK, contentType: MediaTypeNames.Application.Octet)
            .ProducesProblem(StatusCodes.Status404NotFound);
        api.MapPost("/cases/{id}/attachments", AttachAsync)
            .RequireAuthorization(Policies.SignedIn)
            .WithName("AttachFile")
            .WithTags("Attachments")
            .WithSummary("Attach a file to a case")
            .WithDescription("The body is the file, as `application/octet-stream`; `name` ends as its type does: PDF, PNG, JPEG, or text in UTF-8 (.txt, .csv). The type is read from the content. The same file under the same name is kept once. For operators, supervisors and analysts.")
            .Accepts<byte[]>(MediaTypeNames.Application.Octet)
            .WithMetadata(new BodyLimit(longestBytes))
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .ChangesCase();
    }

    private static async Task<Results<Ok<IReadOnlyList<Attachment>>, ProblemHttpResult>> ListAsync(string id, AttachmentDesk attachments, CancellationToken cancel) =>
        await attachments.OfAsync(id, cancel) is { } found ? TypedResults.Ok(found) : Problems.NotFound($"There is no case '{id}'.");

    private static async Task<IResult> GetAsync(string id, long sequence, AttachmentDesk attachments, HttpContext context, CancellationToken cancel)
    {
        if (await attachments.ReadAsync(id, sequence, cancel) is not var (attachment, content))
        {
            return Problems.NotFound($"There is no attachment {sequence} of a case '{id}'.");
        }

        // nosniff is on every answer; this one is somebody's file and may do nothing even where it is opened all the same.
        context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        context.Response.Headers.CacheControl = "private, no-cache";
        context.Response.Headers.ETag = $"\"{attachment.Sha256}\"";
        context.Response.Headers["Cross-Origin-Resource-Policy"] = "same-origin";
        var type = attachment.Type.StartsWith("text/", StringComparison.Ordinal) ? attachment.Type + "; charset=utf-8" : attachment.Type;
        return TypedResults.Bytes(content, type, fileDownloadName: attachment.Name);
    }

    private static async Task<IResult> AttachAsync(
        string id, AttachmentDesk attachments, HttpContext context, CancellationToken cancel, string? name = null, string? note = null)
    {
        var actor = Principals.RequireActor(context);
        using var content = new MemoryStream();
        await context.Request.Body.CopyToAsync(content, cancel);
        return ChangeAnswers.Of(await attachments.AttachAsync(id, name ?? string.Empty, content.ToArray(), actor, note, cancel), actor);
    }
}
