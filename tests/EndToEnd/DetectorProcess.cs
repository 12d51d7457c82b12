// SPDX-License-Identifier: Apache-2.0
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Detector.Testing;

namespace Detector.EndToEnd;

/// <summary>The product as a user runs it: the built program, as a process, on free ports.</summary>
internal sealed class DetectorProcess : IAsyncDisposable
{
    private readonly ServerProcess _process;

    private DetectorProcess(ServerProcess process, int httpPort, int mqttPort)
    {
        _process = process;
        HttpPort = httpPort;
        MqttPort = mqttPort;
        Http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{httpPort}") };
    }

    /// <summary>The built program.</summary>
    public static string Program { get; } = Path.Combine(
        Requires.Repository(),
        "src",
        "Detector",
        "bin",
        AppContext.BaseDirectory.Contains($"{Path.DirectorySeparatorChar}Release{Path.DirectorySeparatorChar}", StringComparison.Ordinal) ? "Release" : "Debug",
        "net10.0",
        "detector");

    public int HttpPort { get; }

    public int MqttPort { get; }

    public HttpClient Http { get; }

    public string Output => _process.Output;

    public bool HasExited => _process.HasExited;

    /// <summary>Runs a verb to its end.</summary>
    public static async Task<(int Code, string Output, string Error)> RunAsync(IEnumerable<string> arguments, IDictionary<string, string>? environment = null)
    {
        var info = new System.Diagnostics.ProcessStartInfo(Program) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments)
        {
            info.ArgumentList.Add(argument);
        }

        foreach (var (key, value) in environment ?? new Dictionary<string, string>())
        {
            info.Environment[key] = value;
        }

        using var process = System.Diagnostics.Process.Start(info)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(4));
        await process.WaitForExitAsync(limit.Token);
        return (process.ExitCode, await output, await error);
    }

    /// <summary>Starts the service on given ports and waits until it answers.</summary>
    public static async Task<DetectorProcess> ServeAsync(string data, int httpPort, int mqttPort, IDictionary<string, string>? environment = null, params string[] more)
    {
        var process = ServerProcess.Start(
            Program,
            ["serve", "--data", data, "--http", $"127.0.0.1:{httpPort}", .. mqttPort > 0 ? new[] { "--mqtt", $"127.0.0.1:{mqttPort}" } : [], .. more],
            environment);
        var detector = new DetectorProcess(process, httpPort, mqttPort);
        await process.UntilAsync(detector.AnswersAsync);
        return detector;
    }

    /// <summary>Starts the demo and waits until it answers.</summary>
    public static async Task<DetectorProcess> DemoAsync(string data, params string[] more)
    {
        var http = ServerProcess.FreePort();
        var mqtt = ServerProcess.FreePort();
        var process = ServerProcess.Start(Program, ["demo", "--data", data, "--http", $"127.0.0.1:{http}", "--mqtt", $"127.0.0.1:{mqtt}", .. more]);
        var detector = new DetectorProcess(process, http, mqtt);
        await process.UntilAsync(detector.AnswersAsync, TimeSpan.FromMinutes(2));
        return detector;
    }

    /// <summary>Makes a user of a role and a token for it, and sends the token with every further request.</summary>
    public async Task SignInAsync(string data, string role)
    {
        var name = $"{role}-{Guid.NewGuid():N}"[..20];
        var user = await RunAsync(["users", "add", name, "--role", role, "--data", data]);
        Assert.That(user.Code, Is.Zero, user.Error);
        var token = await RunAsync(["tokens", "create", name, "--data", data]);
        Assert.That(token.Code, Is.Zero, token.Error);
        Http.DefaultRequestHeaders.Authorization = new System.Net.Http.Headers.AuthenticationHeaderValue("Bearer", token.Output.Trim());
    }

    /// <summary>The account over HTTP.</summary>
    public async Task<Account> AccountAsync() => (await Http.GetFromJsonAsync<Account>("/api/v1/ledger", Json))!;

    /// <summary>Waits until nothing is pending and the account says what is expected of it.</summary>
    public async Task<Account> SettledAsync(Func<Account, bool> expected, TimeSpan within)
    {
        Account? account = null;
        await _process.UntilAsync(
            async () =>
            {
                account = await AccountAsync();
                return account.Pending == 0 && expected(account);
            },
            within);
        return account!;
    }

    public Task UntilAsync(Func<Task<bool>> holds, TimeSpan within) => _process.UntilAsync(holds, within);

    public Task KillAsync() => _process.KillAsync();

    public void Terminate() => _process.Terminate();

    public Task<int> EndAsync(TimeSpan within) => _process.EndAsync(within);

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _process.DisposeAsync();
    }

    internal static JsonSerializerOptions Json { get; } = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private async Task<bool> AnswersAsync()
    {
        try
        {
            using var answer = await Http.GetAsync(new Uri("/health/live", UriKind.Relative));
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}

/// <summary>The account as the API gives it.</summary>
internal sealed record Account(long Received, long Stored, long Duplicate, long Quarantined, long DeadLettered, long Pending)
{
    public bool Balances => Received == Stored + Duplicate + Quarantined + DeadLettered + Pending;
}
