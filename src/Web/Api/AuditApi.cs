// SPDX-License-Identifier: Apache-2.0
using Detector.Cases;
using Detector.Cases.Audit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Detector.Web.Api;

/// <summary><c>GET /audit/verify</c>: the state of the audit chain.</summary>
internal static class AuditApi
{
    /// <summary>Maps the call.</summary>
    internal static void Map(RouteGroupBuilder api) => api.MapGet("/audit/verify", VerifyAsync)
        .WithName("VerifyAudit")
        .WithTags("Audit")
        .WithSummary("Verify the audit chain from its first link")
        .WithDescription("Reads every link and what it speaks of; the answer names the first fault, where there is one. `head` is an anchor: keep it elsewhere, and give it later as `sequence` and `hash`.")
        .ProducesProblem(StatusCodes.Status400BadRequest);

    private static async Task<Results<Ok<AuditState>, ProblemHttpResult>> VerifyAsync(CaseDesk desk, CancellationToken cancel, long? sequence = null, string? hash = null) =>
        sequence is null && hash is null ? TypedResults.Ok(await desk.VerifyAuditAsync(anchor: null, cancel))
        : sequence > 0 && hash is { Length: 64 } ? TypedResults.Ok(await desk.VerifyAuditAsync(new AuditAnchor(sequence.Value, hash.ToLowerInvariant()), cancel))
        : Problems.BadRequest("An anchor is a sequence from 1 on and a hash of 64 hexadecimal digits, both.");
}
