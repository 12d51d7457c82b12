// SPDX-License-Identifier: Apache-2.0
using System.Text;
using Detector.Access;
using Detector.Cases;
using Detector.Cases.Dossier;
using Detector.Codecs;
using Detector.Detection;
using Detector.Host.Configuration;
using Detector.Metering;
using Detector.Pipeline;
using Detector.Pipeline.Weather;
using Detector.Profiles;
using Detector.Recordings;
using Detector.Timeline;
using Detector.Web;
using Microsoft.Extensions.Logging.Abstractions;

namespace Detector.Host.Hosting;

/// <summary>Opens single parts by the settings: for the service, and for verbs that need one without the others.</summary>
internal static class Parts
{
    /// <summary>Name of the register in the data folder.</summary>
    public const string SitesFileName = "sites.csv";

    public static AccessStore OpenAccess(Settings settings)
    {
        Directory.CreateDirectory(settings.Data.Folder);
        return AccessStore.Open(AccessPath(settings), TimeProvider.System);
    }

    public static string AccessPath(Settings settings) => Path.Combine(settings.Data.Folder, "access.db");

    public static Task<CaseDesk> OpenDeskAsync(Settings settings, CancellationToken cancel) => OpenDeskAsync(settings, NullLoggerFactory.Instance, cancel);

    public static Task<CaseDesk> OpenDeskAsync(Settings settings, ILoggerFactory loggers, CancellationToken cancel)
    {
        Directory.CreateDirectory(settings.Data.Folder);
        return CaseDesk.OpenAsync(settings.Cases, settings.Data.Folder, TimeProvider.System, loggers, cancel);
    }

    public static Task<ITimeline> OpenTimelineAsync(Settings settings, CancellationToken cancel) => OpenTimelineAsync(settings, NullLoggerFactory.Instance, cancel);

    public static Task<ITimeline> OpenTimelineAsync(Settings settings, ILoggerFactory loggers, CancellationToken cancel) =>
        TimelineCatalog.Standard().OpenAsync(new TimelineSetup(settings.Timeline, TimeProvider.System, loggers), cancel);

    /// <summary>Mappings tried as the configuration would read them.</summary>
    public static IMappingTrials MakeTrials(Settings settings, RelayParts relay) => new MappingTrials(
        settings.Codecs.InForce,
        settings.Codecs.Profiles,
        mapping =>
        {
            using var text = new MemoryStream(Encoding.UTF8.GetBytes(mapping));
            return new ConfigurationBuilder().AddJsonStream(text).Build().Get<TopicMapping>(o => o.ErrorOnUnknownConfiguration = true) ?? new TopicMapping();
        },
        relay.Sources,
        settings.Codecs.Sources,
        TimeProvider.System);

    public static MessageDecoder MakeDecoder(Settings settings) =>
        new(CodecCatalog.Default(), settings.Codecs.InForce, settings.Codecs.Profiles, new SourceMemory(settings.Codecs.Sources, TimeProvider.System));

    /// <summary>The register: of the file that is configured, or of the one in the data folder, or an empty one.</summary>
    public static RegistryHolder OpenRegistry(Settings settings)
    {
        var file = RegisterPath(settings);
        if (File.Exists(file))
        {
            return new RegistryHolder(new SiteRegistry(SitesFile.Read(file)), TimeProvider.System);
        }

        return settings.Registry.File.Length == 0
            ? new RegistryHolder(SiteRegistry.Empty, TimeProvider.System)
            : throw new UsageException($"Registry:File is '{file}'; there is no such file.");
    }

    public static WeatherBook OpenWeather(Settings settings)
    {
        Directory.CreateDirectory(settings.Data.Folder);
        return WeatherBook.Open(Path.Combine(settings.Data.Folder, WeatherBook.FileName));
    }

    /// <summary>The register's file, to be replaced while the service runs; its versions lie in the data folder.</summary>
    public static RegisterFile OpenRegisterFile(Settings settings, RegistryHolder registry, ILoggerFactory loggers) => new(
        RegisterPath(settings), new RegisterVersions(Path.Combine(settings.Data.Folder, RegisterVersions.FolderName)), registry, TimeProvider.System, loggers.CreateLogger<RegisterFile>());

    public static string RegisterPath(Settings settings) =>
        settings.Registry.File.Length > 0 ? settings.Registry.File : Path.Combine(settings.Data.Folder, SitesFileName);

    /// <summary>A judge by a model's folder, or by the shipped model.</summary>
    public static Judge MakeJudge(string? folder, JudgeOptions options) =>
        new(DetectorModel.Load(string.IsNullOrEmpty(folder) ? ShippedModel.Folder() : folder), new ProfileBuilder(FeatureCatalog.Default()), options);

    /// <summary>The options with the register's number of meters as the fleet of the alert budget, where a budget is set and no fleet is.</summary>
    /// <exception cref="UsageException">A budget is set, and neither says how many meters there are.</exception>
    public static JudgeOptions ForFleet(JudgeOptions options, SiteRegistry registry)
    {
        if (options.AlertBudget is not null && options.FleetMeters is null)
        {
            return registry.Meters.Count > 0
                ? options.ForFleet(registry.Meters.Count)
                : throw new UsageException("Detection:AlertBudget is set for a fleet of unknown size: set Detection:FleetMeters, or give a register with its meters (Registry:File, --sites).");
        }

        return options;
    }

    /// <summary>Writes a case's evidence file, whole or not at all.</summary>
    /// <returns>Why its readings are left out; null where they are in it.</returns>
    public static async Task<string?> WriteDossierAsync(Settings settings, string id, string path, CancellationToken cancel)
    {
        await using var desk = await KeptStores.OpenDeskAsync(settings, cancel);
        var papers = ModelPapersFolder.Of(settings);
        try
        {
            await using var timeline = await OpenTimelineAsync(settings, cancel);
            await WriteDossierAsync(desk, DossierParts.Of(timeline, OpenRegistry(settings), papers), id, path, cancel);
            return null;
        }
        catch (TimelineUnavailableException away)
        {
            await WriteDossierAsync(desk, new DossierSources { Models = papers }, id, path, cancel);
            return $"{away.Message} Readings, charts and money are left out of {path}. Where a service runs on this folder, stop it and write the file again, or fetch it whole from the service: GET /api/v1/cases/{id}/dossier";
        }
    }

    private static async Task WriteDossierAsync(CaseDesk desk, DossierSources sources, string id, string path, CancellationToken cancel)
    {
        if (!await DossierFile.WriteAsync(new DossierWriter(desk, sources), id, path, cancel))
        {
            throw new UsageException($"There is no case {id}.");
        }
    }
}
