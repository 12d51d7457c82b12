// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Serialization;
using Detector.Intake;
using Detector.Metering;
using Detector.Recordings;
using Detector.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Detector.Bench.EndToEnd;

/// <summary>The built program as a process with a fleet of so many sites, in a temporary folder; readings come in over MQTT as they would from meters.</summary>
internal sealed class ServedConsole : IAsyncDisposable
{
    /// <summary>Readings of the meter whose chart is drawn: a minute each.</summary>
    public const int ChartPoints = 100_000;

    /// <summary>The site whose chart is drawn.</summary>
    public const string ChartSite = "s-chart";

    private const int ReadingsAMessage = 1_000;
    private const int HistoryMeters = 100;
    private const int HistoryReadings = 91 * 96;
    private const int TrendReadings = 28 * 4; // of six hours each: as many as a picture of four weeks has parts
    private const int MetersAtOnce = 64;
    private const int LiveMeters = 1_000;
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(100);

    private readonly TemporaryFolder _folder = new();
    private readonly int _httpPort = ServerProcess.FreePort();
    private readonly int _mqttPort = ServerProcess.FreePort();
    private readonly HttpClient _http;
    private readonly int _sites;
    private readonly DateTimeOffset _now = TimeProvider.System.GetUtcNow();
    private ServerProcess? _process;
    private MqttPublisher? _publisher;
    private long _sent;

    private ServedConsole(int sites)
    {
        _sites = sites;
        _http = new HttpClient { BaseAddress = new Uri(Address) };
    }

    /// <summary>Where the console is.</summary>
    public string Address => $"http://127.0.0.1:{_httpPort}";

    /// <summary>Starts it, with history stored and counted.</summary>
    /// <param name="sites">How many sites are registered.</param>
    /// <param name="judged">Whether all of them have four weeks of readings, and a verdict when this ends; else a hundred have readings.</param>
    public static async Task<ServedConsole> StartAsync(int sites, bool judged)
    {
        var served = new ServedConsole(sites);
        try
        {
            await served.OpenAsync();
            if (judged)
            {
                await served.JudgeAllAsync();
            }

            return served;
        }
        catch
        {
            await served.DisposeAsync();
            throw;
        }
    }

    /// <summary>The site of a number, of those registered.</summary>
    public static string Site(int number) => string.Create(CultureInfo.InvariantCulture, $"s-{number:000000}");

    /// <summary>Publishes at a steady rate, a reading a message from a thousand meters in turn, until it is given up.</summary>
    public async Task PublishLiveAsync(int messagesASecond, CancellationToken cancel)
    {
        using var timer = new PeriodicTimer(Beat);
        var next = 0;
        while (await timer.WaitForNextTickAsync(CancellationToken.None) && !cancel.IsCancellationRequested)
        {
            var batch = Math.Max(1, messagesASecond * (int)Beat.TotalMilliseconds / 1000);
            var at = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0;
            await Task.WhenAll(Enumerable.Range(next, batch).Select(i => PublishAsync(
                string.Create(CultureInfo.InvariantCulture, $"m-{HistoryMeters + (i % LiveMeters)}"), [(at, 90 + (i % 7))])));
            next += batch;
        }
    }

    /// <summary>Ends when all that was published so far is accounted for.</summary>
    /// <exception cref="InvalidOperationException">Some of them were not stored.</exception>
    public async Task SettleAsync() => await _process!.UntilAsync(
        async () =>
        {
            var account = (await _http.GetFromJsonAsync<Account>("/api/v1/ledger"))!;
            return account.Quarantined + account.DeadLettered > 0
                ? throw new InvalidOperationException($"Not all was stored: {account}")
                : account.Pending == 0 && account.Stored + account.Duplicate >= Interlocked.Read(ref _sent);
        },
        TimeSpan.FromMinutes(10));

    /// <summary>Memory of the process now and at its peak, in MiB, as Linux counts it (VmRSS, VmHWM).</summary>
    public (double Resident, double Peak) MemoryMebibytes()
    {
        var lines = File.ReadAllLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{_process!.ProcessId}/status"));
        double Of(string name) => long.Parse(
            lines.First(l => l.StartsWith(name, StringComparison.Ordinal)).Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024.0;
        return (Of("VmRSS:"), Of("VmHWM:"));
    }

    public async ValueTask DisposeAsync()
    {
        if (_publisher is not null)
        {
            await _publisher.DisposeAsync();
        }

        if (_process is not null)
        {
            await _process.DisposeAsync();
        }

        _http.Dispose();
        _folder.Dispose();
    }

    private async Task OpenAsync()
    {
        SitesFile.Write(_folder.In("sites.csv"), Register());
        var program = Path.Combine(Requires.Repository(), "src", "Detector", "bin", "Release", "net10.0", "detector");
        _process = ServerProcess.Start(
            program,
            ["serve", "--data", _folder.Path, "--http", $"127.0.0.1:{_httpPort}", "--mqtt", $"127.0.0.1:{_mqttPort}", "--log", "Warning"],
            new Dictionary<string, string> { ["DETECTOR__Http__AnonymousLoopbackRead"] = "true" });
        await _process.ListensAsync(_httpPort, TimeSpan.FromMinutes(2));
        await _process.ListensAsync(_mqttPort, TimeSpan.FromMinutes(2));
        _publisher = await MqttPublisher.ConnectAsync($"mqtt://127.0.0.1:{_mqttPort}", "bench-console", TimeProvider.System, NullLogger<MqttPublisher>.Instance, CancellationToken.None);
        await HistoryAsync("m-chart", ChartPoints, 60);
        for (var meter = 0; meter < Math.Min(HistoryMeters, _sites); meter++)
        {
            await HistoryAsync(string.Create(CultureInfo.InvariantCulture, $"m-{meter}"), HistoryReadings, 900);
        }

        await SettleAsync();
    }

    /// <summary>Gives the sites that have none four weeks of readings, and waits until nothing more is judged.</summary>
    private async Task JudgeAllAsync()
    {
        foreach (var meters in Enumerable.Range(HistoryMeters, Math.Max(0, _sites - HistoryMeters)).Chunk(MetersAtOnce))
        {
            await Task.WhenAll(meters.Select(meter => HistoryAsync(string.Create(CultureInfo.InvariantCulture, $"m-{meter}"), TrendReadings, 21_600)));
        }

        await SettleAsync();
        for (var (before, now) = (-1.0, 0.0); now > before || now < _sites; await Task.Delay(Rest))
        {
            (before, now) = (now, await JudgedAsync());
        }
    }

    private async Task<double> JudgedAsync() => (await _http.GetStringAsync(new Uri("/metrics", UriKind.Relative))).Split('\n')
        .Where(line => line.StartsWith("detector_watch_verdicts_total{", StringComparison.Ordinal))
        .Sum(line => double.Parse(line[(line.IndexOf("} ", StringComparison.Ordinal) + 2)..].Split(' ')[0], CultureInfo.InvariantCulture));

    /// <summary>Sites as a grid operator has them: some regions, hundreds of feeders, a thousand owners.</summary>
    private IEnumerable<MeterRegistration> Register()
    {
        DeclaredUse[] uses = [DeclaredUse.DataCenter, DeclaredUse.Industrial, DeclaredUse.Commercial, DeclaredUse.ColdStorage, DeclaredUse.Telecom];
        for (var i = 0; i < _sites; i++)
        {
            yield return new MeterRegistration
            {
                Meter = MeterId.Of(string.Create(CultureInfo.InvariantCulture, $"m-{i}")),
                Site = Site(i),
                Name = string.Create(CultureInfo.InvariantCulture, $"Transformer {(i + 1) * 7_919L % _sites:000000}"),
                DeclaredUse = uses[i % uses.Length],
                ContractedKilowatts = 100 + (i % 900),
                Region = $"Region {i % 20}",
                Feeder = $"Feeder {i % 400}",
                Owner = $"Owner {i % 1_000}",
            };
        }

        yield return new MeterRegistration { Meter = MeterId.Of("m-chart"), Site = ChartSite, Name = "Yard by the minute", ContractedKilowatts = 400 };
    }

    private async Task HistoryAsync(string meter, int readings, int seconds)
    {
        var random = new Random(1);
        var first = _now.ToUnixTimeSeconds() / seconds * seconds - ((long)readings * seconds);
        var loads = Enumerable.Range(0, readings).Select(i => ((double)(first + ((long)i * seconds)), Math.Round(120 + (60 * Math.Sin(i * seconds * Math.Tau / 86_400)) + (20 * random.NextDouble()), 2)));
        foreach (var part in loads.Chunk(ReadingsAMessage))
        {
            await PublishAsync(meter, part);
        }
    }

    private async Task PublishAsync(string meter, (double Time, double Kilowatts)[] readings)
    {
        var json = string.Join(',', readings.Select(r => string.Create(CultureInfo.InvariantCulture, $$"""{"ts":{{r.Time:R}},"kw":{{r.Kilowatts:R}}}""")));
        await _publisher!.PublishAsync($"meters/{meter}", Encoding.UTF8.GetBytes($"[{json}]"), CancellationToken.None);
        Interlocked.Add(ref _sent, readings.Length);
    }

    private sealed record Account(
        [property: JsonPropertyName("stored")] long Stored,
        [property: JsonPropertyName("duplicate")] long Duplicate,
        [property: JsonPropertyName("quarantined")] long Quarantined,
        [property: JsonPropertyName("dead_lettered")] long DeadLettered,
        [property: JsonPropertyName("pending")] long Pending);
}
