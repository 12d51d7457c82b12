// SPDX-License-Identifier: Apache-2.0
using System.Diagnostics;
using System.Globalization;
using Detector.Testing;
using Detector.Timeline;

namespace Detector.Bench.EndToEnd;

/// <summary>MQTT at QoS 1 into journal and store, as a ratio to a subscriber of the same library that does nothing, in the same run.</summary>
/// <remarks>Both take turns, so that a machine that slows down slows both; the median of the turns counts. The publisher is in this process, costs little and costs both the same (<see cref="LeanPublisher"/>).</remarks>
internal static class EndToEndRun
{
    private const int Turns = 3;
    private const int ReadingsAtOnce = 100;

    public static async Task RunAsync(int messages)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{messages:N0} messages a turn, {Turns} turns, {Environment.ProcessorCount} cores, publisher included"));
        Console.WriteLine("way                                              | does nothing | into the store |  ratio");
        Console.WriteLine("                                                 |   messages/s |     messages/s |");
        var single = new Traffic(messages, 1);
        await CompareAsync("embedded broker, one reading a message", () => IdleAtOwnBrokerAsync(single), () => EmbeddedAsync(single));
        if (Requires.Find("mosquitto") is null)
        {
            Console.WriteLine("mosquitto is not installed: its rows are left out");
        }
        else
        {
            await CompareAsync(
                "mosquitto, one reading a message", () => AtMosquittoAsync(url => IdleAsync(url, single)), () => AtMosquittoAsync(url => SubscribedAsync(url, single)));
        }

        var many = new Traffic(Math.Max(1, messages / 10), ReadingsAtOnce);
        await PrintAsync($"embedded broker, {ReadingsAtOnce} readings a message", many, () => EmbeddedAsync(many));
        await PrintAsync($"relay alone, {ReadingsAtOnce} readings a message", many, () => RelayAsync(many));
        await PrintAsync("relay alone, one reading a message", single, () => RelayAsync(single));
    }

    private static async Task CompareAsync(string way, Func<Task<Turn>> idle, Func<Task<Turn>> ours)
    {
        var (nothing, stored) = (new List<Turn>(), new List<Turn>());
        for (var turn = 0; turn < Turns; turn++)
        {
            nothing.Add(await idle());
            stored.Add(await ours());
        }

        var (without, with) = (Median(nothing).Rate, Median(stored).Rate);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{way,-48} | {without,12:N0} | {with,14:N0} | {with / without,6:P0}"));
    }

    private static async Task PrintAsync(string way, Traffic traffic, Func<Task<Turn>> run)
    {
        var turns = new List<Turn>();
        for (var turn = 0; turn < Turns; turn++)
        {
            turns.Add(await run());
        }

        var median = Median(turns);
        var readings = median.Rate * traffic.Readings / traffic.Messages;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{way,-48} | {median.Rate,12:N0} messages/s, {readings:N0} readings/s, {median.AllocatedBytes:N0} bytes allocated a message"));
    }

    private static Turn Median(List<Turn> turns) => turns.OrderBy(t => t.Rate).ElementAt(turns.Count / 2);

    private static async Task<Turn> IdleAtOwnBrokerAsync(Traffic traffic)
    {
        var (server, url) = await Idle.ListenAsync();
        try
        {
            return await IdleAsync(url, traffic);
        }
        finally
        {
            await server.StopAsync(new MQTTnet.Server.MqttServerStopOptions());
            server.Dispose();
        }
    }

    /// <summary>Measures at a mosquitto of its own: the session that ours keeps there would go on queueing what the next turn publishes.</summary>
    public static async Task<Turn> AtMosquittoAsync(Func<string, Task<Turn>> measure)
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        return await measure(mosquitto.Url);
    }

    /// <summary>A subscriber at a broker that does nothing with what comes.</summary>
    public static async Task<Turn> IdleAsync(string url, Traffic traffic)
    {
        var (client, received) = await Idle.SubscribeAsync(url, traffic.Messages);
        using (client)
        {
            return await MeasureAsync(traffic, () => Task.WhenAll(traffic.PublishAsync(url), received));
        }
    }

    /// <summary>The service with its own broker, into DuckDB unless another store is named.</summary>
    public static async Task<Turn> EmbeddedAsync(Traffic traffic, Action<TimelineOptions>? store = null)
    {
        await using var service = await Service.OpenAsync(store);
        service.StartRelay();
        await service.ListenAsync();
        return await MeasureAsync(traffic, () => Task.WhenAll(traffic.PublishAsync(service.Url), service.StoredAsync(traffic.Readings)));
    }

    /// <summary>The service as a subscriber at a broker, into DuckDB unless another store is named.</summary>
    public static async Task<Turn> SubscribedAsync(string url, Traffic traffic, Action<TimelineOptions>? store = null)
    {
        await using var service = await Service.OpenAsync(store);
        service.StartRelay();
        await service.SubscribeAsync(url);
        return await MeasureAsync(traffic, () => Task.WhenAll(traffic.PublishAsync(url), service.StoredAsync(traffic.Readings)));
    }

    private static async Task<Turn> RelayAsync(Traffic traffic)
    {
        await using var service = await Service.OpenAsync();
        await service.JournalAsync(traffic.All);
        service.StartRelay();
        return await MeasureAsync(traffic, () => service.StoredAsync(traffic.Readings));
    }

    private static async Task<Turn> MeasureAsync(Traffic traffic, Func<Task> work)
    {
        GC.Collect();
        var before = GC.GetTotalAllocatedBytes(precise: true);
        var watch = Stopwatch.StartNew();
        await work();
        return new Turn(traffic.Messages / watch.Elapsed.TotalSeconds, (GC.GetTotalAllocatedBytes(precise: true) - before) / traffic.Messages);
    }

    /// <summary>What one turn gave.</summary>
    /// <param name="Rate">Messages a second from the first publish to the last one received or stored.</param>
    /// <param name="AllocatedBytes">Bytes the whole process allocated, by message.</param>
    public sealed record Turn(double Rate, long AllocatedBytes);
}
