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
/// <remarks>Both take turns, each with a database of its own on the same server; the median of the turns counts. The raw writer sends as large requests as ours, over one connection and over two, and the faster counts.</remarks>
internal static class InfluxRun
{
    private const int Turns = 3;
    private const int ReadingsAtOnce = 100;

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
        var (raw, relayed, published) = (new List<double>(), new List<double>(), new List<double>());
        for (var turn = 0; turn < Turns; turn++)
        {
            raw.Add(Math.Max(
                traffic.Readings / await RawAsync(server, http, $"one_{turn}", requests, connections: 1),
                traffic.Readings / await RawAsync(server, http, $"two_{turn}", requests, connections: 2)));
            relayed.Add(traffic.Readings / await OursAsync(server, $"relay_{turn}", traffic, overMqtt: false));
            published.Add(traffic.Readings / await OursAsync(server, $"mqtt_{turn}", traffic, overMqtt: true));
        }

        var limit = Median(raw);
        Print($"points made beforehand, in requests of {requests[0].Count:N0} | {limit:N0} readings/s");
        Print($"journal, relay, InfluxDB | {Median(relayed):N0} readings/s | {Median(relayed) / limit:P0}");
        Print($"MQTT into the embedded broker, journal, relay, InfluxDB, publisher included | {Median(published):N0} readings/s | {Median(published) / limit:P0}");
        return 0;
    }

    private static async Task<double> RawAsync(InfluxServer server, HttpClient http, string database, List<(byte[] Body, int Count)> requests, int connections)
    {
        await server.QueryAsync($"CREATE DATABASE {database}");
        var address = new Uri(server.Url, $"/write?db={database}&precision=u");
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
        return watch.Elapsed.TotalSeconds;
    }

    private static async Task<double> OursAsync(InfluxServer server, string database, Traffic traffic, bool overMqtt)
    {
        await using var service = await Service.OpenAsync(options =>
        {
            options.Kind = "influx";
            (options.Influx.Url, options.Influx.Database) = (server.Url.ToString(), database);
        });
        if (!overMqtt)
        {
            await service.JournalAsync(traffic.All);
        }

        var watch = Stopwatch.StartNew();
        service.StartRelay();
        if (overMqtt)
        {
            await service.ListenAsync();
            await traffic.PublishAsync(service.Url);
        }

        await service.StoredAsync(traffic.Readings);
        return watch.Elapsed.TotalSeconds;
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

    private static double Median(List<double> rates) => rates.Order().ElementAt(rates.Count / 2);
}
