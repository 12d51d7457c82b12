// SPDX-License-Identifier: Apache-2.0
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Detector.Testing;
using static Detector.Bench.EndToEnd.Report;

namespace Detector.Bench.EndToEnd;

/// <summary>MQTT at QoS 1 into a store beside the usual flow of Node-RED (MQTT in, JSON, join by 1,000, InfluxDB batch out), in the same run.</summary>
/// <remarks>
/// Both take turns, each with a mosquitto of its own and the same InfluxDB; a first turn is not counted, the median of the others is. The publisher is in this process and costs both the same. Node-RED has nothing to read
/// when the process dies between its nodes; ours acknowledges a message when the journal is flushed.
/// </remarks>
internal static class NodeRedRun
{
    private const int Turns = 3;
    private const int JoinedAtOnce = 1_000;
    private const string Theirs = "bench";
    private const string Ours = "ours";

    /// <summary>Measures and prints; the code to end with: 1 where a server is not installed.</summary>
    public static async Task<int> RunAsync(int messages)
    {
        foreach (var (program, package) in new[] { ("mosquitto", "mosquitto"), ("influxd", "influxdb"), ("npm", "npm") })
        {
            if (Requires.Find(program) is null)
            {
                await Console.Error.WriteLineAsync($"{program} is not installed: install the Debian package {package}.");
                return 1;
            }
        }

        var traffic = new Traffic(Math.Max(1, messages / JoinedAtOnce) * JoinedAtOnce, 1);
        Print($"{traffic.Messages:N0} messages of one reading a turn, {Turns} turns, {Environment.ProcessorCount} cores, publisher included");
        await using var influx = await InfluxServer.StartAsync();
        await using var flow = await Flow.StartAsync(influx);
        var (nothing, theirs, influxed, stored, own) = (new List<double>(), new List<double>(), new List<double>(), new List<double>(), new List<double>());
        for (var turn = 0; turn <= Turns; turn++)
        {
            var idle = await EndToEndRun.AtMosquittoAsync(url => EndToEndRun.IdleAsync(url, traffic));
            var their = await flow.MeasureAsync(traffic);
            var our = await EndToEndRun.AtMosquittoAsync(url => EndToEndRun.SubscribedAsync(url, traffic, Service.Into(influx, Ours)));
            await influx.QueryAsync($"DROP DATABASE {Ours}");
            var embedded = await EndToEndRun.AtMosquittoAsync(url => EndToEndRun.SubscribedAsync(url, traffic));
            var alone = await EndToEndRun.EmbeddedAsync(traffic, Service.Into(influx, Ours));
            await influx.QueryAsync($"DROP DATABASE {Ours}");
            if (turn > 0)
            {
                nothing.Add(idle.Rate);
                theirs.Add(their);
                influxed.Add(our.Rate);
                stored.Add(embedded.Rate);
                own.Add(alone.Rate);
            }
        }

        Print($"Node-RED, mosquitto to InfluxDB    | {Median(theirs):N0} messages/s");
        Print($"a subscriber that does nothing     | {Median(nothing):N0} messages/s | {MedianRatio(nothing, theirs):0.0} times");
        Print($"ours, mosquitto to InfluxDB        | {Median(influxed):N0} messages/s | {MedianRatio(influxed, theirs):0.0} times");
        Print($"ours, mosquitto to embedded DuckDB | {Median(stored):N0} messages/s | {MedianRatio(stored, theirs):0.0} times");
        Print($"ours, own broker to InfluxDB       | {Median(own):N0} messages/s | {MedianRatio(own, theirs):0.0} times");
        return 0;
    }

    /// <summary>Node-RED of npm with <c>bench/NodeRed/flows.json</c>, before a mosquitto of its own.</summary>
    private sealed class Flow : IAsyncDisposable
    {
        private readonly InfluxServer _influx;
        private readonly Mosquitto _mosquitto;
        private readonly NodeClients _packages;
        private readonly ServerProcess _process;

        private Flow(InfluxServer influx, Mosquitto mosquitto, NodeClients packages, ServerProcess process) =>
            (_influx, _mosquitto, _packages, _process) = (influx, mosquitto, packages, process);

        public static async Task<Flow> StartAsync(InfluxServer influx)
        {
            var packages = await NodeClients.InstallAsync(Path.Combine(Requires.Repository(), "bench", "NodeRed"));
            var mosquitto = await Mosquitto.StartAsync();
            await influx.QueryAsync($"CREATE DATABASE {Theirs}");
            var process = packages.Start(
                Path.Combine("node_modules", "node-red", "red.js"),
                new Dictionary<string, string>
                {
                    ["MQTT_PORT"] = mosquitto.Port.ToString(CultureInfo.InvariantCulture),
                    ["INFLUX_PORT"] = influx.Url.Port.ToString(CultureInfo.InvariantCulture),
                    ["NO_UPDATE_NOTIFIER"] = "1",
                },
                "--userDir",
                packages.In("."),
                "--port",
                ServerProcess.FreePort().ToString(CultureInfo.InvariantCulture));
            await process.UntilAsync(() => Task.FromResult(process.Output.Contains("Connected to broker", StringComparison.Ordinal)));
            await Task.Delay(TimeSpan.FromSeconds(1)); // it subscribes once it is connected, and says nothing of it
            return new Flow(influx, mosquitto, packages, process);
        }

        /// <summary>Messages a second from the first publish until InfluxDB counts them all.</summary>
        public async Task<double> MeasureAsync(Traffic traffic)
        {
            await _influx.QueryAsync($"CREATE DATABASE {Theirs}");
            var watch = Stopwatch.StartNew();
            await traffic.PublishAsync(_mosquitto.Url);
            await _process.UntilAsync(async () => await CountAsync() >= traffic.Readings, TimeSpan.FromMinutes(1 + (traffic.Readings / 60_000.0)));
            var rate = traffic.Messages / watch.Elapsed.TotalSeconds;
            await _influx.QueryAsync($"DROP DATABASE {Theirs}");
            return rate;
        }

        public async ValueTask DisposeAsync()
        {
            await _process.DisposeAsync();
            await _mosquitto.DisposeAsync();
            _packages.Dispose();
        }

        private async Task<long> CountAsync()
        {
            using var answer = JsonDocument.Parse(await _influx.QueryAsync("SELECT COUNT(kw) FROM readings", Theirs));
            var result = answer.RootElement.GetProperty("results")[0];
            return result.TryGetProperty("series", out var series) ? series[0].GetProperty("values")[0][1].GetInt64() : 0;
        }
    }
}
