// SPDX-License-Identifier: Apache-2.0
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Detector.Bench.HotPaths;
using Detector.Testing;
using Detector.Timeline;
using static Detector.Bench.EndToEnd.Report;

namespace Detector.Bench.EndToEnd;

/// <summary>Readings into a real InfluxDB, as a ratio to the rate at which it takes the same points made beforehand, in the same run.</summary>
/// <remarks>
/// Both take turns, each with a database of its own on the same server, dropped after it, so that the server has the same to do each time; a first turn is not counted. The median over the turns counts, of the rates and
/// of the ratios within a turn. The raw writer sends as large requests as ours, over one connection and over four, and the faster counts.
/// </remarks>
internal static class InfluxRun
{
    private const int Turns = 5;
    private const int ReadingsAtOnce = 100;
    private const string Database = "bench";

    /// <summary>Measures and prints; the code to end with: 1 where InfluxDB is not installed.</summary>
    public static async Task<int> RunAsync(int readings)
    {
        if (Requires.Find("influxd") is null)
        {
            await Console.Error.WriteLineAsync("influxd is not installed: install the Debian package influxdb.");
            return 1;
        }

        var traffic = new Traffic(Math.Max(1, readings / ReadingsAtOnce), ReadingsAtOnce);
        await using var server = await InfluxServer.StartAsync();
        using var http = new HttpClient();
        Print($"{traffic.Readings:N0} readings a turn, {ReadingsAtOnce} a message, {Turns} turns, {Environment.ProcessorCount} cores");
        var requests = Requests(traffic.Readings, new TimelineOptions().Influx.BatchSize);
        var (raw, relayed, published, processor) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());
        for (var turn = 0; turn <= Turns; turn++)
        {
            var limit = Math.Max(await RawAsync(server, http, requests, connections: 1), await RawAsync(server, http, requests, connections: 4));
            var (relay, spent) = await OursAsync(server, traffic, overMqtt: false);
            var (mqtt, _) = await OursAsync(server, traffic, overMqtt: true);
            if (turn > 0)
            {
                raw.Add(limit);
                relayed.Add(relay);
                processor.Add(1e6 * spent.TotalSeconds / traffic.Readings);
                published.Add(mqtt);
            }
        }

        Print($"points made beforehand, in requests of {requests[0].Count:N0} | {Median(raw):N0} readings/s");
        Print($"journal, relay, InfluxDB | {Median(relayed):N0} readings/s | {Share(relayed, raw)} | {Median(processor):0.00} s of this process's processor time for a million");
        Print($"MQTT into the embedded broker, journal, relay, InfluxDB, publisher included | {Median(published):N0} readings/s | {Share(published, raw)}");
        return 0;
    }

    private static async Task<double> RawAsync(InfluxServer server, HttpClient http, List<(byte[] Body, int Count)> requests, int connections)
    {
        await server.QueryAsync($"CREATE DATABASE {Database}");
        var address = new Uri(server.Url, $"/write?db={Database}&precision=u");
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, connections).Select(async first =>
        {
            for (var i = first; i < requests.Count; i += connections)
            {
                using var body = new ByteArrayContent(requests[i].Body);
                using var answer = await http.PostAsync(address, body);
                answer.EnsureSuccessStatusCode();
            }
        }));
        var rate = requests.Sum(r => r.Count) / watch.Elapsed.TotalSeconds;
        await server.QueryAsync($"DROP DATABASE {Database}");
        return rate;
    }

    private static async Task<(double Rate, TimeSpan Processor)> OursAsync(InfluxServer server, Traffic traffic, bool overMqtt)
    {
        await using var service = await Service.OpenAsync(Service.Into(server, Database));
        if (!overMqtt)
        {
            await service.JournalAsync(traffic.All);
        }

        var (watch, before) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        service.StartRelay();
        if (overMqtt)
        {
            await service.ListenAsync();
            await traffic.PublishAsync(service.Url);
        }

        await service.StoredAsync(traffic.Readings);
        var (rate, spent) = (traffic.Readings / watch.Elapsed.TotalSeconds, Environment.CpuUsage.TotalTime - before);
        await server.QueryAsync($"DROP DATABASE {Database}");
        return (rate, spent);
    }

    /// <summary>The points that the traffic's readings become, with the fields that ours have.</summary>
    private static List<(byte[] Body, int Count)> Requests(long readings, int pointsAtOnce)
    {
        var requests = new List<(byte[], int)>();
        var (lines, count) = (new StringBuilder(), 0);
        for (var i = 0L; i < readings; i++)
        {
            var (message, index) = (i / ReadingsAtOnce, i % ReadingsAtOnce);
            var number = (int)((message / Traffic.Meters * ReadingsAtOnce) + index);
            lines.Append(
                CultureInfo.InvariantCulture,
                $"readings,meter=m-{message % Traffic.Meters} position={message + 1}i,index={index}i,kind=0i,quality=0i,kw={Loads.Kilowatts(number)},volts=230.4 {Loads.Start.AddMinutes(15 * number).ToUnixTimeMilliseconds()}000\n");
            if (++count == pointsAtOnce || i == readings - 1)
            {
                requests.Add((Encoding.UTF8.GetBytes(lines.ToString()), count));
                (lines, count) = (lines.Clear(), 0);
            }
        }

        return requests;
    }

    private static string Share(List<double> rates, List<double> limits) => $"{MedianRatio(rates, limits):P0}";
}
