// SPDX-License-Identifier: Apache-2.0
using Detector.Pipeline;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Detector.Web.Api;

/// <summary><c>GET /ledger</c>: the account of readings.</summary>
internal static class LedgerApi
{
    /// <summary>Maps the calls.</summary>
    internal static void Map(RouteGroupBuilder api) => api.MapGet("/ledger", (ILedger ledger) => LedgerView.Of(ledger.Snapshot()))
        .WithName("GetLedger")
        .WithTags("Ledger")
        .WithSummary("The account of readings")
        .WithDescription("Counted in readings; an undecodable message counts as one. `received` is the sum of the others at every moment.");
}

/// <summary>The account of readings at one moment.</summary>
internal sealed record LedgerView(long Received, long Stored, long Duplicate, long Quarantined, long DeadLettered, long Pending)
{
    internal static LedgerView Of(LedgerSnapshot at) => new(at.Received, at.Stored, at.Duplicate, at.Quarantined, at.DeadLettered, at.Pending);
}
