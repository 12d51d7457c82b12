// SPDX-License-Identifier: Apache-2.0
using System.Net;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace Detector.Timeline.Influx;

/// <summary>What is tried again, how often, and when calls stop for a while.</summary>
/// <remarks>
/// Outermost a bound for the whole call, then attempts with exponential pauses and jitter, then the circuit, then a bound
/// for one attempt. Reads and writes have circuits of their own: a server whose disk is full still answers. An open circuit is not retried: the caller hears at once and comes again later.
/// </remarks>
internal static class InfluxResilience
{
    public static ResiliencePipeline<HttpResponseMessage> Build(InfluxOptions options, string operation, TimeProvider time, ILogger log)
    {
        var shown = Redacted(options.Url);
        var builder = new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = time };
        builder.AddTimeout(TimeSpan.FromSeconds(options.TotalSeconds));
        if (options.Retries > 0)
        {
            builder.AddRetry(Retry(options, shown, log));
        }

        return builder.AddCircuitBreaker(Circuit(options, operation, shown, log)).AddTimeout(TimeSpan.FromSeconds(options.AttemptSeconds)).Build();
    }

    /// <summary>Whether an answer says that the same request may succeed later.</summary>
    public static bool IsTemporary(HttpStatusCode status) =>
        status is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout || (int)status >= 500;

    private static RetryStrategyOptions<HttpResponseMessage> Retry(InfluxOptions options, string shown, ILogger log) => new()
    {
        ShouldHandle = arguments => ValueTask.FromResult(IsTemporary(arguments.Outcome)),
        MaxRetryAttempts = options.Retries,
        BackoffType = DelayBackoffType.Exponential,
        UseJitter = true,
        Delay = TimeSpan.FromSeconds(options.RetrySeconds),
        MaxDelay = TimeSpan.FromSeconds(options.LongestRetrySeconds),
        DelayGenerator = arguments => ValueTask.FromResult(Asked(arguments.Outcome.Result, options)),
        OnRetry = arguments =>
        {
            Metrics.Retried(InfluxTimeline.KindName);
            if (log.IsEnabled(LogLevel.Warning))
            {
                Log.InfluxRetry(log, shown, Why(arguments.Outcome), arguments.AttemptNumber + 1, arguments.RetryDelay.TotalMilliseconds);
            }

            return default;
        },
    };

    private static CircuitBreakerStrategyOptions<HttpResponseMessage> Circuit(InfluxOptions options, string operation, string shown, ILogger log) => new()
    {
        ShouldHandle = arguments => ValueTask.FromResult(IsTemporary(arguments.Outcome)),
        FailureRatio = 0.9, // nearly everything in the window fails: the server is away, not merely busy
        MinimumThroughput = options.CircuitFailures,
        SamplingDuration = TimeSpan.FromSeconds(30),
        BreakDuration = TimeSpan.FromSeconds(options.CircuitSeconds),
        OnOpened = _ =>
        {
            Metrics.CircuitIs(InfluxTimeline.KindName, operation, 2);
            Log.InfluxCircuitOpened(log, operation, shown, options.CircuitSeconds);
            return default;
        },
        OnHalfOpened = _ =>
        {
            Metrics.CircuitIs(InfluxTimeline.KindName, operation, 1);
            Log.InfluxCircuitTries(log, operation, shown);
            return default;
        },
        OnClosed = _ =>
        {
            Metrics.CircuitIs(InfluxTimeline.KindName, operation, 0);
            Log.InfluxCircuitClosed(log, operation, shown);
            return default;
        },
    };

    /// <summary>The address without user and password, as it may be shown.</summary>
    public static string Redacted(string url) => new Uri(url).GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped);

    private static bool IsTemporary(Outcome<HttpResponseMessage> outcome) => outcome switch
    {
        { Exception: HttpRequestException or IOException or TimeoutRejectedException } => true,
        { Result: { } answer } => IsTemporary(answer.StatusCode),
        _ => false,
    };

    private static TimeSpan? Asked(HttpResponseMessage? answer, InfluxOptions options)
    {
        var asked = answer?.Headers.RetryAfter?.Delta;
        var longest = TimeSpan.FromSeconds(options.LongestRetrySeconds);
        return asked > longest ? longest : asked;
    }

    private static string Why(Outcome<HttpResponseMessage> outcome) =>
        outcome.Exception?.Message ?? FormattableString.Invariant($"status {(int)outcome.Result!.StatusCode}");
}
