// SPDX-License-Identifier: Apache-2.0
using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Detector.Access;
using Detector.Cases;
using Detector.Cases.Measures;
using Detector.Cases.Queues;
using Detector.Cases.Queues.Webhooks;
using Detector.Detection;
using Detector.Metering;
using Detector.Neighbours;
using Detector.Pipeline;
using Detector.Pipeline.Drift;
using Detector.Pipeline.Weather;
using Detector.Testing;
using Detector.Timeline;
using Detector.Validation;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Logging.Abstractions;

namespace Detector.Web.Tests;

/// <summary>The web part on a free port of loopback, over a real access store and a real case desk in a temporary folder.</summary>
internal sealed class WebHost : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, string> _tokens = new(StringComparer.Ordinal);
    private BurstBook _bursts = null!;
    private WebApplication _app = null!;
    private WebOptions _options = null!;
    private TimeProvider _clock = TimeProvider.System;

    /// <summary>What pages of the console failed with.</summary>
    public ConcurrentQueue<string> Faults { get; } = new();

    public Uri Address { get; private set; } = null!;

    public AccessStore Access { get; private set; } = null!;

    public CaseDesk Desk { get; private set; } = null!;

    /// <summary>One webhook that nothing is posted to.</summary>
    public QueueOptions Queue { get; } = new()
    {
        Webhooks = new WebhookOptions { Endpoints = [new WebhookEndpoint { Name = "crm", Url = "http://127.0.0.1:9/", Secret = new string('s', 32) }] },
    };

    public MemoryTimeline Timeline { get; } = new();

    public FakePipeline Pipeline { get; } = new();

    public FakeCommands Commands { get; } = new();

    public BurstRequestOptions Bursts { get; } = new() { Enabled = true };

    public RegistryHolder Registry { get; } = new(SiteRegistry.Empty, TimeProvider.System);

    public IServiceProvider Services => _app.Services;

    public string TokenOf(string name) => _tokens[name];

    private static readonly Lazy<DetectorModel> Shipped = new(() =>
    {
        var models = Path.Combine(Requires.Repository(), "models");
        return DetectorModel.Load(Path.Combine(models, File.ReadAllText(Path.Combine(models, "current")).Trim()));
    });

    public static async Task<WebHost> StartAsync(WebOptions? options = null, TimeProvider? clock = null)
    {
        var host = new WebHost { _clock = clock ?? TimeProvider.System };
        host.Access = AccessStore.Open(host._folder.In("access.db"), TimeProvider.System);
        host.Desk = await CaseDesk.OpenAsync(Law(), host._folder.Path, TimeProvider.System, NullLoggerFactory.Instance, CancellationToken.None);
        foreach (var (name, role) in new[]
        {
            ("olga", Role.Operator), ("omar", Role.Operator), ("sun", Role.Supervisor), ("ana", Role.Analyst), ("aud", Role.Auditor), ("root", Role.Admin),
        })
        {
            await host.Access.AddUserAsync(name, role, CancellationToken.None);
            host._tokens[name] = (await host.Access.CreateTokenAsync(name, null, CancellationToken.None)).Value!;
        }

        await host.Access.AddUserAsync("yun", Role.Operator, AccessScope.Of(["Yunnan"], []), CancellationToken.None);
        host._tokens["yun"] = (await host.Access.CreateTokenAsync("yun", null, CancellationToken.None)).Value!;
        host._bursts = BurstBook.Open(host._folder.In(BurstBook.FileName));
        host._options = options ?? new WebOptions { SignInsPerMinute = 1000 };
        host._options.KeysFolder ??= host._folder.In("keys");
        await host.RunAsync("http://127.0.0.1:0");
        return host;
    }

    /// <summary>Stops the server, as a failure or an update does, and starts another on the same address after a while.</summary>
    public async Task RestartAsync(Func<Task> meanwhile)
    {
        using (var hurry = new CancellationTokenSource(TimeSpan.FromMilliseconds(100)))
        {
            await _app.StopAsync(hurry.Token);
        }

        await _app.DisposeAsync();
        await meanwhile();
        await RunAsync(Address.ToString());
    }

    private async Task RunAsync(string url)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(WebHost).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
            EnvironmentName = "Production",
        });
        builder.WebHost.UseStaticWebAssets().UseUrls(url);
        builder.Logging.ClearProviders().AddProvider(new KeptLog(Faults.Enqueue));
        builder.Services.AddSingleton(_clock).AddSingleton(Access).AddSingleton(Desk).AddSingleton(Queue).AddSingleton<ITimeline>(Timeline).AddSingleton(Timeline.States).AddSingleton(Registry)
            .AddSingleton(new RegisterFile(_folder.In("sites.csv"), new RegisterVersions(_folder.In(RegisterVersions.FolderName)), Registry, _clock, NullLogger<RegisterFile>.Instance))
            .AddSingleton<ILedger>(Pipeline).AddSingleton<IReadiness>(Pipeline).AddSingleton<IDeadLetters>(Pipeline).AddSingleton<IQuarantine>(Pipeline).AddSingleton<IMappingTrials>(Pipeline);
        builder.Services.AddSingleton(_ => DriftBook.Open(_folder.In(DriftBook.FileName), Shipped.Value, NullLogger.Instance));
        builder.Services.AddSingleton(new LoadEventFinder(Timeline, new SeriesAssessor(), Registry, new NeighbourOptions()));
        builder.Services.AddSingleton(_ => WeatherBook.Open(_folder.In(WeatherBook.FileName)));
        builder.Services.AddSingleton(s => new WeatherDesk(s.GetRequiredService<WeatherBook>(), _folder.Path, NullLogger<WeatherDesk>.Instance));
        builder.Services.AddSingleton(s => new SiteWeather(s.GetRequiredService<WeatherBook>(), Timeline, new SeriesAssessor(), Registry));
        builder.Services.AddSingleton<IBursts>(new BurstRequests(_bursts, Commands, Timeline, Bursts, _clock, NullLogger<BurstRequests>.Instance));
        builder.Services.AddDetectorWeb(_options);
        _app = builder.Build();
        _app.MapDetectorWeb();
        await _app.StartAsync();
        Address = new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
    }

    /// <summary>A legal basis for every measure, with a rate and a tariff.</summary>
    private static CasesOptions Law() => new()
    {
        Measures = new MeasuresOptions
        {
            Rules = [.. MeasureNames.Kinds.Select(k => new MeasureRule { Kind = k, From = DateTimeOffset.UnixEpoch, Basis = "notice", BasisZh = "通知", YuanPerKilowattHour = 0.5m })],
            Tariffs = [new Tariff { From = DateTimeOffset.UnixEpoch }],
        },
    };

    /// <summary>A client with a user's token; anonymous without a name.</summary>
    public HttpClient Client(string? name = null)
    {
        var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, CheckCertificateRevocationList = true }) { BaseAddress = Address };
        if (name is not null)
        {
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", _tokens[name]);
        }

        return client;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        Access.Dispose();
        _bursts.Dispose();
        _folder.Dispose();
    }
}

/// <summary>Short ways to ask and to read answers.</summary>
internal static class HttpShortcuts
{
    public static async Task<JsonElement> JsonAsync(this HttpResponseMessage answer)
    {
        using var document = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return document.RootElement.Clone();
    }

    public static async Task<JsonElement> GetJsonAsync(this HttpClient client, string path)
    {
        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative));
        Assert.That((int)answer.StatusCode, Is.EqualTo(200), path);
        return await answer.JsonAsync();
    }

    public static async Task<int> StatusAsync(this HttpClient client, string path)
    {
        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative));
        return (int)answer.StatusCode;
    }

    public static async Task<(int Status, JsonElement Body)> PostAsync(this HttpClient client, string path, string json)
    {
        using var body = new StringContent(json, Encoding.UTF8, "application/json");
        using var answer = await client.PostAsync(new Uri(path, UriKind.Relative), body);
        var text = await answer.Content.ReadAsStringAsync();
        return ((int)answer.StatusCode, text.Length == 0 ? default : await answer.JsonAsync());
    }

    public static IEnumerable<string> Names(this JsonElement element) => element.EnumerateObject().Select(p => p.Name);
}
