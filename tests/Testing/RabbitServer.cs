// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using System.Net.Sockets;

namespace Detector.Testing;

/// <summary>A real RabbitMQ of one test: its own ports, folder, cookie and port mapper, all stopped by process id. Keeps its data over a restart.</summary>
public sealed class RabbitServer : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _program;
    private readonly string _portMapper;
    private readonly int _port = ServerProcess.FreePort();
    private readonly int _distributionPort = ServerProcess.FreePort();
    private readonly int _mapperPort = ServerProcess.FreePort();
    private ServerProcess? _mapper;
    private ServerProcess? _broker;

    private RabbitServer(string program, string portMapper)
    {
        _program = program;
        _portMapper = portMapper;
    }

    /// <summary>Where it listens, as a client's URL.</summary>
    public string Url => string.Create(CultureInfo.InvariantCulture, $"amqp://guest:guest@127.0.0.1:{_port}/");

    /// <summary>Starts a broker, or ends the test here as skipped where RabbitMQ is not installed.</summary>
    public static async Task<RabbitServer> StartAsync()
    {
        Requires.Program("rabbitmq-server", "rabbitmq-server");
        var mapper = Requires.Program("epmd", "erlang-base");

        // The program on the path changes to the service's own user and folder; the one behind it runs as whoever starts it.
        const string Behind = "/usr/lib/rabbitmq/bin/rabbitmq-server";
        var server = new RabbitServer(File.Exists(Behind) ? Behind : Requires.Program("rabbitmq-server", "rabbitmq-server"), mapper);
        try
        {
            await server.RestartAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Kills the broker at once, as a power cut would. Its folder stays.</summary>
    public async Task KillAsync()
    {
        if (_broker is not null)
        {
            await _broker.DisposeAsync();
            _broker = null;
        }
    }

    /// <summary>Ends the broker as an operator would and starts it again, so that what was declared is on its disk.</summary>
    /// <remarks>RabbitMQ 3.10 writes a binding some seconds after it has answered: killed before that, it comes back with the queue and its messages
    /// and without the binding. Seen here with a kill one second after the declaration.</remarks>
    public async Task SettleAsync()
    {
        if (_broker is { } running)
        {
            running.Terminate();
            await running.EndAsync(TimeSpan.FromSeconds(60));
        }

        await RestartAsync();
    }

    /// <summary>Starts the broker on the same ports and folder and waits until it takes connections.</summary>
    public async Task RestartAsync()
    {
        await KillAsync();
        var environment = Environment();
        if (_mapper is null)
        {
            // Erlang would start one as a daemon that outlives the test; ours is a child and ends with it.
            _mapper = ServerProcess.Start(_portMapper, ["-port", Text(_mapperPort), "-address", "127.0.0.1"], environment, _folder.Path);
            await _mapper.ListensAsync(_mapperPort);
        }

        var broker = _broker = ServerProcess.Start(_program, [], environment, _folder.Path);
        await broker.UntilAsync(GreetsAsync, TimeSpan.FromSeconds(120));
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        if (_mapper is not null)
        {
            await _mapper.DisposeAsync();
        }

        _folder.Dispose();
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private Dictionary<string, string> Environment()
    {
        var configuration = _folder.In("rabbitmq.conf");
        File.WriteAllLines(configuration, [$"listeners.tcp.1 = 127.0.0.1:{Text(_port)}", "log.console = true", "log.console.level = warning", "log.file = false"]);
        return new Dictionary<string, string>
        {
            ["HOME"] = _folder.Path,
            ["ERL_EPMD_PORT"] = Text(_mapperPort),
            ["ERL_EPMD_ADDRESS"] = "127.0.0.1",
            ["RABBITMQ_NODENAME"] = $"test{Text(_port)}@localhost",
            ["RABBITMQ_DIST_PORT"] = Text(_distributionPort),
            ["RABBITMQ_MNESIA_BASE"] = _folder.In("mnesia"),
            ["RABBITMQ_LOG_BASE"] = _folder.In("log"),
            ["RABBITMQ_CONFIG_FILE"] = configuration,
            ["RABBITMQ_CONF_ENV_FILE"] = _folder.In("no-such-file"),
            ["RABBITMQ_ENABLED_PLUGINS_FILE"] = _folder.In("no-plugins"),
            ["RABBITMQ_GENERATED_CONFIG_DIR"] = _folder.In("config"),

            // Two schedulers and no busy waiting: a broker that waits must not take the cores from the test.
            ["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"] = "+S 2:2 +sbwt none +sbwtdcpu none +sbwtdio none",
        };
    }

    /// <summary>The port opens before the broker serves; it serves once it answers a protocol header with its own first frame.</summary>
    private async Task<bool> GreetsAsync()
    {
        using var client = new TcpClient();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        try
        {
            await client.ConnectAsync(System.Net.IPAddress.Loopback, _port, limit.Token);
            var stream = client.GetStream();
            await stream.WriteAsync("AMQP\0\0\u0009\u0001"u8.ToArray(), limit.Token);
            var first = new byte[1];
            return await stream.ReadAsync(first, limit.Token) == 1;
        }
        catch (Exception fault) when (fault is SocketException or IOException or OperationCanceledException)
        {
            return false;
        }
    }
}
