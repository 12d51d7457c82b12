// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace Detector.Timeline.Influx;

/// <summary>What the server said to a write: accepted, or refused as a whole or in part.</summary>
internal readonly record struct InfluxAnswer(bool Accepted, HttpStatusCode Status, string Text);

/// <summary>HTTP to an InfluxDB: <c>/write</c> and <c>/query</c>, or <c>/api/v2/write</c> with a token.</summary>
/// <remarks>
/// Temporary failures are retried here and end in <see cref="TimelineUnavailableException"/>; refused credentials are
/// <see cref="TimelineConfigurationException"/>; whatever concerns the data comes back as an answer.
/// </remarks>
internal sealed class InfluxClient : IDisposable
{
    private readonly InfluxOptions _options;
    private readonly SocketsHttpHandler _handler;
    private readonly HttpClient _http;
    private readonly ResiliencePipeline<HttpResponseMessage> _writing;
    private readonly ResiliencePipeline<HttpResponseMessage> _reading;
    private readonly Uri _write;
    private readonly Uri _query;
    private readonly string _shown;
    private readonly bool _compresses;
    private readonly ILogger _log;

    public InfluxClient(InfluxOptions options, TimeProvider time, ILogger log)
    {
        _options = options;
        _log = log;
        _writing = InfluxResilience.Build(options, "write", time, log);
        _reading = InfluxResilience.Build(options, "query", time, log);
        _shown = InfluxResilience.Redacted(options.Url);
        var url = options.Url.TrimEnd('/');
        var root = new UriBuilder(url) { UserName = string.Empty, Password = string.Empty, Query = string.Empty }.Uri.AbsoluteUri.TrimEnd('/');
        _query = new Uri(root + "/query");
        _compresses = options.Compress ?? !_query.IsLoopback;
        _write = new Uri(root + WritePath(options));
        _handler = new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5) }; // an address that moves is found again
        _http = new HttpClient(_handler, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan }; // the pipeline bounds each attempt
        _http.DefaultRequestHeaders.Authorization = Authorization(options);
    }

    /// <summary>Sends points; every attempt sends the same bytes, which must not change until an accepting answer is there: what went wrong may still be sending.</summary>
    public async Task<InfluxAnswer> WriteAsync(ReadOnlyMemory<byte> lines, CancellationToken cancel)
    {
        ReadOnlyMemory<byte> body = _compresses ? Compressed(lines) : lines;
        using var answer = await SendAsync(
            () =>
            {
                var content = new ReadOnlyMemoryContent(body);
                content.Headers.ContentType = new MediaTypeHeaderValue("text/plain", "utf-8");
                if (_compresses)
                {
                    content.Headers.ContentEncoding.Add("gzip");
                }

                return new HttpRequestMessage(HttpMethod.Post, _write) { Content = content };
            },
            _writing,
            cancel);
        return answer.IsSuccessStatusCode
            ? new InfluxAnswer(true, answer.StatusCode, string.Empty)
            : new InfluxAnswer(false, answer.StatusCode, await TextAsync(answer, cancel));
    }

    /// <summary>Runs statements and streams their series; nothing where the database is not there yet.</summary>
    public async IAsyncEnumerable<InfluxSeries> QueryAsync(string statements, [EnumeratorCancellation] CancellationToken cancel)
    {
        using var answer = await SendAsync(() => QueryRequest(statements), _reading, cancel);
        if (!answer.IsSuccessStatusCode)
        {
            var text = await TextAsync(answer, cancel);
            if (InfluxRefusal.SaysNoDatabase(text))
            {
                yield break;
            }

            throw new TimelineUnavailableException($"{_shown} refused a query with {(int)answer.StatusCode}: {text}");
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        await using var body = await answer.Content.ReadAsStreamAsync(cancel);
        await using var series = InfluxRows.ReadAsync(body, patience.Token).GetAsyncEnumerator(patience.Token);
        while (await NextAsync(series, patience, cancel))
        {
            yield return series.Current;
        }
    }

    /// <summary>Runs statements that answer nothing.</summary>
    public async Task RunAsync(string statements, CancellationToken cancel)
    {
        await foreach (var none in QueryAsync(statements, cancel))
        {
            _ = none;
        }
    }

    /// <summary>Makes the database of a 1.x server.</summary>
    public async Task CreateDatabaseAsync(CancellationToken cancel)
    {
        await RunAsync(InfluxQl.Create(_options.Database), cancel);
        Log.InfluxDatabaseCreated(_log, _options.Database, _shown);
    }

    /// <summary>One attempt, with credentials and database, whatever the circuit says.</summary>
    public async Task ProbeAsync(CancellationToken cancel)
    {
        var once = new ResiliencePipelineBuilder<HttpResponseMessage>().AddTimeout(TimeSpan.FromSeconds(_options.AttemptSeconds)).Build();
        using var answer = await SendAsync(() => QueryRequest(InfluxQl.Probe()), once, cancel);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _http.Dispose();
        _handler.Dispose();
    }

    private static string WritePath(InfluxOptions options)
    {
        var name = Uri.EscapeDataString(options.Database);
        if (options.Token.Length == 0)
        {
            return $"/write?db={name}&precision=u";
        }

        var organization = options.Organization.Length == 0 ? string.Empty : "&org=" + Uri.EscapeDataString(options.Organization);
        return $"/api/v2/write?bucket={name}{organization}&precision=us";
    }

    private static AuthenticationHeaderValue? Authorization(InfluxOptions options)
    {
        if (options.Token.Length > 0)
        {
            return new AuthenticationHeaderValue("Token", options.Token);
        }

        var user = Uri.UnescapeDataString(new Uri(options.Url).UserInfo);
        return user.Length == 0 ? null : new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(user)));
    }

    private static ArraySegment<byte> Compressed(ReadOnlyMemory<byte> lines)
    {
        var target = new MemoryStream((lines.Length / 4) + 64);
        using (var gzip = new GZipStream(target, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(lines.Span);
        }

        return target.TryGetBuffer(out var bytes) ? bytes : target.ToArray();
    }

    /// <summary>Why a request was refused; a server that falls silent in the middle of saying so is given as long as for one attempt.</summary>
    /// <exception cref="TimelineUnavailableException">It was silent for longer.</exception>
    private async Task<string> TextAsync(HttpResponseMessage answer, CancellationToken cancel)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(TimeSpan.FromSeconds(_options.AttemptSeconds));
        try
        {
            var text = await answer.Content.ReadAsStringAsync(patience.Token);
            return text.Length > 0 ? text.Trim() : answer.ReasonPhrase ?? string.Empty;
        }
        catch (Exception cut) when (cut is HttpRequestException or IOException)
        {
            return answer.ReasonPhrase ?? string.Empty;
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new TimelineUnavailableException($"{_shown} refused a request with {(int)answer.StatusCode} and fell silent before it said why.");
        }
    }

    private HttpRequestMessage QueryRequest(string statements) => new(HttpMethod.Post, _query)
    {
        Content = new FormUrlEncodedContent(
        [
            new("db", _options.Database),
            new("epoch", "u"),
            new("chunked", "true"),
            new("chunk_size", _options.ChunkRows.ToString(CultureInfo.InvariantCulture)),
            new("q", statements),
        ]),
    };

    private async Task<HttpResponseMessage> SendAsync(Func<HttpRequestMessage> request, ResiliencePipeline<HttpResponseMessage> pipeline, CancellationToken cancel)
    {
        HttpResponseMessage answer;
        try
        {
            answer = await pipeline.ExecuteAsync(
                async token =>
                {
                    using var message = request();
                    return await _http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, token);
                },
                cancel);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or TimeoutRejectedException or BrokenCircuitException)
        {
            throw new TimelineUnavailableException($"{_shown} cannot be reached now: {fault.Message}", fault);
        }

        if (answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden || InfluxResilience.IsTemporary(answer.StatusCode))
        {
            using (answer)
            {
                throw Refused(answer.StatusCode, await TextAsync(answer, cancel));
            }
        }

        return answer;
    }

    private Exception Refused(HttpStatusCode status, string text) => InfluxResilience.IsTemporary(status)
        ? new TimelineUnavailableException($"{_shown} is not able to answer now ({(int)status}): {text}")
        : new TimelineConfigurationException($"Timeline:Influx: {_shown} refused the credentials for '{_options.Database}' ({(int)status}): {text}");

    /// <summary>The next series; a server that falls silent in the middle is given as long as for one attempt.</summary>
    private async ValueTask<bool> NextAsync(IAsyncEnumerator<InfluxSeries> series, CancellationTokenSource patience, CancellationToken cancel)
    {
        try
        {
            patience.CancelAfter(TimeSpan.FromSeconds(_options.AttemptSeconds));
            var more = await series.MoveNextAsync();
            patience.CancelAfter(Timeout.InfiniteTimeSpan);
            return more;
        }
        catch (Exception cut) when (cut is HttpRequestException or IOException or System.Text.Json.JsonException or OperationCanceledException)
        {
            cancel.ThrowIfCancellationRequested();
            throw new TimelineUnavailableException($"The answer of {_shown} broke off: {cut.Message}", cut);
        }
    }
}
