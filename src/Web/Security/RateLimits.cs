// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.DependencyInjection;

namespace Detector.Web.Security;

/// <summary>Bounds on what one client may ask of the service.</summary>
internal static class RateLimits
{
    /// <summary>Calls of the API: a token bucket a client.</summary>
    internal const string Calls = "calls";

    /// <summary>Sign-ins: a window an address, against guessing.</summary>
    internal const string SignIns = "sign-ins";

    /// <summary>Answers that stream readings: so many at the same time over all clients.</summary>
    internal const string Streams = "streams";

    internal static void Add(IServiceCollection services, WebOptions options) => services.AddRateLimiter(limits =>
    {
        limits.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        limits.OnRejected = RefuseAsync;
        limits.AddPolicy(Calls, context => RateLimitPartition.GetTokenBucketLimiter(Client(context), _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = options.RequestBurst,
            TokensPerPeriod = options.RequestsPerSecond,
            ReplenishmentPeriod = TimeSpan.FromSeconds(1),
            QueueLimit = 0,
        }));
        limits.AddPolicy(SignIns, context => RateLimitPartition.GetFixedWindowLimiter(Address(context), _ => new FixedWindowRateLimiterOptions
        {
            PermitLimit = options.SignInsPerMinute,
            Window = TimeSpan.FromMinutes(1),
        }));
        limits.AddPolicy(Streams, _ => RateLimitPartition.GetConcurrencyLimiter(Streams, _ => new ConcurrencyLimiterOptions
        {
            PermitLimit = options.ConcurrentStreams,
            QueueLimit = options.ConcurrentStreams * 8,
        }));
    });

    private static string Client(HttpContext context) => context.User.Identity is { IsAuthenticated: true, Name: { } name } ? $"user {name}" : $"address {Address(context)}";

    private static string Address(HttpContext context) => context.Connection.RemoteIpAddress?.ToString() ?? "unknown";

    private static async ValueTask RefuseAsync(OnRejectedContext context, CancellationToken cancel)
    {
        var wait = context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromSeconds(1);
        context.HttpContext.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        Metrics.Refused.Add(1, new KeyValuePair<string, object?>("reason", "rate"));
        await context.HttpContext.RequestServices.GetRequiredService<IProblemDetailsService>().WriteAsync(new ProblemDetailsContext
        {
            HttpContext = context.HttpContext,
            ProblemDetails = { Status = StatusCodes.Status429TooManyRequests, Title = "Too many requests", Detail = "Wait as long as Retry-After says." },
        });
    }
}
