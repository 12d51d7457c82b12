// SPDX-License-Identifier: Apache-2.0
using System.Globalization;

namespace Detector.Testing;

/// <summary>A real mosquitto on a free port, with persistence in a temporary folder; stopped and started again it keeps port and sessions.</summary>
public sealed class Mosquitto : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _program;
    private ServerProcess? _process;
    private string _scheme = "mqtt";

    private Mosquitto(string program) => _program = program;

    /// <summary>The port it listens on, on loopback.</summary>
    public int Port { get; } = ServerProcess.FreePort();

    /// <summary>Its address.</summary>
    public string Url => string.Create(CultureInfo.InvariantCulture, $"{_scheme}://127.0.0.1:{Port}");

    /// <summary>Its process.</summary>
    public ServerProcess Process => _process ?? throw new InvalidOperationException("It is not running.");

    /// <summary>Starts one, or ends the test as skipped where mosquitto is not installed.</summary>
    /// <param name="security">Lines of its configuration on TLS and passwords; anyone is let in by default.</param>
    public static async Task<Mosquitto> StartAsync(string security = "allow_anonymous true")
    {
        var broker = new Mosquitto(Requires.Program("mosquitto", "mosquitto")) { _scheme = security.Contains("certfile", StringComparison.Ordinal) ? "mqtts" : "mqtt" };

        // Its default limits (20 in flight, 1,000 queued) would drop messages of a session that is away.
        await File.WriteAllTextAsync(broker._folder.In("mosquitto.conf"), string.Create(CultureInfo.InvariantCulture, $"""
            listener {broker.Port} 127.0.0.1
            {security}
            persistence true
            persistence_location {broker._folder.Path}/
            max_inflight_messages 1000
            max_queued_messages 0
            user root

            """));
        await broker.StartAgainAsync();
        return broker;
    }

    /// <summary>Starts it again on the same port with the sessions it kept.</summary>
    public async Task StartAgainAsync()
    {
        _process = ServerProcess.Start(_program, ["-c", _folder.In("mosquitto.conf")]);
        await _process.ListensAsync(Port);
    }

    /// <summary>Kills it at once, as a power cut would: what it had not saved is gone.</summary>
    public async Task KillAsync()
    {
        if (_process is { } process)
        {
            await process.DisposeAsync();
            _process = null;
        }
    }

    /// <summary>Stops it as an operator would: it saves its sessions first.</summary>
    public async Task StopAsync()
    {
        if (_process is { } process)
        {
            process.Terminate();
            await process.EndAsync(TimeSpan.FromSeconds(30));
            await process.DisposeAsync();
            _process = null;
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }

        _folder.Dispose();
    }
}
