// SPDX-License-Identifier: Apache-2.0
using Detector.Testing;
using MQTTnet;
using MQTTnet.Protocol;

namespace Detector.EndToEnd;

/// <summary><c>export</c> writes what is stored, and <c>import</c> elsewhere makes the same of it.</summary>
internal sealed class ExportTests
{
    private static readonly string[] Messages =
    [
        """{"ts":"2026-01-01T00:00:00Z","kw":12.300000000000001,"kvar":-1.5,"pf":0.97,"v":230.1,"a":17.25}""",
        """[{"ts":"2026-01-01T00:15:00.000001Z","kw":0.1,"interval_s":900},{"ts":"2026-01-01T00:30:00Z","kwh":3,"kind":"interval_energy","interval_s":900},{"ts":"2026-01-01T00:45:00Z","kwh":123456.789}]""",
        """{"ts":"2026-01-01T01:00:00Z","v":229.9}""",
        """{"ts":"2026-01-01T01:15:00Z","kw":-4,"q":"estimated"}""",
        """{"kw":7}""",
    ];

    [Test]
    [CancelAfter(180_000)]
    public Task What_is_exported_from_the_embedded_store_and_imported_is_the_same(CancellationToken cancel) => RoundTripAsync(_ => [], cancel);

    [Test]
    [CancelAfter(180_000)]
    public async Task What_is_exported_from_influxdb_and_imported_is_the_same(CancellationToken cancel)
    {
        await using var influx = await InfluxServer.StartAsync();
        await RoundTripAsync(
            place => new()
            {
                ["DETECTOR__Timeline__Kind"] = "influx",
                ["DETECTOR__Timeline__Influx__Url"] = influx.Url.ToString(),
                ["DETECTOR__Timeline__Influx__Database"] = place,
            },
            cancel);
    }

    [Test]
    public async Task Wrong_names_and_times_are_told()
    {
        using var data = new TemporaryFolder();
        var name = await DetectorProcess.RunAsync(["export", "--out", data.In("readings.csv"), "--data", data.Path]);
        var time = await DetectorProcess.RunAsync(["export", "--out", data.In("r.parquet"), "--from", "yesterday", "--data", data.Path]);
        var nothing = await DetectorProcess.RunAsync(["export", "--out", data.In("r.parquet"), "--data", data.Path]);
        Assert.Multiple(() =>
        {
            Assert.That(name.Code, Is.EqualTo(2));
            Assert.That(name.Error, Does.Contain(".parquet"));
            Assert.That(time.Code, Is.EqualTo(2));
            Assert.That(time.Error, Does.Contain("--from"));
            Assert.That(nothing.Code, Is.EqualTo(2), nothing.Error);
            Assert.That(nothing.Error, Does.Contain("There are no readings in").And.Contain("--data"));
            Assert.That(Directory.EnumerateFileSystemEntries(data.Path), Is.Empty, "a look makes nothing");
        });
    }

    private static async Task RoundTripAsync(Func<string, Dictionary<string, string>> environment, CancellationToken cancel)
    {
        using var folder = new TemporaryFolder();
        var (first, second) = (folder.In("first"), folder.In("second"));
        await using (var detector = await DetectorProcess.ServeAsync(first, ServerProcess.FreePort(), ServerProcess.FreePort(), environment("first")))
        {
            await PublishAsync(detector.MqttPort, cancel);
            await detector.SignInAsync(first, "admin");
            await detector.SettledAsync(a => a.Stored == 14, TimeSpan.FromSeconds(30));
        }

        await RunAsync(["export", "--out", folder.In("first.parquet"), "--data", first], environment("first"));
        var imported = await RunAsync(["import", "--readings", folder.In("first.parquet"), "--data", second], environment("second"));
        await RunAsync(["export", "--out", folder.In("second.parquet"), "--data", second], environment("second"));
        var part = await RunAsync(["export", "--out", folder.In("part.parquet"), "--meter", "m-2", "--from", "2026-01-01T00:15:00Z", "--to", "2026-01-01T01:00:00Z", "--data", second], environment("second"));

        Assert.That(imported, Does.Contain("\"stored\": 14"));
        Assert.That(await File.ReadAllBytesAsync(folder.In("second.parquet"), cancel), Is.EqualTo(await File.ReadAllBytesAsync(folder.In("first.parquet"), cancel)));
        Assert.That(part, Does.Contain("\"readings\": 3"));
    }

    private static async Task PublishAsync(int port, CancellationToken cancel)
    {
        using var client = new MqttClientFactory().CreateMqttClient();
        await client.ConnectAsync(new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", port).Build(), cancel);
        foreach (var meter in new[] { "m-1", "m-2" })
        {
            foreach (var message in Messages)
            {
                await client.PublishAsync(new MqttApplicationMessageBuilder().WithTopic($"meters/{meter}").WithPayload(message).WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce).Build(), cancel);
            }
        }
    }

    private static async Task<string> RunAsync(string[] arguments, Dictionary<string, string> environment)
    {
        var (code, output, error) = await DetectorProcess.RunAsync(arguments, environment);
        Assert.That(code, Is.Zero, error);
        return output;
    }
}
