// SPDX-License-Identifier: Apache-2.0
using System.Collections.Concurrent;
using System.IO.Compression;
using System.Net;
using System.Text;
using Detector.Testing;

namespace Detector.Timeline.Tests.Influx;

/// <summary>One request as it arrived, its body unpacked.</summary>
internal sealed record StubRequest(string Method, string PathAndQuery, string? Authorization, string? Encoding, string Body)
{
    public bool IsWrite => !PathAndQuery.StartsWith("/query", StringComparison.Ordinal);

    public string[] Lines => Body.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}

/// <summary>What the stub says.</summary>
internal sealed record StubAnswer(int Status, string Body = "", string? RetryAfter = null)
{
    /// <summary>Length that the answer claims; where it is more than the body the stub falls silent after the body.</summary>
    public int? PromisedBytes { get; init; }
}

/// <summary>A server in process that notes each request and answers as the test says: for servers that are not installed here, and for faults.</summary>
internal sealed class StubServer : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Func<StubRequest, StubAnswer> _answer;
    private readonly Task _serving;

    public StubServer(Func<StubRequest, StubAnswer> answer)
    {
        _answer = answer;
        Url = $"http://127.0.0.1:{ServerProcess.FreePort()}/";
        _listener.Prefixes.Add(Url);
        _listener.Start();
        _serving = Task.Run(ServeAsync);
    }

    public string Url { get; }

    public ConcurrentQueue<StubRequest> Requests { get; } = [];

    public IEnumerable<StubRequest> Writes => Requests.Where(request => request.IsWrite);

    /// <summary>What a server without readings says to a query.</summary>
    public static StubAnswer NoRows => new(200, """{"results":[{"statement_id":0}]}""");

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _serving;
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                await AnswerAsync(await _listener.GetContextAsync());
            }
        }
        catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        var encoding = context.Request.Headers["Content-Encoding"];
        await using var body = encoding == "gzip" ? new GZipStream(context.Request.InputStream, CompressionMode.Decompress) : context.Request.InputStream;
        using var reader = new StreamReader(body, Encoding.UTF8);
        var request = new StubRequest(
            context.Request.HttpMethod, context.Request.Url!.PathAndQuery, context.Request.Headers["Authorization"], encoding, await reader.ReadToEndAsync());
        Requests.Enqueue(request);
        var answer = _answer(request);
        context.Response.StatusCode = answer.Status;
        if (answer.RetryAfter is not null)
        {
            context.Response.Headers["Retry-After"] = answer.RetryAfter;
        }

        if (answer.PromisedBytes is { } promised)
        {
            context.Response.ContentLength64 = promised;
            await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(answer.Body));
            return;
        }

        await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(answer.Body));
        context.Response.Close();
    }
}
