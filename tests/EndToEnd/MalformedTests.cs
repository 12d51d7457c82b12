// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using Detector.Testing;
using MQTTnet;
using MQTTnet.Protocol;

namespace Detector.EndToEnd;

/// <summary>A thousand malformed payloads among good ones: kept with their reasons, the good ones stored, and no flood.</summary>
internal sealed class MalformedTests
{
    private const int Good = 1000;
    private const int Bad = 1000;

    [Test]
    [CancelAfter(120_000)]
    public async Task Malformed_payloads_become_dead_letters_and_the_good_ones_are_stored(CancellationToken cancel)
    {
        using var data = new TemporaryFolder();
        await using var detector = await DetectorProcess.ServeAsync(data.Path, ServerProcess.FreePort(), ServerProcess.FreePort());
        await detector.SignInAsync(data.Path, "admin");
        using var client = new MqttClientFactory().CreateMqttClient();
        await client.ConnectAsync(new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", detector.MqttPort).Build(), cancel);
        var random = new Random(7);
        for (var i = 0; i < Good; i++)
        {
            await PublishAsync(client, "meters/good", Encoding.UTF8.GetBytes(Reading(i)), cancel);
            await PublishAsync(client, i % 10 == 9 ? "not/mapped/at/all" : "meters/bad", Malformed(i, random), cancel);
        }

        var account = await detector.SettledAsync(a => a.Received >= Good + Bad, TimeSpan.FromSeconds(30));
        var letters = await detector.Http.GetFromJsonAsync<List<Letter>>("/api/v1/dead-letters?limit=1000", DetectorProcess.Json, cancel);
        Assert.Multiple(() =>
        {
            Assert.That(account, Is.EqualTo(new Account(Good + Bad, Good, 0, 0, Bad, 0)));
            Assert.That(letters, Has.Count.EqualTo(Bad));
            Assert.That(letters!.Select(l => l.Reason), Has.All.Not.Empty);
            Assert.That(letters!.Select(l => l.Kind).Distinct().Count(), Is.GreaterThan(6), "many kinds of fault");
            Assert.That(detector.Output.Split('\n'), Has.Length.LessThan(Good + Bad), "a line a batch, not a line a message");
        });
    }

    private static string Reading(int number) =>
        string.Create(CultureInfo.InvariantCulture, $"{{\"ts\":{1767225600 + (number * 60)},\"kw\":{50 + (number % 7)}}}");

    private static byte[] Malformed(int number, Random random)
    {
        var good = Reading(number);
        string[] bad =
        [
            string.Empty,
            "{",
            "[]",
            "null",
            "42",
            "{\"ts\":\"yesterday\",\"kw\":1}",
            "{\"ts\":\"2026-01-01T00:00:00\",\"kw\":1}",
            "{\"ts\":1767225600,\"kw\":\"many\"}",
            "{\"ts\":1767225600}",
            "{\"ts\":1767225600,\"kw\":1,\"kw\":2}",
            "{\"ts\":1767225600,\"kw\":1e999}",
            good + "}",
            good[..random.Next(1, good.Length)],
            $"[{good},{{\"ts\":1}}]",
            "power value=",
        ];
        if (number % 16 == 15)
        {
            var noise = new byte[random.Next(1, 200)];
            random.NextBytes(noise);
            return noise;
        }

        return Encoding.UTF8.GetBytes(bad[number % 16]);
    }

    private static Task<MqttClientPublishResult> PublishAsync(IMqttClient client, string topic, byte[] payload, CancellationToken cancel) =>
        client.PublishAsync(new MqttApplicationMessage { Topic = topic, Payload = new(payload), QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce }, cancel);

    private sealed record Letter(long Id, string Topic, string Reason, string Kind);
}
