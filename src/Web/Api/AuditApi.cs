// SPDX-License-Identifier: Apache-2.0
using Detector.Cases;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Detector.Web.Api;

/// <summary><c>GET /audit/verify</c>: the state of the audit chain.</summary>
internal static class AuditApi
{
    /// <summary>Maps the call.</summary>
    internal static void Map(RouteGroupBuilder api) => api.MapGet("/audit/verify", (CaseDesk desk, CancellationToken cancel) => desk.VerifyAuditAsync(anchor: null, cancel))
        .WithName("VerifyAudit")
        .WithTags("Audit")
        .WithSummary("Verify the audit chain from its first link")
        .WithDescription("Reads every link and what it speaks of; the answer names the first fault, where there is one.");
}
