// SPDX-License-Identifier: Apache-2.0
using System.Net;
using System.Text.Json;
using Detector.Testing;
using MQTTnet;
using MQTTnet.Protocol;

namespace Detector.EndToEnd;

/// <summary>A meter that sends nothing but its cumulative register is judged by the differences, the same whichever way its readings come in.</summary>
internal sealed class RegisterTests
{
    private const int Hours = 24 * 98;
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly string[] Compared = ["meter", "verdict", "probability", "p_value", "window", "cadence_seconds", "coverage", "quality", "reasons", "model"];

    [TestCase(true)]
    [TestCase(false)]
    [CancelAfter(240_000)]
    public async Task Registers_are_judged_alike_by_score_and_by_the_service(bool byImport, CancellationToken cancel)
    {
        using var data = new TemporaryFolder();
        var file = data.In("m-reg.csv");
        var registers = Registers();
        await File.WriteAllLinesAsync(file, ["timestamp_utc,kwh_register", .. registers.Select((r, i) => FormattableString.Invariant($"{Start.AddHours(i).ToUnixTimeSeconds()},{r:R}"))], cancel);
        var scored = await DetectorProcess.RunAsync(["score", "--readings", file, "--format", "json"]);
        Assert.That(scored.Code, Is.Zero, scored.Error);
        using var expected = JsonDocument.Parse(scored.Output);
        var finding = expected.RootElement[0];
        Assert.That(finding.GetProperty("verdict").GetString(), Is.Not.EqualTo("insufficient"), scored.Output);
        Assert.That(finding.GetProperty("quality").GetRawText(), Does.Contain("register_rollover").And.Contain("meter_replaced"));

        if (byImport)
        {
            var imported = await DetectorProcess.RunAsync(["import", "--readings", file, "--data", data.Path]);
            Assert.That(imported.Code, Is.Zero, imported.Error);
        }

        var environment = new Dictionary<string, string> { ["DETECTOR__Watch__QuietFor"] = "00:00:03" };
        await using var detector = await DetectorProcess.ServeAsync(data.Path, ServerProcess.FreePort(), ServerProcess.FreePort(), environment);
        await detector.SignInAsync(data.Path, "admin");
        if (!byImport)
        {
            await PublishAsync(detector.MqttPort, registers, cancel);
        }

        var judged = await JudgedAsync(detector, finding.GetProperty("window").GetRawText(), cancel);
        Assert.Multiple(() =>
        {
            foreach (var name in Compared)
            {
                Assert.That(Text(judged.GetProperty(name)), Is.EqualTo(Text(finding.GetProperty(name))), name);
            }
        });
    }

    // A flat load with a little noise; the register runs over once, and is another meter's from the fortieth day on.
    private static double[] Registers()
    {
        var random = new Random(7);
        var registers = new double[Hours];
        var energy = 600_000.0;
        for (var i = 0; i < Hours; i++)
        {
            registers[i] = Math.Round(energy, 2);
            energy += 500 + (10 * (random.NextDouble() - 0.5));
            energy = i == 40 * 24 ? 123_456 : energy >= 1e6 ? energy - 1e6 : energy;
        }

        return registers;
    }

    private static async Task PublishAsync(int port, double[] registers, CancellationToken cancel)
    {
        using var client = new MqttClientFactory().CreateMqttClient();
        await client.ConnectAsync(new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", port).Build(), cancel);
        foreach (var chunk in registers.Select((r, i) => FormattableString.Invariant($$"""{"ts":{{Start.AddHours(i).ToUnixTimeSeconds()}},"kwh":{{r:R}}}""")).Chunk(1000))
        {
            await client.PublishAsync(
                new MqttApplicationMessageBuilder().WithTopic("meters/m-reg").WithPayload($"[{string.Join(',', chunk)}]").WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce).Build(), cancel);
        }
    }

    private static async Task<JsonElement> JudgedAsync(DetectorProcess detector, string window, CancellationToken cancel)
    {
        JsonElement? judged = null;
        await detector.UntilAsync(
            async () =>
            {
                using var answer = await detector.Http.GetAsync(new Uri("/api/v1/sites/m-reg", UriKind.Relative), cancel);
                if (answer.StatusCode != HttpStatusCode.OK)
                {
                    return false;
                }

                using var site = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(cancel));
                var evidence = site.RootElement.GetProperty("evidence");
                judged = evidence.GetArrayLength() > 0 ? evidence[0].Clone() : null;
                using var expected = JsonDocument.Parse(window);
                return judged is { } found && Text(found.GetProperty("window")) == Text(expected.RootElement);
            },
            TimeSpan.FromSeconds(90));
        return judged!.Value;
    }

    // Without the white space, which is the writer's own.
    private static string Text(JsonElement element) => JsonSerializer.Serialize(element);
}
