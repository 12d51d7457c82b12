// SPDX-License-Identifier: Apache-2.0
using Detector.Pipeline.Drift;
using Detector.Web.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Detector.Web.Api;

/// <summary>Whether the fleet is still what the model was trained for.</summary>
internal static class DriftApi
{
    /// <summary>Maps the call.</summary>
    internal static void Map(RouteGroupBuilder api) => api.MapGet("/drift", Get)
        .WithName("GetDrift")
        .WithTags("Models")
        .WithSummary("The fleet beside what the model was trained on, by feature")
        .WithDescription("A meter counts once a week. Ten of a hundred honest training windows lie outside of `low` to `high` by construction; `departs` where the week has more than twice that, by the lower end of a 95 % interval, and at least 20 meters.")
        .WithMetadata(new OfEveryRegion("Drift is counted over every region"))
        .ProducesProblem(StatusCodes.Status403Forbidden);

    private static Ok<DriftReport> Get(DriftBook drift) => TypedResults.Ok(drift.Report());
}
