// SPDX-License-Identifier: Apache-2.0
using Detector.Access;
using Detector.Cases;
using Detector.Host.Configuration;
using Detector.Pipeline;
using Detector.Pipeline.Weather;
using Detector.Timeline;

namespace Detector.Host.Hosting;

/// <summary>Opens stores for verbs that look at what is there: where nothing was kept yet they refuse, and make nothing.</summary>
/// <remarks>A mistyped data folder would otherwise be made by the look, and an audit chain in it be found intact.</remarks>
internal static class KeptStores
{
    /// <summary>The cases.</summary>
    /// <exception cref="UsageException">The data folder has none.</exception>
    public static Task<CaseDesk> OpenDeskAsync(Settings settings, CancellationToken cancel)
    {
        if (settings.Cases.FileIn(settings.Data.Folder) is { } file)
        {
            Require(settings, file, "There are no cases", "no service has run with this --data yet");
        }

        return Parts.OpenDeskAsync(settings, cancel);
    }

    /// <summary>The readings.</summary>
    /// <exception cref="UsageException">The data folder has none.</exception>
    public static Task<ITimeline> OpenTimelineAsync(Settings settings, CancellationToken cancel)
    {
        if (settings.Timeline.LocalFile() is { } file)
        {
            Require(settings, file, "There are no readings", "no service has run with this --data and nothing was imported yet");
        }

        return Parts.OpenTimelineAsync(settings, cancel);
    }

    /// <summary>Users and tokens.</summary>
    /// <exception cref="UsageException">The data folder has none.</exception>
    public static AccessStore OpenAccess(Settings settings)
    {
        Require(settings, Parts.AccessPath(settings), "There are no users", "add the first with 'detector users add NAME --role ROLE'");
        return Parts.OpenAccess(settings);
    }

    /// <summary>Outdoor temperatures.</summary>
    /// <exception cref="UsageException">The data folder has none.</exception>
    public static WeatherBook OpenWeather(Settings settings)
    {
        Require(settings, Path.Combine(settings.Data.Folder, WeatherBook.FileName), "There are no temperatures", "bring some in with 'detector weather put FILE'");
        return Parts.OpenWeather(settings);
    }

    /// <summary>The register in force.</summary>
    /// <exception cref="UsageException">There is none.</exception>
    public static RegistryHolder OpenRegistry(Settings settings)
    {
        Require(settings, Parts.RegisterPath(settings), "There is no register", "put one in force with 'detector registry put FILE'");
        return Parts.OpenRegistry(settings);
    }

    /// <summary>The account of the readings.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="what">What is looked for in it, as in <c>There are no dead letters</c>.</param>
    /// <exception cref="UsageException">The data folder has none.</exception>
    public static Book OpenBook(Settings settings, string what) => Book.Open(settings.Data.Folder, settings.Journal.Folder)
        ?? throw Nothing(settings, what, "no service has run with this --data and nothing was imported yet");

    /// <summary>Refuses a data folder that is not there.</summary>
    public static void RequireFolder(Settings settings)
    {
        if (!Directory.Exists(settings.Data.Folder))
        {
            throw new UsageException($"There is no folder {settings.Data.Folder}: check --data (or Data:Folder).");
        }
    }

    private static void Require(Settings settings, string file, string what, string why)
    {
        if (!File.Exists(file))
        {
            throw Nothing(settings, what, why);
        }
    }

    private static UsageException Nothing(Settings settings, string what, string why) =>
        new($"{what} in {settings.Data.Folder}: {why}, or --data (Data:Folder) names another folder than was meant.");
}
