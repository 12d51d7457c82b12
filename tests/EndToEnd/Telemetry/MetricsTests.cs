// SPDX-License-Identifier: Apache-2.0
using System.Text.Json;
using System.Text.RegularExpressions;
using Detector.Testing;
using MQTTnet;
using MQTTnet.Protocol;

namespace Detector.EndToEnd.Telemetry;

/// <summary>A running service shows every metric of the dashboard, with the labels the dashboard uses, and nothing that docs/metrics.md does not describe.</summary>
internal sealed partial class MetricsTests
{
    // Prometheus adds these to whatever it scrapes; the exporter's own names the part.
    private static readonly string[] Added = ["job", "instance", "otel_scope_name", "le"];

    [Test]
    [CancelAfter(180_000)]
    public async Task The_dashboard_and_the_table_hold_of_a_running_service(CancellationToken cancel)
    {
        using var data = new TemporaryFolder();
        var environment = new Dictionary<string, string>
        {
            ["DETECTOR__Mqtt__MaxPayloadBytes"] = "2048",
            ["DETECTOR__Mqtt__Limits__MessagesPerSecond"] = "20",
            ["DETECTOR__Watch__QuietFor"] = "00:00:00.500",
            ["DETECTOR__Codecs__Mappings__0__Profile"] = "json",
            ["DETECTOR__Codecs__Mappings__1__Profile"] = "tasmota",
        };
        await using var detector = await DetectorProcess.ServeAsync(data.Path, ServerProcess.FreePort(), ServerProcess.FreePort(), environment);
        using (var stranger = await detector.Http.GetAsync(new Uri("/api/v1/ledger", UriKind.Relative), cancel))
        {
            Assert.That((int)stranger.StatusCode, Is.EqualTo(401));
        }

        await detector.SignInAsync(data.Path, "admin");
        await ProvokeAsync(detector, cancel);
        await detector.SettledAsync(a => a is { Stored: >= 60, Quarantined: >= 1, DeadLettered: >= 1 }, TimeSpan.FromSeconds(60));
        await detector.UntilAsync(async () => (await ShownAsync(detector, cancel)).ContainsKey("detector_watch_verdicts_total"), TimeSpan.FromSeconds(60));
        var shown = await ShownAsync(detector, cancel);

        var described = Table();
        Assert.Multiple(() =>
        {
            foreach (var (name, labels) in shown)
            {
                Assert.That(described, Does.ContainKey(name), "docs/metrics.md does not describe it");
                Assert.That(labels.Except(Added), Is.EquivalentTo(described.GetValueOrDefault(name, [])), $"labels of {name} in docs/metrics.md");
            }

            foreach (var (name, labels) in Dashboard())
            {
                Assert.That(shown, Does.ContainKey(name), "deploy/grafana/detector.json");
                Assert.That(labels.Except(Added).Except(shown.GetValueOrDefault(name, [])), Is.Empty, $"labels of {name} in deploy/grafana/detector.json");
            }
        });
    }

    [Test]
    public void The_dashboard_covers_what_an_operator_watches()
    {
        string[] wanted =
        [
            "detector_relay_lag_seconds", "detector_relay_delay_seconds", "detector_intake_received_total", "detector_ledger_pending", "detector_ledger_received",
            "detector_ledger_quarantined", "detector_ledger_dead_lettered", "detector_codecs_rejected_total", "detector_intake_refused_total", "detector_intake_throttled_total",
        ];
        Assert.That(Dashboard().Select(d => d.Name).Distinct(), Is.SupersetOf(wanted));
    }

    private static async Task ProvokeAsync(DetectorProcess detector, CancellationToken cancel)
    {
        using var stranger = new MqttClientFactory().CreateMqttClient();
        var refused = await stranger.ConnectAsync(Options(detector).WithEnhancedAuthentication("SCRAM-SHA-256", [1]).Build(), cancel);
        Assert.That(refused.ResultCode, Is.EqualTo(MqttClientConnectResultCode.BadAuthenticationMethod));
        using var client = new MqttClientFactory().CreateMqttClient();
        await client.ConnectAsync(Options(detector).Build(), cancel);
        var deep = await client.SubscribeAsync(string.Join('/', Enumerable.Repeat("a", 20)), MqttQualityOfServiceLevel.AtLeastOnce, cancel);
        Assert.That(deep.Items.Single().ResultCode, Is.GreaterThan(MqttClientSubscribeResultCode.GrantedQoS2));

        // Two days and a half of hours, one by one: more than 20 a second wait.
        var start = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        await Task.WhenAll(Enumerable.Range(1, 60).Select(hour => SendAsync(client, "meters/m-1", $$"""{"ts":{{start.AddHours(hour).ToUnixTimeSeconds()}},"kw":{{100 + hour}}}""", cancel)));
        await SendAsync(client, "meters/m-1", $$"""{"ts":{{start.ToUnixTimeSeconds()}},"kw":1}""", cancel); // late
        await SendAsync(client, "meters/m-2", $$"""{"ts":{{start.ToUnixTimeSeconds()}},"kw":-1}""", cancel); // flagged
        await SendAsync(client, "meters/m-2", """{"ts":"2099-01-01T00:00:00Z","kw":1}""", cancel); // quarantined
        await SendAsync(client, "meters/m-2", """{"kw":""", cancel); // rejected
        await SendAsync(client, "tele/plug/SENSOR", """{"Time":"2026-01-01T00:00:00Z","AM2301":{"Temperature":20.5}}""", cancel); // passed over
        var large = await SendAsync(client, "meters/m-2", new string('x', 4096), cancel);
        Assert.That(large.ReasonCode, Is.EqualTo(MqttClientPublishReasonCode.QuotaExceeded));
    }

    private static MqttClientOptionsBuilder Options(DetectorProcess detector) =>
        new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", detector.MqttPort).WithProtocolVersion(MQTTnet.Formatter.MqttProtocolVersion.V500);

    private static Task<MqttClientPublishResult> SendAsync(IMqttClient client, string topic, string payload, CancellationToken cancel) => client.PublishAsync(
        new MqttApplicationMessageBuilder().WithTopic(topic).WithPayload(payload).WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce).Build(), cancel);

    // Names of our metrics with their labels, the parts of a histogram under its own name.
    private static async Task<Dictionary<string, HashSet<string>>> ShownAsync(DetectorProcess detector, CancellationToken cancel)
    {
        var text = await detector.Http.GetStringAsync(new Uri("/metrics", UriKind.Relative), cancel);
        var shown = new Dictionary<string, HashSet<string>>();
        foreach (Match sample in Sample().Matches(text))
        {
            var labels = shown.TryGetValue(Whole(sample.Groups["name"].Value), out var known) ? known : shown[Whole(sample.Groups["name"].Value)] = [];
            labels.UnionWith(Label().Matches(sample.Groups["labels"].Value).Select(l => l.Groups["label"].Value));
        }

        return shown;
    }

    private static Dictionary<string, string[]> Table() =>
        File.ReadLines(Path.Combine(Requires.Repository(), "docs", "metrics.md"))
            .Where(line => line.StartsWith("| `detector_", StringComparison.Ordinal) && line.Count(c => c == '|') == 6)
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .ToDictionary(cells => cells[1].Trim('`'), cells => Quoted().Matches(cells[4]).Select(m => m.Groups["text"].Value).ToArray());

    // Each query's metrics, with every label that the query selects or sums by, or its legend shows.
    private static IEnumerable<(string Name, IEnumerable<string> Labels)> Dashboard()
    {
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(Requires.Repository(), "deploy", "grafana", "detector.json")));
        foreach (var panel in json.RootElement.GetProperty("panels").EnumerateArray().Where(p => p.GetProperty("type").GetString() != "row"))
        {
            foreach (var target in panel.GetProperty("targets").EnumerateArray())
            {
                var query = target.GetProperty("expr").GetString()!;
                var labels = Label().Matches(query).Select(m => m.Groups["label"].Value)
                    .Concat(By().Matches(query).SelectMany(m => m.Groups["labels"].Value.Split(',', StringSplitOptions.TrimEntries)))
                    .Concat(Legend().Matches(target.GetProperty("legendFormat").GetString()!).Select(m => m.Groups["label"].Value))
                    .ToList();
                foreach (Match metric in Metric().Matches(query))
                {
                    yield return (Whole(metric.Value), labels);
                }
            }
        }
    }

    private static string Whole(string name) => Part().Replace(name, string.Empty);

    [GeneratedRegex(@"^(?<name>detector_\w+)\{(?<labels>.*)\} ", RegexOptions.Multiline)]
    private static partial Regex Sample();

    [GeneratedRegex("(?<label>[a-z_]+)=~?\"")]
    private static partial Regex Label();

    [GeneratedRegex(@"by \((?<labels>[^)]*)\)")]
    private static partial Regex By();

    [GeneratedRegex(@"\{\{(?<label>\w+)\}\}")]
    private static partial Regex Legend();

    [GeneratedRegex(@"\bdetector_\w+")]
    private static partial Regex Metric();

    [GeneratedRegex(@"(?<=_seconds|_records)_(bucket|sum|count)$")]
    private static partial Regex Part();

    [GeneratedRegex("`(?<text>[^`]+)`")]
    private static partial Regex Quoted();
}
