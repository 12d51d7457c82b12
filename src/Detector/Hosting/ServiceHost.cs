// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using Detector.Cases.Outbox;
using Detector.Cases.Queues.Webhooks;
using Detector.Host.Configuration;
using Detector.Intake.Tls;
using Detector.Journal;
using Detector.Pipeline;
using Detector.Validation;
using Detector.Web;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Extensions.Logging;

namespace Detector.Host.Hosting;

/// <summary>Puts the whole service together by the settings: intake, journal, relay, timeline, watch, cases, queue, API, console.</summary>
internal static class ServiceHost
{
    /// <summary>Builds the service; starting and stopping it is the caller's.</summary>
    public static async Task<WebApplication> BuildAsync(Settings settings, LogEventLevel level, CancellationToken cancel)
    {
        StartUp.RefuseFolderInUse(settings);
        Directory.CreateDirectory(settings.Data.Folder);
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory, EnvironmentName = Environments.Production });
        builder.Configuration.Sources.Clear(); // the settings are read and checked already; nothing else may configure
        builder.WebHost.UseStaticWebAssets();
        var logger = MakeLogger(level);
        builder.Logging.ClearProviders();
        builder.Services.AddSerilog(logger, dispose: true);
        Telemetry.Add(builder.Services, settings.Traces);
        using (var loggers = new SerilogLoggerFactory(logger))
        {
            Listen(builder, settings.Http, loggers);
            await AddPartsAsync(builder.Services, settings, loggers, cancel);
        }

        builder.Services.AddDetectorWeb(new WebOptions
        {
            AnonymousLoopbackRead = settings.Http.AnonymousLoopbackRead,
            OpenId = settings.Http.OpenId,
            KeysFolder = Path.Combine(settings.Data.Folder, "keys"),
            ModelsFolder = settings.Model.Folder.Length > 0 ? settings.Model.Folder : ShippedModel.Root(),
            AlertBudget = settings.Detection.AlertBudget,
            FleetMeters = settings.Detection.FleetMeters,
            BacktestsFolder = Path.Combine(settings.Data.Folder, "backtests"),
        });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(20));
        var app = builder.Build();
        app.MapDetectorWeb();
        app.MapPrometheusScrapingEndpoint("/metrics").AllowAnonymous(); // counts only: no meter, site or person is named in it
        return app;
    }

    private static void Listen(WebApplicationBuilder builder, HttpOptions http, ILoggerFactory loggers)
    {
        var certificate = http.Tls.IsSet ? ServerCertificate.Open(http.Tls, "Http:Tls", TimeProvider.System, loggers.CreateLogger<ServerCertificate>()) : null;
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(http.ToEndPoint(), listen =>
        {
            if (certificate is not null)
            {
                listen.UseHttps(new TlsHandshakeCallbackOptions { OnConnection = _ => ValueTask.FromResult(certificate.Handshake()) });
            }
        }));
    }

    private static Logger MakeLogger(LogEventLevel level) =>
        new LoggerConfiguration()
            .MinimumLevel.Is(level)
            .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
            .MinimumLevel.Override("System", LogEventLevel.Warning)
            .MinimumLevel.Override("Microsoft.AspNetCore.DataProtection", LogEventLevel.Error) // the keys lie in the data folder, as everything does
            .Filter.ByExcluding(IsOfStartUp)
            .WriteTo.Console(
                outputTemplate: "{Timestamp:yyyy-MM-ddTHH:mm:ss.fffK} {Level:u3} {EventId} {SourceContext} {Message:lj}{NewLine}{Exception}",
                formatProvider: CultureInfo.InvariantCulture,
                standardErrorFromLevel: LogEventLevel.Verbose)
            .CreateLogger();

    // What stops a start is thrown as well, and told as one sentence (StartUp): the host and the server would log it before, with their stacks.
    private static bool IsOfStartUp(LogEvent entry)
    {
        if (entry.Exception is null || !entry.Properties.TryGetValue(Constants.SourceContextPropertyName, out var source) || source is not ScalarValue { Value: string name })
        {
            return false;
        }

        var text = entry.MessageTemplate.Text;
        return name switch
        {
            // What was begun and is given up with the start ends by being cancelled. A time that ran out has an inner exception, and stays.
            "Microsoft.Extensions.Hosting.Internal.Host" => text.StartsWith("Hosting failed to start", StringComparison.Ordinal)
                || (text == "BackgroundService failed" && entry.Exception is OperationCanceledException { InnerException: null }),
            "Microsoft.AspNetCore.Server.Kestrel" => text.StartsWith("Unable to start Kestrel", StringComparison.Ordinal),
            _ => false,
        };
    }

    private static async Task AddPartsAsync(IServiceCollection services, Settings settings, ILoggerFactory loggers, CancellationToken cancel)
    {
        services.AddSingleton(settings);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(settings.Relay);
        services.AddSingleton(settings.Watch);
        services.AddSingleton(settings.Bursts);
        services.AddSingleton(settings.Neighbours);
        services.AddSingleton(settings.Timeline.Retention);
        services.AddSingleton(s => ArrivalJournal.Open(settings.Journal, TimeProvider.System, s.GetRequiredService<ILogger<ArrivalJournal>>()));
        services.AddSingleton(Parts.MakeDecoder(settings));
        services.AddSingleton(new ReadingValidator(settings.Validation));
        services.AddSingleton(new SeriesAssessor());
        var registry = Parts.OpenRegistry(settings);
        services.AddSingleton(registry);
        services.AddSingleton(_ => Parts.OpenRegisterFile(settings, registry, loggers));
        var judge = Parts.MakeJudge(settings.Model.Folder, Parts.ForFleet(settings.Detection, registry.Current));
        services.AddSingleton(judge);
        services.AddSingleton(new FleetJudge(judge, registry, followsRegister: settings.Detection is { AlertBudget: not null, FleetMeters: null }));

        // Opened here because opening is asynchronous; handed over by factory so that the container disposes them.
        var timeline = await Parts.OpenTimelineAsync(settings, loggers, cancel);
        var desk = await Parts.OpenDeskAsync(settings, loggers, cancel);
        services.AddSingleton(_ => Parts.OpenAccess(settings));
        services.AddSingleton(_ => timeline);
        services.AddSingleton(_ => desk);
        services.AddSingleton(ModelPapersFolder.Of(settings));
        services.AddSingleton(settings.Queue);
        services.AddSingleton(s => new WebhookDispatcher(desk, settings.Queue, TimeProvider.System, s.GetRequiredService<ILoggerFactory>()));
        services.AddSingleton(s => new OutboxPublisher(desk, settings.Queue, TimeProvider.System, s.GetRequiredService<ILoggerFactory>()));
        services.AddSingleton<IntakeService>();
        services.AddHostedService(s => s.GetRequiredService<IntakeService>());
        services.AddSingleton<IMeterCommands, MqttMeterCommands>();
        services.AddHostedService<SourceCommandService>();
        services.AddDetectorPipeline(settings.Data.Folder);
        services.AddSingleton<IMappingTrials>(s => Parts.MakeTrials(settings, s.GetRequiredService<RelayParts>()));
        services.AddSingleton(ReadinessQuestions.Make);
    }
}
