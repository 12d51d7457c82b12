// SPDX-License-Identifier: Apache-2.0
using System.Net;
using System.Net.Http.Headers;
using Detector.Testing;
using RabbitMQ.Client;

namespace Detector.EndToEnd.Faults;

/// <summary>mosquitto, InfluxDB, RabbitMQ and the service as processes, each of which can be harmed and comes back.</summary>
internal sealed class FaultWorld : IAsyncDisposable
{
    private const string Queue = "harness";
    private readonly TemporaryFolder _folder = new();
    private readonly FaultyDisk _disk = new();
    private readonly FaultyClock _clock;
    private readonly int _http = ServerProcess.FreePort();
    private AuthenticationHeaderValue? _token;
    private Mosquitto _mosquitto = null!;
    private InfluxServer _influx = null!;
    private RabbitServer _rabbit = null!;
    private FaultyLink _toBroker = null!;
    private FaultyLink _toStore = null!;
    private FaultyLink _toQueue = null!;
    private DetectorProcess? _detector;

    private FaultWorld() => _clock = new FaultyClock(_folder.In("clock"));

    /// <summary>Where meters publish: mosquitto itself.</summary>
    public int BrokerPort => _mosquitto.Port;

    /// <summary>The service as it runs now.</summary>
    public DetectorProcess Detector => _detector ?? throw new InvalidOperationException("It is down.");

    /// <summary>How often the service ended by itself and was started again.</summary>
    public int EndedByItself { get; private set; }

    /// <summary>The end of what the service said since its start.</summary>
    public string Said => _detector is null ? "the service is down" : EndOf(_detector.Output);

    public static async Task<FaultWorld> StartAsync(CancellationToken cancel)
    {
        var world = new FaultWorld();
        try
        {
            world._mosquitto = await Mosquitto.StartAsync();
            world._influx = await InfluxServer.StartAsync();
            world._rabbit = await RabbitServer.StartAsync();
            world._toBroker = new FaultyLink(world._mosquitto.Port);
            world._toStore = new FaultyLink(world._influx.Url.Port);
            world._toQueue = new FaultyLink(new Uri(world._rabbit.Url).Port);
            await world.BindAsync(cancel);
            await world._rabbit.SettleAsync();
            await world.UpAsync(cancel);
            return world;
        }
        catch
        {
            await world.DisposeAsync();
            throw;
        }
    }

    /// <summary>Why a kind of fault cannot be made here; null where it can.</summary>
    public string? Lacks(FaultKind kind) => kind switch
    {
        FaultKind.FillDisk => _disk.Lacks,
        FaultKind.JumpClock => _clock.Lacks,
        _ => null,
    };

    /// <summary>Makes a fault and mends it; when it returns everything runs again.</summary>
    public async Task StrikeAsync(FaultKind kind, Random random, CancellationToken cancel)
    {
        var away = TimeSpan.FromMilliseconds(random.Next(0, 1500));
        switch (kind)
        {
            case FaultKind.KillService:
                await DownAsync();
                await Task.Delay(away, cancel);
                break;
            case FaultKind.KillBroker:
                await _mosquitto.KillAsync();
                await Task.Delay(away, cancel);
                await _mosquitto.StartAgainAsync();
                break;
            case FaultKind.KillStore:
                await _influx.KillAsync();
                await Task.Delay(away, cancel);
                await _influx.RestartAsync();
                break;
            case FaultKind.KillQueue:
                await _rabbit.KillAsync();
                await Task.Delay(away, cancel);
                await _rabbit.RestartAsync();
                break;
            case FaultKind.FillDisk:
                _disk.Fill();
                await Task.Delay(away, cancel);
                _disk.Free();
                break;
            case FaultKind.CutSockets:
                for (var cuts = random.Next(1, 5); cuts > 0; cuts--)
                {
                    _toBroker.Cut();
                    _toStore.Cut();
                    _toQueue.Cut();
                    await Task.Delay(away / 5, cancel);
                }

                break;
            case FaultKind.JumpClock:
                _clock.Set(TimeSpan.FromMinutes(random.Next(-30 * 24 * 60, 30 * 24 * 60)));
                await Task.Delay(away, cancel);
                _clock.Set(TimeSpan.Zero);
                break;
        }

        await UpAsync(cancel);
    }

    /// <summary>Starts the service where it is down, as whatever supervises it would, and waits until every part of it is ready.</summary>
    public async Task UpAsync(CancellationToken cancel)
    {
        for (var waited = 0; !await IsReadyAsync(cancel); waited++)
        {
            if (_detector is { HasExited: true } ended)
            {
                EndedByItself++;
                await TestContext.Out.WriteLineAsync($"the service ended by itself:\n{EndOf(ended.Output)}");
                await DownAsync();
            }

            if (_detector is null)
            {
                _detector = await DetectorProcess.ServeAsync(_disk.Path, _http, 0, Environment(), "--mqtt-url", $"mqtt://127.0.0.1:{_toBroker.Port}");
                await SignInAsync(_detector);
            }

            Assert.That(waited, Is.LessThan(1200), () => $"the service does not become ready:\n{Said}");
            await Task.Delay(50, cancel);
        }
    }

    /// <summary>Subjects of the events that reached the queue since the last call.</summary>
    public async Task<IReadOnlyList<string>> EventSubjectsAsync(CancellationToken cancel)
    {
        await using var connection = await new ConnectionFactory { Uri = new Uri(_rabbit.Url) }.CreateConnectionAsync(cancel);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancel);
        var subjects = new List<string>();
        while (await channel.BasicGetAsync(Queue, autoAck: true, cancel) is { } message)
        {
            using var json = System.Text.Json.JsonDocument.Parse(message.Body);
            subjects.Add(json.RootElement.GetProperty("subject").GetString()!);
        }

        return subjects;
    }

    public async ValueTask DisposeAsync()
    {
        await DownAsync();
        _toBroker?.Dispose();
        _toStore?.Dispose();
        _toQueue?.Dispose();
        if (_rabbit is not null)
        {
            await _rabbit.DisposeAsync();
        }

        if (_influx is not null)
        {
            await _influx.DisposeAsync();
        }

        if (_mosquitto is not null)
        {
            await _mosquitto.DisposeAsync();
        }

        _disk.Dispose();
        _folder.Dispose();
    }

    private static string EndOf(string output) => output[^Math.Min(output.Length, 4000)..];

    private async Task BindAsync(CancellationToken cancel)
    {
        await using var connection = await new ConnectionFactory { Uri = new Uri(_rabbit.Url) }.CreateConnectionAsync(cancel);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancel);
        await channel.ExchangeDeclareAsync("detector", ExchangeType.Topic, durable: true, cancellationToken: cancel);
        await channel.QueueDeclareAsync(Queue, durable: true, exclusive: false, autoDelete: false, cancellationToken: cancel);
        await channel.QueueBindAsync(Queue, "detector", "detector.site.verdict", cancellationToken: cancel);
    }

    private async Task<bool> IsReadyAsync(CancellationToken cancel)
    {
        if (_detector is not { HasExited: false } detector)
        {
            return false;
        }

        try
        {
            using var answer = await detector.Http.GetAsync(new Uri("/health/ready", UriKind.Relative), cancel);
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    // Once: the user and its token are kept with the service's data.
    private async Task SignInAsync(DetectorProcess detector)
    {
        if (_token is null)
        {
            await detector.SignInAsync(_disk.Path, "auditor");
            _token = detector.Http.DefaultRequestHeaders.Authorization;
        }

        detector.Http.DefaultRequestHeaders.Authorization = _token;
    }

    private async Task DownAsync()
    {
        if (_detector is { } detector)
        {
            await detector.DisposeAsync();
            _detector = null;
        }
    }

    private Dictionary<string, string> Environment() => new(_clock.Environment)
    {
        ["DETECTOR__Timeline__Kind"] = "influx",
        ["DETECTOR__Timeline__Influx__Url"] = $"http://127.0.0.1:{_toStore.Port}",
        ["DETECTOR__Timeline__Influx__Database"] = "faults",
        ["DETECTOR__Queue__Kind"] = "rabbitmq",
        ["DETECTOR__Queue__RabbitMq__Url"] = new UriBuilder(_rabbit.Url) { Port = _toQueue.Port }.Uri.ToString(),
        ["DETECTOR__Queue__LongestBackOff"] = "00:00:02",
        ["DETECTOR__Journal__SegmentBytes"] = "65536",
        ["DETECTOR__Journal__MaxBytes"] = "67108864",
        ["DETECTOR__Watch__JudgeEvery"] = "00:01:00",
        ["DETECTOR__Watch__QuietFor"] = "00:00:00.500",
    };
}
