// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Detector.Cases.Outbox;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;

namespace Detector.Cases.Queues.Webhooks;

/// <summary>How posting an event ended.</summary>
/// <param name="Attempts">Attempts at which the endpoint was there.</param>
/// <param name="Fault">Why it was refused; null where it was taken.</param>
internal readonly record struct Posting(int Attempts, string? Fault);

/// <summary>Posts events to one endpoint: signed, and again until it is taken or refused for good.</summary>
/// <remarks>Two kinds of failure, because they end differently. An endpoint that is away (no connection, no answer in time, 408, 425, 429, 502, 503, 504) says
/// nothing of the event and is tried without end, so an outage parks nothing. Any other answer but 2xx is of the event, and is final after some attempts.</remarks>
internal sealed class WebhookClient : IDisposable
{
    private readonly WebhookEndpoint _endpoint;
    private readonly WebhookOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly HttpClient _http;
    private readonly ResiliencePipeline<HttpStatusCode> _pipeline;

    public WebhookClient(WebhookEndpoint endpoint, WebhookOptions options, TimeProvider clock, ILogger log)
    {
        (_endpoint, _options, _clock, _log) = (endpoint, options, clock, log);
#pragma warning disable CA2000 // The client disposes its handler.
        _http = new HttpClient(MakeHandler(options), disposeHandler: true)
        {
            Timeout = Timeout.InfiniteTimeSpan, // each attempt has its own, by the clock of the product
        };
#pragma warning restore CA2000
        _pipeline = new ResiliencePipelineBuilder<HttpStatusCode> { TimeProvider = clock }
            .AddRetry(Retry(options.Attempts - 1, outcome => outcome.Exception is null && !IsTaken(outcome.Result)))
            .AddRetry(Retry(int.MaxValue, outcome => outcome.Exception is EndpointAwayException))
            .Build();
    }

    /// <summary>Whether the endpoint answered the last time; true before the first.</summary>
    public bool IsHealthy { get; private set; } = true;

    /// <summary>Posts an event and returns when it was taken or refused for good.</summary>
    public async Task<Posting> PostAsync(OutboxEvent happened, CancellationToken cancel)
    {
        var body = CloudEventJson.Encode(happened);
        var attempts = 0;
        var status = await _pipeline.ExecuteAsync(
            async stop =>
            {
                var answer = await AttemptAsync(happened, body, stop);
                attempts++;
                return answer;
            },
            cancel);
        return new Posting(attempts, IsTaken(status) ? null : string.Create(CultureInfo.InvariantCulture, $"answered {(int)status}"));
    }

    /// <inheritdoc />
    public void Dispose() => _http.Dispose();

    private static SocketsHttpHandler MakeHandler(WebhookOptions options) => new()
    {
        AllowAutoRedirect = false, // a redirect would carry the event to where nobody configured it
        UseCookies = false,
        ConnectTimeout = options.AnswerWithin,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    };

    private static bool IsTaken(HttpStatusCode status) => (int)status is >= 200 and < 300;

    private static bool IsAway(HttpStatusCode status) => status is HttpStatusCode.RequestTimeout or (HttpStatusCode)425 or HttpStatusCode.TooManyRequests
        or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout;

    private async Task<HttpStatusCode> AttemptAsync(OutboxEvent happened, ReadOnlyMemory<byte> body, CancellationToken cancel)
    {
        using var limit = new CancellationTokenSource(_options.AnswerWithin, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, limit.Token);
        var now = _clock.GetUtcNow().ToUnixTimeSeconds();
        using var request = new HttpRequestMessage(HttpMethod.Post, _endpoint.Url) { Content = new ReadOnlyMemoryContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(CloudEventJson.ContentType, "utf-8");
        request.Headers.Add(WebhookSignature.IdHeader, happened.Id);
        request.Headers.Add(WebhookSignature.TimeHeader, now.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add(WebhookSignature.Header, WebhookSignature.Of(_endpoint.Secret, now, body.Span));
        try
        {
            using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            IsHealthy = !IsAway(answer.StatusCode);
            return IsHealthy ? answer.StatusCode : throw new EndpointAwayException(string.Create(CultureInfo.InvariantCulture, $"answered {(int)answer.StatusCode}"), RetryAfter(answer));
        }
        catch (Exception fault) when (!cancel.IsCancellationRequested && fault is not EndpointAwayException && fault is HttpRequestException or OperationCanceledException or IOException)
        {
            IsHealthy = false;
            throw new EndpointAwayException(fault is OperationCanceledException ? $"no answer within {_options.AnswerWithin}" : fault.Message, after: null);
        }
    }

    private TimeSpan? RetryAfter(HttpResponseMessage answer)
    {
        var asked = answer.Headers.RetryAfter?.Delta ?? answer.Headers.RetryAfter?.Date - _clock.GetUtcNow();
        return asked is not { } wait || wait < TimeSpan.Zero ? null : wait < _options.LongestBackOff ? wait : _options.LongestBackOff;
    }

    private RetryStrategyOptions<HttpStatusCode> Retry(int again, Func<Outcome<HttpStatusCode>, bool> when) => new()
    {
        ShouldHandle = attempt => ValueTask.FromResult(again > 0 && when(attempt.Outcome)),
        MaxRetryAttempts = Math.Max(1, again),
        BackoffType = DelayBackoffType.Exponential,
        UseJitter = true,
        Delay = _options.FirstBackOff,
        MaxDelay = _options.LongestBackOff,
        DelayGenerator = attempt => ValueTask.FromResult((attempt.Outcome.Exception as EndpointAwayException)?.After),
        OnRetry = attempt =>
        {
            Metrics.WebhookFailed(_endpoint.Name);
            var why = attempt.Outcome.Exception?.Message ?? string.Create(CultureInfo.InvariantCulture, $"answered {(int)attempt.Outcome.Result}");
            _log.WebhookFailed(_endpoint.Name, why, attempt.AttemptNumber + 1, attempt.RetryDelay);
            return default;
        },
    };

    private sealed class EndpointAwayException(string message, TimeSpan? after) : IOException(message)
    {
        public TimeSpan? After => after;
    }
}
