// SPDX-License-Identifier: Apache-2.0
using System.Buffers;
using Detector.Codecs;
using Detector.Host.Hosting;
using Detector.Host.Terminal;
using Detector.Host.Verbs;
using Detector.Intake;
using Detector.Metering;

namespace Detector.Host.Demo;

/// <summary>Publishes the demo's fleet over MQTT: first the history, a day a message, then live, a reading a message.</summary>
internal sealed class DemoPublisher(IntakeService intake, MessageDecoder decoder, TimeProvider time)
{
    private const int Gateways = 4;
    private const int MessagesInFlight = 8;
    private const string Codec = "json";

    private readonly IPayloadEncoder _encoder = CodecCatalog.Default().TryGetEncoder(Codec, out var encoder) ? encoder : throw new InvalidOperationException($"BUG: {Codec} does not encode.");

    /// <summary>Publishes everything before a moment, site by site, so that each can be judged as soon as it is complete.</summary>
    public async Task PublishHistoryAsync(IReadOnlyList<DemoSite> sites, DateTimeOffset until, ProgressLine progress, CancellationToken cancel)
    {
        var next = -1;
        long readings = 0;
        await Task.WhenAll(Enumerable.Range(0, Gateways).Select(async gateway =>
        {
            await using var client = await intake.PublisherAsync($"demo-gateway-{gateway}", cancel);
            for (var i = Interlocked.Increment(ref next); i < sites.Count; i = Interlocked.Increment(ref next))
            {
                var sent = await PublishSiteAsync(client, sites[i], until, cancel);
                progress.Show($"{Interlocked.Add(ref readings, sent):N0} readings of {Math.Min(next + 1, sites.Count)} of {sites.Count} sites published over MQTT");
            }
        }));
        progress.Show($"{readings:N0} readings of {sites.Count} sites published over MQTT", always: true);
    }

    /// <summary>Publishes what follows at so many times real time, and at real time once it reaches the present.</summary>
    public async Task PublishLiveAsync(IReadOnlyList<DemoSite> sites, DateTimeOffset from, double speed, CancellationToken cancel)
    {
        await using var client = await intake.PublisherAsync("demo-live", cancel);
        var began = time.GetUtcNow();
        var steps = sites.SelectMany(s => s.Readings.Where(r => r.Time >= from)).GroupBy(r => r.Time).OrderBy(g => g.Key);
        foreach (var step in steps)
        {
            var due = began + ((step.Key - from) / speed);
            var wait = (due < step.Key ? due : step.Key) - time.GetUtcNow();
            wait = step.Key > time.GetUtcNow() ? step.Key - time.GetUtcNow() : wait;
            if (wait > TimeSpan.Zero)
            {
                await Task.Delay(wait, time, cancel);
            }

            foreach (var reading in step)
            {
                await PublishAsync(client, [reading], cancel);
            }
        }
    }

    private async Task<int> PublishSiteAsync(MqttPublisher client, DemoSite site, DateTimeOffset until, CancellationToken cancel)
    {
        var inFlight = new Queue<Task>();
        var sent = 0;
        foreach (var day in site.Readings.Where(r => r.Time < until).GroupAdjacent(96))
        {
            if (inFlight.Count == MessagesInFlight)
            {
                await inFlight.Dequeue();
            }

            inFlight.Enqueue(PublishAsync(client, day, cancel));
            sent += day.Length;
        }

        await Task.WhenAll(inFlight);
        return sent;
    }

    private Task PublishAsync(MqttPublisher client, Reading[] readings, CancellationToken cancel)
    {
        var payload = new ArrayBufferWriter<byte>(8192);
        _encoder.Encode(readings, payload);
        return client.PublishAsync(decoder.TopicFor(readings[0].Meter, Codec), payload.WrittenMemory, cancel);
    }
}
