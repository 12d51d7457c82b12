// SPDX-License-Identifier: Apache-2.0
using Detector.Testing;
using MQTTnet;
using MQTTnet.Protocol;

namespace Detector.EndToEnd.Telemetry;

/// <summary>A message's way from arrival to judgement is one trace, sent over OTLP where a collector is configured.</summary>
internal sealed class TraceTests
{
    [Test]
    [CancelAfter(120_000)]
    public async Task One_trace_tells_a_messages_way_from_arrival_to_judgement(CancellationToken cancel)
    {
        using var data = new TemporaryFolder();
        using var collector = new OtlpCollector();
        var environment = new Dictionary<string, string>
        {
            ["DETECTOR__Traces__Endpoint"] = collector.Url,
            ["DETECTOR__Traces__Protocol"] = "Http",
            ["DETECTOR__Traces__MessageShare"] = "1",
            ["DETECTOR__Watch__QuietFor"] = "00:00:00.500",
        };
        await using var detector = await DetectorProcess.ServeAsync(data.Path, ServerProcess.FreePort(), ServerProcess.FreePort(), environment);
        await PublishDaysAsync(detector.MqttPort, cancel);

        await detector.UntilAsync(() => Task.FromResult(collector.Spans.Any(s => s.Name == "watch.judge")), TimeSpan.FromSeconds(60));

        var spans = collector.Spans.ToList();
        var judged = spans.Last(s => s.Name == "watch.judge");
        var batch = spans.Single(s => s.Id == judged.Parent);
        var message = spans.Single(s => s.Id == batch.Parent);
        var write = spans.First(s => s.Name == "timeline.write" && s.Parent == batch.Id);
        var flush = spans.First(s => s.Name == "journal.flush" && s.Trace == message.Trace);
        Assert.Multiple(() =>
        {
            Assert.That(collector.Paths, Has.All.EqualTo("/v1/traces"));
            Assert.That((batch.Name, message.Name), Is.EqualTo(("relay.batch", "intake.message")));
            Assert.That(new[] { judged, batch, write, flush }.Select(s => s.Trace), Has.All.EqualTo(message.Trace));
            Assert.That(flush.Parent, Is.EqualTo(message.Id));
            Assert.That(message.Attributes["messaging.destination.name"], Is.EqualTo("meters/m-1"));
            Assert.That(message.Attributes["detector.journal.sequence"], Is.EqualTo(batch.Attributes["detector.journal.first"]));
            Assert.That(batch.Attributes["detector.stored"], Is.EqualTo("48"));
            Assert.That(write.Attributes["db.system.name"], Is.EqualTo("duckdb"));
            Assert.That(judged.Attributes["detector.meter"], Is.EqualTo("m-1"));
            Assert.That(judged.Attributes["detector.verdict"], Is.EqualTo("insufficient"));
        });
    }

    // One message, so that one batch holds all of it.
    private static async Task PublishDaysAsync(int port, CancellationToken cancel)
    {
        var start = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var readings = Enumerable.Range(0, 48).Select(hour => $$"""{"ts":{{start.AddHours(hour).ToUnixTimeSeconds()}},"kw":{{100 + hour}}}""");
        using var client = new MqttClientFactory().CreateMqttClient();
        await client.ConnectAsync(new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", port).Build(), cancel);
        await client.PublishAsync(
            new MqttApplicationMessageBuilder().WithTopic("meters/m-1").WithPayload($"[{string.Join(',', readings)}]").WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce).Build(), cancel);
    }
}
