// SPDX-License-Identifier: Apache-2.0
using System.ComponentModel.DataAnnotations;
using Detector.Cases.Dossier;
using Detector.Cases.Inspections;
using Detector.Cases.Lists;
using Detector.Cases.Measures;
using Detector.Cases.Outbox;
using Detector.Cases.Stores;
using Detector.Web.Api;
using Detector.Web.Bulk;
using Detector.Web.Components;
using Detector.Web.Security;
using Detector.Web.Security.OpenId;
using Detector.Web.Text;
using Detector.Web.Views;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Scalar.AspNetCore;

namespace Detector.Web;

/// <summary>Brings the HTTP API and the console into a host.</summary>
public static class DetectorWeb
{
    /// <summary>Adds the services. The host adds what they stand on.</summary>
    /// <remarks>
    /// From the host, as singletons: <see cref="Access.AccessStore"/>, <see cref="Cases.CaseDesk"/>, <see cref="Timeline.ITimeline"/>,
    /// <see cref="Pipeline.ILedger"/>, <see cref="Pipeline.IDeadLetters"/>, <see cref="Pipeline.IQuarantine"/>, <see cref="Pipeline.IReadiness"/>, <see cref="Pipeline.IBursts"/>, <see cref="Pipeline.RegistryHolder"/>.
    /// The feed of events is made and run here.
    /// </remarks>
    /// <exception cref="ValidationException">Options are out of range; every fault is named.</exception>
    public static IServiceCollection AddDetectorWeb(this IServiceCollection services, WebOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Check(options);
        services.AddSingleton(Microsoft.Extensions.Options.Options.Create(options));
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<EventFeed>();
        services.TryAddSingleton<Cases.Queues.QueueOptions>(); // the host's own, where it posts to webhooks
        services.TryAddSingleton<Cases.Queues.Webhooks.WebhookBook>();
        services.TryAddSingleton<MeasureDesk>();
        services.TryAddSingleton<ListDesk>();
        services.TryAddSingleton<InspectionDesk>();
        services.TryAddSingleton<Cases.Attachments.AttachmentDesk>();
        services.TryAddSingleton(new PapersOfModel(_ => null)); // the host's own, where models are at hand
        services.AddHostedService<EventFeedRunner>();
        services.AddSingleton(new ModelShelf(options));
        services.AddSingleton(new BacktestShelf(options));
        services.AddSingleton<CalibrationDesk>();
        services.AddSingleton(s => new BudgetDesk(s.GetRequiredService<SiteDirectory>(), s.GetRequiredService<Cases.CaseDesk>(), s.GetRequiredService<Pipeline.RegistryHolder>(), options, s.GetRequiredService<TimeProvider>()));
        services.AddSingleton<WeekReferences>();
        services.AddSingleton<SiteDirectory>();
        services.AddSingleton<CaseRoll>();
        services.AddSingleton<BulkDesk>();
        services.AddScoped<Sight>();
        services.AddScoped<SeenSites>();
        services.AddSingleton<FleetSelections>();
        services.AddScoped<SeenCases>();
        services.AddSingleton<FeederAtlas>();
        services.AddSingleton<SparkLines>();
        services.AddSingleton<Throughput>();
        services.AddHostedService(s => s.GetRequiredService<Throughput>());
        services.AddSingleton<SignInGuard>();
        services.AddScoped<SignIn>();
        AccessSetup.Add(services, options);
        RateLimits.Add(services, options);

        services.ConfigureHttpJsonOptions(json => ApiJson.Configure(json.SerializerOptions));
        services.Configure<RouteHandlerOptions>(handlers => handlers.ThrowOnBadRequest = true); // one place turns them into problems
        services.AddProblemDetails();
        services.AddOpenApi("v1", ApiDocument.Configure);
        services.AddResponseCompression(compression => compression.MimeTypes = [.. ResponseCompressionDefaults.MimeTypes, "application/octet-stream", "image/svg+xml"]);

        services.AddLocalization(localization => localization.ResourcesPath = "Resources");
        services.Configure<RequestLocalizationOptions>(Cultures.Configure);
        services.AddRazorComponents().AddInteractiveServerComponents();
        return services;
    }

    /// <summary>Adds the middleware and maps every page and call.</summary>
    public static WebApplication MapDetectorWeb(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        DossierSignature.IsReady(app.Services.GetRequiredService<Cases.CaseDesk>().DossierOptions); // a key that cannot be used stops the start, not the first dossier
        app.UseMiddleware<SecurityHeaders>();
        app.UseResponseCompression();
        app.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandler = AnswerFaultAsync, SuppressDiagnosticsCallback = _ => true });
        app.UseWhen(context => IsApi(context.Request.Path), api => api.UseStatusCodePages());
        app.UseWhen(context => !IsApi(context.Request.Path), pages => pages.UseStatusCodePagesWithReExecute("/not-found"));
        app.UseRouting(); // after the pages for errors, so that such a page is looked up when it is asked for in place of another
        app.UseRequestLocalization();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseRateLimiter();
        app.UseMiddleware<ChangeCalls>();
        app.UseAntiforgery();

        HealthApi.Map(app);
        MapApi(app);
        app.MapOpenApi().RequireAuthorization(Policies.Read);
        app.MapScalarApiReference(SecurityHeaders.DocsPath, docs => docs
            .WithTitle("Detector API")
            .DisableDefaultFonts()
            .DisableTelemetry()
            .DisableAgent()
            .DisableMcp()
            .HideDeveloperTools()
            .HideClientButton()).RequireAuthorization(Policies.Read);
        Preferences.Map(app);
        SignIn.Map(app);
        if (app.Services.GetRequiredService<Microsoft.Extensions.Options.IOptions<WebOptions>>().Value.OpenId.IsSet)
        {
            OpenIdSignIn.Map(app);
        }

        ServeBuiltAssets(app);
        app.MapStaticAssets().AllowAnonymous();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(server => server.ContentSecurityFrameAncestorsPolicy = null); // SecurityHeaders says none
        return app;
    }

    /// <summary>Else a build that was not published serves its files without compression.</summary>
    private static void ServeBuiltAssets(WebApplication app)
    {
        const string Reload = "ReloadStaticAssetsAtRuntime";
        if (app.Configuration[Reload] is null && app.Configuration is IConfigurationBuilder more)
        {
            more.AddInMemoryCollection([new KeyValuePair<string, string?>(Reload, "false")]);
        }
    }

    private static void MapApi(WebApplication app)
    {
        var options = app.Services.GetRequiredService<Microsoft.Extensions.Options.IOptions<WebOptions>>().Value;
        var api = app.MapGroup("/api/v1").RequireAuthorization(Policies.Read)
            .WithMetadata(RateLimits.Calls, new BodyLimit(options.MaxRequestBytes)).AddEndpointFilter<ScopeFilter>();
        LedgerApi.Map(api);
        DeadLettersApi.Map(api);
        QuarantineApi.Map(api);
        ReadingsApi.Map(api);
        AggregatesApi.Map(api);
        PatternsApi.Map(api);
        LoadEventsApi.Map(api);
        WeatherApi.Map(api);
        BurstsApi.Map(api);
        SitesApi.Map(api);
        FeedersApi.Map(api);
        RegistryApi.Map(api);
        DriftApi.Map(api);
        FleetCsv.Map(api);
        CasesApi.Map(api);
        CaseWorkApi.Map(api);
        MeasuresApi.Map(api);
        ListsApi.Map(api);
        InspectionsApi.Map(api);
        AttachmentsApi.Map(api, app.Services.GetRequiredService<Cases.Attachments.AttachmentDesk>().LongestBytes);
        AuditApi.Map(api);
        EventsApi.Map(api);
        WebhooksApi.Map(api);
    }

    private static bool IsApi(PathString path) =>
        path.StartsWithSegments("/api", StringComparison.Ordinal) || path.StartsWithSegments("/health", StringComparison.Ordinal)
        || path.StartsWithSegments("/openapi", StringComparison.Ordinal) || path.StartsWithSegments("/_blazor", StringComparison.Ordinal)
        || path.StartsWithSegments("/_content", StringComparison.Ordinal) || path.StartsWithSegments("/_framework", StringComparison.Ordinal);

    /// <summary>A fault becomes a problem without its insides; what the caller did wrong keeps its status.</summary>
    private static async Task AnswerFaultAsync(HttpContext context)
    {
        var fault = context.Features.Get<IExceptionHandlerFeature>()?.Error;
        var (status, detail) = fault switch
        {
            BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => (StatusCodes.Status413PayloadTooLarge, "The body is too long."),
            BadHttpRequestException bad => (bad.StatusCode, "The request cannot be read: a parameter or the JSON body is not of the shape the API documents."),
            Timeline.TimelineUnavailableException => (StatusCodes.Status503ServiceUnavailable, "The store of readings cannot be reached now; try again shortly."),
            not null when StoreRefusal.IsTemporary(fault) => (StatusCodes.Status503ServiceUnavailable, "The store of the cases cannot be reached now; try again shortly."),
            _ => (StatusCodes.Status500InternalServerError, "Something failed here; the log of the service says what."),
        };
        if (status == StatusCodes.Status500InternalServerError && fault is not null and not OperationCanceledException)
        {
            Log.Failed(context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("Detector.Web"), context.Request.Method, context.Request.Path, fault);
        }

        context.Response.StatusCode = status;
        await context.RequestServices.GetRequiredService<IProblemDetailsService>().WriteAsync(new ProblemDetailsContext
        {
            HttpContext = context,
            ProblemDetails = { Status = status, Detail = detail },
        });
    }

    private static void Check(WebOptions options)
    {
        var faults = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), faults, validateAllProperties: true);
        var signIn = new List<ValidationResult>();
        Validator.TryValidateObject(options.OpenId, new ValidationContext(options.OpenId), signIn, validateAllProperties: true);
        faults.AddRange(signIn.Select(f => new ValidationResult(f.ErrorMessage, f.MemberNames.Select(m => "OpenId:" + m))));
        if (faults.Count > 0)
        {
            throw new ValidationException(string.Join(' ', faults.Select(f => $"Http:{string.Join(',', f.MemberNames)}: {f.ErrorMessage}")));
        }
    }
}
