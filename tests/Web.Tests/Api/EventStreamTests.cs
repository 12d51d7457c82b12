// SPDX-License-Identifier: Apache-2.0
using System.Net;
using System.Text;
using Detector.Metering;
using Microsoft.Extensions.Time.Testing;

namespace Detector.Web.Tests.Api;

/// <summary>A stream of events for as long as it stays open.</summary>
[TestFixture]
internal sealed class EventStreamTests
{
    private static readonly TimeSpan AskedAgain = TimeSpan.FromSeconds(30);

    [Test]
    public async Task A_stream_ends_once_its_token_is_revoked()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var host = await WebHost.StartAsync(clock: clock);
        using var client = host.Client("olga");
        using var stream = await FollowAsync(client);
        var token = (await host.Access.TokensAsync(CancellationToken.None)).Single(t => t.User == "olga");
        await host.Access.RevokeTokenAsync(token.Id, CancellationToken.None);
        await ReadAsync(stream, clock, untilEnd: true);
    }

    [Test]
    public async Task A_stream_follows_the_register_while_it_is_open()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var host = await WebHost.StartAsync(clock: clock);
        using var client = host.Client("yun"); // sees Yunnan
        using var stream = await FollowAsync(client);
        host.Registry.Replace(new SiteRegistry([MeterRegistration.Unregistered(MeterId.Of("m-7")) with { Site = "s-7", Region = "Yunnan" }]));
        await ReadAsync(stream, clock, untilEnd: false);
        await host.Desk.ConsiderAsync(Sample.Finding("m-7", "s-7", Verdict.Case, 0.7, 95), CancellationToken.None);
        Assert.That(await UntilDataAsync(stream), Does.Contain("s-7"));
    }

    [Test]
    public async Task The_place_of_a_client_that_leaves_is_free()
    {
        await using var host = await WebHost.StartAsync(new WebOptions { EventStreamsPerClient = 2 });
        using var client = host.Client("olga");
        for (var i = 0; i < 10; i++)
        {
            using var stream = await FollowAsync(client);
        }

        using var first = await FollowAsync(client);
        using var second = await FollowAsync(client);
        Assert.That(await client.StatusAsync("/api/v1/events"), Is.EqualTo((int)HttpStatusCode.TooManyRequests));
    }

    /// <summary>Opens a stream; again while the place of one that was left is not free yet.</summary>
    private static async Task<StreamReader> FollowAsync(HttpClient client)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/events");
            var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            if (answer.StatusCode != HttpStatusCode.TooManyRequests)
            {
                var lines = new StreamReader(await answer.EnsureSuccessStatusCode().Content.ReadAsStreamAsync(limit.Token), Encoding.UTF8);
                Assert.That(await lines.ReadLineAsync(limit.Token), Is.EqualTo(": connected"));
                return lines;
            }

            answer.Dispose();
            await Task.Delay(20, limit.Token);
        }
    }

    /// <summary>Lets time pass until the stream ends, or has said twice that it is still there: by then the caller was asked about again.</summary>
    private static async Task ReadAsync(StreamReader lines, FakeTimeProvider clock, bool untilEnd)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        for (var heard = 0; untilEnd || heard < 2;)
        {
            var line = lines.ReadLineAsync(limit.Token).AsTask();
            while (await Task.WhenAny(line, Task.Delay(20, limit.Token)) != line)
            {
                clock.Advance(AskedAgain);
            }

            if (await line is not { } text)
            {
                Assert.That(untilEnd, Is.True, "it ended");
                return;
            }

            heard += text == ": still here" ? 1 : 0;
        }
    }

    private static async Task<string> UntilDataAsync(StreamReader lines)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (await lines.ReadLineAsync(limit.Token) is { } line)
        {
            if (line.StartsWith("data: ", StringComparison.Ordinal))
            {
                return line;
            }
        }

        return string.Empty;
    }
}
