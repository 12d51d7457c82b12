// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using System.Text.Json;
using Detector.Testing;

namespace Detector.EndToEnd;

/// <summary>Two instances of the service share one stream of a real mosquitto.</summary>
internal sealed class SharedGroupTests
{
    private const int Readings = 3_000;

    [Test]
    [CancelAfter(300_000)]
    public async Task When_one_is_killed_the_other_takes_what_came_for_it_and_no_reading_is_lost(CancellationToken cancel)
    {
        using var one = new TemporaryFolder();
        using var two = new TemporaryFolder();
        await using var mosquitto = await Mosquitto.StartAsync();
        var first = await ServeAsync(one.Path, "detector-1", mosquitto);
        await using var second = await ServeAsync(two.Path, "detector-2", mosquitto);
        await second.SignInAsync(two.Path, "auditor");

        var publisher = new Publisher(mosquitto.Port, "gateway");
        await publisher.PublishAsync("m-1", 0, Readings / 3, 32, cancel);
        var publishing = publisher.PublishAsync("m-1", Readings / 3, Readings * 2 / 3, 32, cancel);
        await second.UntilAsync(() => Task.FromResult(publisher.Acknowledged.Count > Readings / 2), TimeSpan.FromSeconds(120));
        await first.KillAsync();
        await first.DisposeAsync();
        await publishing;

        // What the dead one had made durable is in its account; all the rest must come to the other while the first stays dead.
        var dead = await LedgerAsync(one.Path);
        await second.UntilAsync(async () => (await second.AccountAsync()).Received >= Readings - dead, TimeSpan.FromSeconds(120));
        var account = await second.SettledAsync(a => a.Received >= Readings - dead, TimeSpan.FromSeconds(120));
        Assert.Multiple(() =>
        {
            Assert.That(publisher.Acknowledged, Has.Count.EqualTo(Readings));
            Assert.That(account.Balances, Is.True);
            Assert.That(dead, Is.InRange(1, Readings - 1), "both had a share");
            Assert.That(second.Output, Does.Contain("detector-1 of the shared group is gone"));
        });

        // Back again, it takes its session back and finishes what it had; together they have every reading.
        await using var back = await ServeAsync(one.Path, "detector-1", mosquitto);
        await back.SignInAsync(one.Path, "auditor");
        var backAccount = await back.SettledAsync(a => a.Received >= dead, TimeSpan.FromSeconds(120));
        await second.UntilAsync(() => Task.FromResult(second.Output.Contains("The session of detector-1 is given back", StringComparison.Ordinal)), TimeSpan.FromSeconds(60));
        var all = (await TimesAsync(back, cancel)).Concat(await TimesAsync(second, cancel)).ToHashSet(StringComparer.Ordinal);
        Assert.Multiple(() =>
        {
            Assert.That(backAccount.Balances, Is.True);
            Assert.That(account.Received + backAccount.Received, Is.GreaterThanOrEqualTo(Readings));
            Assert.That(all, Has.Count.EqualTo(Readings));
        });
    }

    private static Task<DetectorProcess> ServeAsync(string data, string clientId, Mosquitto mosquitto) => DetectorProcess.ServeAsync(
        data,
        ServerProcess.FreePort(),
        0,
        new Dictionary<string, string> { ["DETECTOR__Mqtt__SharedGroup"] = "grid", ["DETECTOR__Mqtt__ClientId"] = clientId, ["DETECTOR__Mqtt__TakeOverSeconds"] = "1" },
        "--mqtt-url",
        mosquitto.Url);

    private static async Task<long> LedgerAsync(string data)
    {
        var (code, output, error) = await DetectorProcess.RunAsync(["ledger", "--format", "json", "--data", data]);
        Assert.That(code, Is.Zero, error);
        using var account = JsonDocument.Parse(output);
        var root = account.RootElement.ValueKind == JsonValueKind.Array ? account.RootElement[0] : account.RootElement;
        return root.GetProperty("received").GetInt64();
    }

    private static async Task<IEnumerable<string>> TimesAsync(DetectorProcess detector, CancellationToken cancel)
    {
        var text = await detector.Http.GetStringAsync(new Uri("/api/v1/meters/m-1/readings?from=2026-01-01T00:00:00Z&to=2026-01-02T00:00:00Z", UriKind.Relative), cancel);
        using var readings = JsonDocument.Parse(text);
        return readings.RootElement.EnumerateArray().Select(r => r.GetProperty("ts").GetDateTimeOffset().ToString("O", CultureInfo.InvariantCulture)).ToList();
    }
}
