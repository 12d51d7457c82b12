// SPDX-License-Identifier: Apache-2.0
using System.Net.Http.Json;
using Detector.Testing;

namespace Detector.EndToEnd;

/// <summary>kill -9 at random moments: whatever was acknowledged is stored exactly once, and the account balances.</summary>
internal sealed class PowerCutTests
{
    private const int Readings = 50_000;
    private const int Cuts = 10;
    private const int Publishers = 4;

    [Test]
    [CancelAfter(400_000)]
    public async Task Acknowledged_readings_survive_ten_power_cuts_with_the_embedded_broker(CancellationToken cancel)
    {
        using var data = new TemporaryFolder();
        var ports = (Http: ServerProcess.FreePort(), Mqtt: ServerProcess.FreePort());
        await CutAndCompareAsync(ports.Mqtt, () => DetectorProcess.ServeAsync(data.Path, ports.Http, ports.Mqtt), data, cancel);
    }

    [Test]
    [CancelAfter(400_000)]
    public async Task Acknowledged_readings_survive_ten_power_cuts_with_mosquitto_and_influxdb(CancellationToken cancel)
    {
        using var data = new TemporaryFolder();
        await using var mosquitto = await Mosquitto.StartAsync();
        await using var influx = await InfluxServer.StartAsync();
        var http = ServerProcess.FreePort();
        var environment = new Dictionary<string, string>
        {
            ["DETECTOR__Timeline__Kind"] = "influx",
            ["DETECTOR__Timeline__Influx__Url"] = influx.Url.ToString(),
            ["DETECTOR__Timeline__Influx__Database"] = "cuts",
        };
        await CutAndCompareAsync(
            mosquitto.Port,
            () => DetectorProcess.ServeAsync(data.Path, http, 0, environment, "--mqtt-url", $"mqtt://127.0.0.1:{mosquitto.Port}"),
            data,
            cancel,
            duringHalfTime: async () =>
            {
                await influx.KillAsync();
                await Task.Delay(StoreAway(), cancel);
                await influx.RestartAsync();
            });
    }

    // A minute where it is asked for; shorter in everyday runs, because nothing depends on the length but patience.
    private static TimeSpan StoreAway() =>
        TimeSpan.FromSeconds(int.Parse(Environment.GetEnvironmentVariable("DETECTOR_STORE_AWAY_SECONDS") ?? "5", System.Globalization.CultureInfo.InvariantCulture));

    private static async Task CutAndCompareAsync(int mqttPort, Func<Task<DetectorProcess>> start, TemporaryFolder data, CancellationToken cancel, Func<Task>? duringHalfTime = null)
    {
        var random = new Random(20260101);
        var detector = await start();
        var publishers = Enumerable.Range(0, Publishers).Select(p => new Publisher(mqttPort, $"cut-{p}")).ToArray();
        var published = Task.WhenAll(publishers.Select((p, i) => p.PublishAsync($"cut-{i}", 0, Readings / Publishers, inFlight: 32, cancel)));
        try
        {
            for (var cut = 1; cut <= Cuts; cut++)
            {
                var target = Readings / (Cuts + 2) * cut;
                await detector.UntilAsync(() => Task.FromResult(publishers.Sum(p => p.Acknowledged.Count) >= target || published.IsCompleted), TimeSpan.FromMinutes(2));
                await Task.Delay(random.Next(0, 60), cancel);
                await detector.DisposeAsync();
                detector = await start();
                if (cut == Cuts / 2 && duringHalfTime is not null)
                {
                    await duringHalfTime();
                }
            }

            await published;
            Assert.That(publishers.Sum(p => p.Acknowledged.Count), Is.EqualTo(Readings));
            await detector.SignInAsync(data.Path, "auditor");
            var account = await detector.SettledAsync(a => a.Stored >= Readings, TimeSpan.FromMinutes(2));
            await TestContext.Out.WriteLineAsync(account.ToString());
            Assert.Multiple(() =>
            {
                Assert.That(account.Balances, Is.True, account.ToString());
                Assert.That(account.Stored, Is.EqualTo(Readings));
                Assert.That(account.Quarantined, Is.Zero);
                Assert.That(account.DeadLettered, Is.Zero);
            });
            for (var p = 0; p < Publishers; p++)
            {
                var times = await StoredTimesAsync(detector, $"cut-{p}");
                Assert.That(times, Is.EqualTo(Enumerable.Range(0, Readings / Publishers).Select(Publisher.TimeOf)), $"meter cut-{p}");
            }
        }
        finally
        {
            await detector.DisposeAsync();
        }
    }

    private static async Task<List<string>> StoredTimesAsync(DetectorProcess detector, string meter)
    {
        var from = Uri.EscapeDataString("2025-12-31T00:00:00Z");
        var to = Uri.EscapeDataString("2026-02-01T00:00:00Z");
        var rows = await detector.Http.GetFromJsonAsync<List<StoredRow>>($"/api/v1/meters/{meter}/readings?from={from}&to={to}", DetectorProcess.Json);
        return [.. rows!.Select(r => r.Ts)];
    }

    private sealed record StoredRow(string Ts, double? Kw);
}
