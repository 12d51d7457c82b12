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
        Print($"way                                           | readings/s |  ratio | processor time for a million: ours | InfluxDB's");
        Print($"server and service share the cores");
        await CompareAsync(server, http, requests, traffic);
        if (Environment.ProcessorCount < 2 || Requires.Find("taskset") is null)
        {
            Print($"one core for each: left out, it takes two cores and taskset");
            return 0;
        }

        Print($"one core for the server, another for the service");
        await PinAsync(server.ProcessId, core: 0);
        await PinAsync(Environment.ProcessId, core: 1);
        await CompareAsync(server, http, requests, traffic);
        return 0;
    }

    private static async Task CompareAsync(InfluxServer server, HttpClient http, List<(byte[] Body, int Count)> requests, Traffic traffic)
    {
        var (raw, relayed, published) = (new List<Turn>(), new List<Turn>(), new List<Turn>());
        for (var turn = 0; turn <= Turns; turn++)
        {
            var (one, four) = (await RawAsync(server, http, requests, connections: 1), await RawAsync(server, http, requests, connections: 4));
            var relay = await OursAsync(server, traffic, overMqtt: false);
            var mqtt = await OursAsync(server, traffic, overMqtt: true);
            if (turn > 0)
            {
                raw.Add(one.Rate > four.Rate ? one : four);
                relayed.Add(relay);
                published.Add(mqtt);
            }
        }

        Say($"points made beforehand, in requests of {requests[0].Count:N0}", raw, raw);
        Say("journal, relay, InfluxDB", relayed, raw);
        Say("MQTT (own broker), journal, relay, InfluxDB", published, raw);
    }

    /// <summary>Keeps every thread of a process on one core; threads that come later inherit it.</summary>
    private static async Task PinAsync(int process, int core)
    {
        string[] arguments = ["--all-tasks", "--cpu-list", "--pid", core.ToString(CultureInfo.InvariantCulture), process.ToString(CultureInfo.InvariantCulture)];
        using var pinned = Process.Start(new ProcessStartInfo("taskset", arguments) { RedirectStandardOutput = true })!;
        await pinned.StandardOutput.ReadToEndAsync();
        await pinned.WaitForExitAsync();
        if (pinned.ExitCode != 0)
        {
            throw new InvalidOperationException($"taskset ended with {pinned.ExitCode}.");
        }
    }

    private static void Say(string way, List<Turn> turns, List<Turn> limits) => Print(
        $"{way,-45} | {Median([.. turns.Select(t => t.Rate)]),10:N0} | {MedianRatio([.. turns.Select(t => t.Rate)], [.. limits.Select(t => t.Rate)]),6:P0} | {Median([.. turns.Select(t => t.OursSeconds)]),32:0.00} s | {Median([.. turns.Select(t => t.TheirsSeconds)]),8:0.00} s");

    private static async Task<Turn> RawAsync(InfluxServer server, HttpClient http, List<(byte[] Body, int Count)> requests, int connections)
    {
        await server.QueryAsync($"CREATE DATABASE {Database}");
        var address = new Uri(server.Url, $"/write?db={Database}&precision=u");
        var spent = Spent.Now(server);
        await Task.WhenAll(Enumerable.Range(0, connections).Select(async first =>
        {
            for (var i = first; i < requests.Count; i += connections)
            {
                using var body = new ByteArrayContent(requests[i].Body);
                using var answer = await http.PostAsync(address, body);
                answer.EnsureSuccessStatusCode();
            }
        }));
        var turn = spent.Until(requests.Sum(r => r.Count), server);
        await server.QueryAsync($"DROP DATABASE {Database}");
        return turn;
    }

    private static async Task<Turn> OursAsync(InfluxServer server, Traffic traffic, bool overMqtt)
    {
        await using var service = await Service.OpenAsync(Service.Into(server, Database));
        if (!overMqtt)
        {
            await service.JournalAsync(traffic.All);
        }

        var spent = Spent.Now(server);
        service.StartRelay();
        if (overMqtt)
        {
            await service.ListenAsync();
            await traffic.PublishAsync(service.Url);
        }

        await service.StoredAsync(traffic.Readings);
        var turn = spent.Until(traffic.Readings, server);
        await server.QueryAsync($"DROP DATABASE {Database}");
        return turn;
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

    /// <summary>What one turn gave.</summary>
    /// <param name="Rate">Readings a second.</param>
    /// <param name="OursSeconds">Processor time of this process for a million readings.</param>
    /// <param name="TheirsSeconds">That of the server.</param>
    private sealed record Turn(double Rate, double OursSeconds, double TheirsSeconds);

    /// <summary>The clock and both processes' time at the beginning of a turn.</summary>
    private sealed record Spent(long At, TimeSpan Ours, TimeSpan Theirs)
    {
        public static Spent Now(InfluxServer server) => new(Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime, server.ProcessorTime);

        public Turn Until(long readings, InfluxServer server)
        {
            var elapsed = Stopwatch.GetElapsedTime(At);
            return new Turn(
                readings / elapsed.TotalSeconds,
                1e6 * (Environment.CpuUsage.TotalTime - Ours).TotalSeconds / readings,
                1e6 * (server.ProcessorTime - Theirs).TotalSeconds / readings);
        }
    }
}
