// SPDX-License-Identifier: Apache-2.0
using System.Diagnostics;
using System.Text;
using Detector.Intake.Clients;
using Detector.Journal;
using Detector.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Win32.SafeHandles;
using MQTTnet;
using MQTTnet.Formatter;

namespace Detector.Intake.Tests;

/// <summary>A disk whose flush can be held back, and that can refuse.</summary>
internal sealed class HeldDisk : Disk
{
    private readonly ManualResetEventSlim _gate = new(true);

    public volatile bool Full;

    public void Hold() => _gate.Reset();

    public void LetGo() => _gate.Set();

    public override void Write(SafeFileHandle file, ReadOnlySpan<byte> bytes, long offset)
    {
        if (Full)
        {
            throw new IOException("No space left on device");
        }

        base.Write(file, bytes, offset);
    }

    public override void Flush(SafeFileHandle file)
    {
        _gate.Wait();
        base.Flush(file);
    }
}

/// <summary>A journal in a temporary folder and what a test does with it.</summary>
internal sealed class Bench : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();

    public Bench() => Journal = ArrivalJournal.Open(
        new JournalOptions { Folder = _folder.In("journal"), RetryFromMilliseconds = 1, RetryUpToMilliseconds = 20 }, Disk, TimeProvider.System, NullLogger.Instance);

    public HeldDisk Disk { get; } = new();

    public ArrivalJournal Journal { get; }

    /// <summary>What embedded brokers logged.</summary>
    public CollectingLogger<EmbeddedBroker> Logged { get; } = new();

    /// <summary>A path in the bench's folder.</summary>
    public string In(string name) => _folder.In(name);

    /// <summary>An authority whose files lie in the bench's folder.</summary>
    public TestAuthority Authority(string name = "authority") => new(_folder.Path, name);

    /// <summary>Adds a client to the clients file in the bench's folder; its password.</summary>
    public string AddClient(string name) => ClientsFile.Add(_folder.In("clients"), name, null)!;

    public static MqttClientFactory Mqtt { get; } = new();

    /// <summary>Topic and payload of every durable record.</summary>
    public IReadOnlyList<string> Kept()
    {
        var kept = new List<string>();
        using var reader = Journal.Read(0);
        while (reader.TryRead(1 << 16, out var batch))
        {
            foreach (var record in batch)
            {
                kept.Add($"{Encoding.UTF8.GetString(record.Topic.Span)} {Encoding.UTF8.GetString(record.Payload.Span)}");
            }
        }

        return kept;
    }

    public Subscription Subscribe(string url, Action<IntakeOptions>? change = null)
    {
        var options = new IntakeOptions { Url = url, ClientId = "detector-test", ReconnectFromMilliseconds = 10, ReconnectUpToMilliseconds = 100 };
        change?.Invoke(options);
        return new Subscription(options, Journal, TimeProvider.System, NullLogger<Subscription>.Instance);
    }

    public async Task<EmbeddedBroker> ListenAsync(Action<IntakeOptions>? change = null, TimeProvider? time = null)
    {
        var options = new IntakeOptions { Listen = "127.0.0.1:0" };
        change?.Invoke(options);
        var broker = new EmbeddedBroker(options, Journal, time ?? TimeProvider.System, Logged);
        await broker.StartAsync(CancellationToken.None);
        return broker;
    }

    public static Task<MqttPublisher> PublisherAsync(string url, string name = "publisher") =>
        MqttPublisher.ConnectAsync(url, name, TimeProvider.System, NullLogger<MqttPublisher>.Instance, CancellationToken.None);

    public static async Task<IMqttClient> ClientAsync(int port, MqttProtocolVersion version, string name = "client")
    {
        var client = Mqtt.CreateMqttClient();
        await client.ConnectAsync(
            Mqtt.CreateClientOptionsBuilder().WithTcpServer("127.0.0.1", port).WithProtocolVersion(version).WithClientId(name).Build(), CancellationToken.None);
        return client;
    }

    /// <summary>Connects a client that may be refused; what it was told.</summary>
    public static async Task<(IMqttClient Client, MqttClientConnectResult Result)> TryClientAsync(int port, MqttProtocolVersion version, string? user = null, string? password = null, string? id = null)
    {
        var client = Mqtt.CreateMqttClient();
        var builder = Mqtt.CreateClientOptionsBuilder().WithTcpServer("127.0.0.1", port).WithProtocolVersion(version).WithClientId(id ?? $"id-{Guid.NewGuid():N}");
        builder = user is null ? builder : builder.WithCredentials(user, password ?? string.Empty);
        return (client, await client.ConnectAsync(builder.Build(), CancellationToken.None));
    }

    /// <summary>Runs mosquitto_pub against a broker of ours on this machine.</summary>
    public static async Task<(int Code, string Output)> MosquittoPubAsync(int port, string version, string topic, string payload, params string[] more)
    {
        var program = Requires.Program("mosquitto_pub", "mosquitto-clients");
        await using var publish = ServerProcess.Start(program, ["-h", "localhost", "-p", port.ToString(System.Globalization.CultureInfo.InvariantCulture), "-V", version, "-q", "1", "-t", topic, "-m", payload, .. more]);
        var code = await publish.EndAsync(TimeSpan.FromSeconds(60));
        return (code, publish.Output);
    }

    public static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);

    /// <summary>Waits for a condition; fails with its text where it does not come.</summary>
    public static async Task UntilAsync(Func<bool> holds, string what)
    {
        var limit = Stopwatch.StartNew();
        while (!holds())
        {
            Assert.That(limit.Elapsed, Is.LessThan(TimeSpan.FromSeconds(30)), $"waited in vain until {what}");
            await Task.Delay(10);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Disk.LetGo();
        await Journal.DisposeAsync();
        _folder.Dispose();
    }
}
