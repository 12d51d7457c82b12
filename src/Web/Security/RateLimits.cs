// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.DependencyInjection;

namespace Detector.Web.Security;

/// <summary>Marks a call as being under a limit.</summary>
/// <param name="Limit">Which of <see cref="RateLimits"/>.</param>
internal sealed record RateLimitMark(string Limit);

/// <summary>Bounds on what one client may ask of the service.</summary>
/// <remarks>
/// A call may be under several at once, so they are marks that one limiter reads; of two policies the framework would apply the last alone.
/// </remarks>
internal static class RateLimits
{
    /// <summary>Calls of the API: a token bucket a client.</summary>
    internal static RateLimitMark Calls { get; } = new("calls");

    /// <summary>Answers that stream readings: so many at the same time, of one client and over all.</summary>
    internal static RateLimitMark Streams { get; } = new("streams");

    /// <summary>Events that are followed: so many at the same time of one client.</summary>
    internal static RateLimitMark Events { get; } = new("events");

    /// <summary>Sign-ins: a window an address, against guessing.</summary>
    internal const string SignIns = "sign-ins";

    private const int WaitingPerStream = 8; // that a client or everybody may have waiting for each that runs

    internal static void Add(IServiceCollection services, WebOptions options) => services.AddRateLimiter(limits =>
    {
        limits.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        limits.OnRejected = RefuseAsync;
        limits.AddPolicy(SignIns, context => RateLimitPartition.GetFixedWindowLimiter(Address(context), _ => new FixedWindowRateLimiterOptions
        {
            PermitLimit = options.SignInsPerMinute,
            Window = TimeSpan.FromMinutes(1),
        }));

        // In this order: what waits within its client's share holds nothing of everybody's.
        limits.GlobalLimiter = PartitionedRateLimiter.CreateChained(
            Where(Calls, Client, key => RateLimitPartition.GetTokenBucketLimiter(key, _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = options.RequestBurst,
                TokensPerPeriod = options.RequestsPerSecond,
                ReplenishmentPeriod = TimeSpan.FromSeconds(1),
                QueueLimit = 0,
            })),
            Where(Events, Client, key => AtOnce(key, options.EventStreamsPerClient, waiting: 0)),
            Where(Streams, Client, key => AtOnce(key, Math.Max(1, options.ConcurrentStreams / 2), WaitingPerStream * options.ConcurrentStreams)),
            Where(Streams, _ => "everybody", key => AtOnce(key, options.ConcurrentStreams, WaitingPerStream * options.ConcurrentStreams)));
    });

    private static PartitionedRateLimiter<HttpContext> Where(RateLimitMark limit, Func<HttpContext, string> key, Func<string, RateLimitPartition<string>> partition) =>
        PartitionedRateLimiter.Create<HttpContext, string>(context =>
            context.GetEndpoint()?.Metadata.GetOrderedMetadata<RateLimitMark>().Contains(limit) == true ? partition(key(context)) : RateLimitPartition.GetNoLimiter(string.Empty));

    private static RateLimitPartition<string> AtOnce(string key, int permits, int waiting) =>
        RateLimitPartition.GetConcurrencyLimiter(key, _ => new ConcurrencyLimiterOptions { PermitLimit = permits, QueueLimit = waiting });

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
