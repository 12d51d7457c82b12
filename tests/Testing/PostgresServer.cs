// SPDX-License-Identifier: Apache-2.0
using System.Diagnostics;
using System.Globalization;

namespace Detector.Testing;

/// <summary>A real PostgreSQL of one fixture on a free port of loopback, its files in a folder of its own. Skipped where it is not installed.</summary>
/// <remarks>The server refuses to run as root; where the tests do, it runs as the user <c>postgres</c> that its package makes.</remarks>
public sealed class PostgresServer : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly int _port = ServerProcess.FreePort();
    private ServerProcess? _process;
    private int _databases;

    private PostgresServer()
    {
    }

    private string Data => _folder.In("data");

    /// <summary>Starts a server with no database of ours.</summary>
    public static async Task<PostgresServer> StartAsync()
    {
        var initialise = Requires.Program("initdb", "postgresql");
        Requires.Program("postgres", "postgresql");
        var server = new PostgresServer();
        try
        {
            Directory.CreateDirectory(server.Data);
            if (Environment.IsPrivilegedProcess && !OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(server._folder.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
                await RunAsync(Requires.Program("chown", "coreutils"), ["postgres", server.Data]);
            }

            var (program, arguments) = AsServer(initialise, ["-D", server.Data, "-A", "trust", "-U", "detector", "-E", "UTF8", "--no-locale", "--no-sync"]);
            await RunAsync(program, arguments);
            await server.RestartAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>A connection string for a database of this name.</summary>
    public string ConnectionString(string database) =>
        string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={_port};Username=detector;Database={database};Include Error Detail=true");

    /// <summary>Makes an empty database and returns its connection string.</summary>
    public async Task<string> NewDatabaseAsync()
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"d{Interlocked.Increment(ref _databases)}");
        await RunAsync(
            Requires.Program("createdb", "postgresql"), ["-h", "127.0.0.1", "-p", _port.ToString(CultureInfo.InvariantCulture), "-U", "detector", name]);
        return ConnectionString(name);
    }

    /// <summary>Kills it at once, as a power cut would. Its files stay.</summary>
    public async Task KillAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
            _process = null;
        }
    }

    /// <summary>Starts it on the same port and files.</summary>
    public async Task RestartAsync()
    {
        await KillAsync();
        var port = _port.ToString(CultureInfo.InvariantCulture);
        var (program, arguments) = AsServer(
            Requires.Program("postgres", "postgresql"), ["-D", Data, "-p", port, "-k", Data, "-c", "listen_addresses=127.0.0.1", "-c", "max_connections=50"]);
        var process = _process = ServerProcess.Start(program, arguments, folder: _folder.Path);
        var ready = Requires.Program("pg_isready", "postgresql-client");
        await process.UntilAsync(async () => await EndAsync(ready, ["-h", "127.0.0.1", "-p", port, "-U", "detector", "-d", "postgres", "-t", "1"]) is (0, _));
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _folder.Dispose();
    }

    private static (string Program, string[] Arguments) AsServer(string program, string[] arguments) => Environment.IsPrivilegedProcess
        ? (Requires.Program("setpriv", "util-linux"), ["--reuid=postgres", "--regid=postgres", "--clear-groups", program, .. arguments])
        : (program, arguments);

    private static async Task RunAsync(string program, string[] arguments)
    {
        if (await EndAsync(program, arguments) is not (0, _) and var (code, output))
        {
            throw new InvalidOperationException($"{program} ended with {code}:\n{output}");
        }
    }

    private static async Task<(int Code, string Output)> EndAsync(string program, string[] arguments)
    {
        var info = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" };
        using var process = Process.Start(info)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await errors);
    }
}
