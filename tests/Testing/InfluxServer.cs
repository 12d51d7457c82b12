// SPDX-License-Identifier: Apache-2.0
using System.Net;

namespace Detector.Testing;

/// <summary>A real InfluxDB 1.x (<c>influxd</c>, Debian's influxdb) on a free port of loopback, its files in a folder of its own.</summary>
/// <remarks>The test is skipped where the program is not installed. It can be killed and started again on the same port and files.</remarks>
public sealed class InfluxServer : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly HttpClient _http = new();
    private readonly string _program;
    private readonly int _port = ServerProcess.FreePort();
    private ServerProcess? _process;

    private InfluxServer(string program) => _program = program;

    /// <summary>Its address.</summary>
    public Uri Url => new($"http://127.0.0.1:{_port}");

    /// <summary>Id of its process; 0 while it does not run.</summary>
    public int ProcessId => _process?.ProcessId ?? 0;

    /// <summary>Processor time it has taken on all cores since it was started.</summary>
    public TimeSpan ProcessorTime => _process?.ProcessorTime ?? TimeSpan.Zero;

    /// <summary>Starts a server with no data.</summary>
    /// <param name="httpSettings">Further lines of the <c>[http]</c> section, such as <c>auth-enabled = true</c>.</param>
    public static async Task<InfluxServer> StartAsync(string httpSettings = "")
    {
        var server = new InfluxServer(Requires.Program("influxd", "influxdb"));
        await File.WriteAllTextAsync(server._folder.In("influxdb.conf"), server.Configuration(httpSettings));
        await server.RestartAsync();
        return server;
    }

    /// <summary>Starts it, after <see cref="KillAsync"/>, on the same port and files.</summary>
    public async Task RestartAsync()
    {
        await KillAsync();
        _process = ServerProcess.Start(
            _program,
            ["-config", _folder.In("influxdb.conf")],
            new Dictionary<string, string> { ["HOME"] = _folder.Path, ["INFLUXDB_CONFIG_PATH"] = _folder.In("influxdb.conf") },
            _folder.Path);
        await _process.UntilAsync(AnswersAsync);
    }

    /// <summary>Kills it at once, as a power cut would.</summary>
    public async Task KillAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
            _process = null;
        }
    }

    /// <summary>Runs a statement of InfluxQL past the client under test and gives the answer's text.</summary>
    public async Task<string> QueryAsync(string statement, string database = "")
    {
        using var form = new FormUrlEncodedContent([new("q", statement), new("db", database)]);
        using var answer = await _http.PostAsync(new Uri(Url, "/query"), form);
        return await answer.Content.ReadAsStringAsync();
    }

    /// <summary>Writes line protocol with times in microseconds past the client under test.</summary>
    public async Task WriteAsync(string database, string lines)
    {
        using var body = new StringContent(lines);
        using var answer = await _http.PostAsync(new Uri(Url, $"/write?db={database}&precision=u"), body);
        answer.EnsureSuccessStatusCode();
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _http.Dispose();
        _folder.Dispose();
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            using var answer = await _http.GetAsync(new Uri(Url, "/ping"));
            return answer.StatusCode == HttpStatusCode.NoContent;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private string Configuration(string httpSettings) =>
        $"""
        reporting-disabled = true
        bind-address = "127.0.0.1:{ServerProcess.FreePort()}"
        [meta]
          dir = "{_folder.In("meta")}"
        [data]
          dir = "{_folder.In("data")}"
          wal-dir = "{_folder.In("wal")}"
          index-version = "tsi1"
          query-log-enabled = false
        [monitor]
          store-enabled = false
        [http]
          bind-address = "127.0.0.1:{_port}"
          log-enabled = false
        {httpSettings}
        """;
}
