// SPDX-License-Identifier: Apache-2.0
using System.Net;
using System.Text.Json;
using Detector.Codecs;
using Detector.Intake;
using Detector.Intake.Clients;
using Detector.Intake.Tls;

namespace Detector.Host.Configuration;

/// <summary>Reads the settings: defaults, then the file, then the environment, then the command line; validated as a whole.</summary>
internal static class SettingsLoader
{
    /// <summary>Prefix of environment variables: <c>DETECTOR__Timeline__Kind</c>.</summary>
    public const string EnvironmentPrefix = "DETECTOR__";

    private const int LongestTopicBytes = ushort.MaxValue; // MQTT 1.5.4

    /// <summary>Loads and checks the settings.</summary>
    /// <param name="file">A JSON file, or null.</param>
    /// <param name="overrides">Keys from the command line, such as <c>Http:Listen</c>.</param>
    /// <exception cref="UsageException">With every fault at once, each by its key.</exception>
    public static Settings Load(string? file, IEnumerable<KeyValuePair<string, string?>> overrides)
    {
        var settings = Bind(file, overrides);
        Complete(settings);
        var faults = Check(settings);
        return faults.Count == 0
            ? settings
            : throw new UsageException("The configuration cannot be used:\n" + string.Join('\n', faults.Select(f => "  " + f)));
    }

    private static Settings Bind(string? file, IEnumerable<KeyValuePair<string, string?>> overrides)
    {
        if (file is not null && !File.Exists(file))
        {
            throw new UsageException($"--config: there is no file {file}.");
        }

        IConfiguration? configuration = null;
        try
        {
            var builder = new ConfigurationBuilder();
            if (file is not null)
            {
                builder.AddJsonFile(Path.GetFullPath(file), optional: false, reloadOnChange: false);
            }

            configuration = builder.AddEnvironmentVariables(EnvironmentPrefix).AddInMemoryCollection(overrides).Build();
            return configuration.Get<Settings>(o => o.ErrorOnUnknownConfiguration = true) ?? new Settings();
        }
        catch (InvalidDataException fault) when (fault.GetBaseException() is JsonException broken)
        {
            var what = broken.Message.Split(" LineNumber:")[0];
            throw new UsageException(FormattableString.Invariant($"{file}, line {broken.LineNumber + 1}: it is not JSON: {what}"));
        }
        catch (Exception fault) when (fault is InvalidOperationException or InvalidDataException)
        {
            // A key that nobody knows is a spelling mistake, and a value that does not convert is one too.
            var unknown = configuration is null ? [] : UnknownKeys.Of(configuration);
            throw new UsageException(unknown.Count > 0
                ? "The configuration cannot be used:\n" + string.Join('\n', unknown.Select(f => "  " + f))
                : $"The configuration cannot be read: {fault.Message} {fault.InnerException?.Message}".TrimEnd());
        }
    }

    private static void Complete(Settings settings)
    {
        var data = settings.Data.Folder;
        if (settings.Journal.Folder.Length == 0)
        {
            settings.Journal.Folder = Path.Combine(data, "journal");
        }

        if (settings.Mqtt.Listen.Length == 0 && settings.Mqtt.Url.Length == 0)
        {
            settings.Mqtt.Listen = "127.0.0.1:1883"; // the embedded broker on its usual port, where no broker is named
        }

        if (settings.Mqtt.Clients.File.Length == 0)
        {
            settings.Mqtt.Clients.File = Path.Combine(data, ClientsFile.FileName);
        }

        if (settings.Timeline.DuckDb.File.Length == 0)
        {
            settings.Timeline.DuckDb.File = Path.Combine(data, "timeline.duckdb");
        }
    }

    private static List<string> Check(Settings settings)
    {
        var faults = SettingsFaults.Of(settings);
        faults.AddRange(MappingFaults.Of(settings.Codecs.InForce, settings.Codecs.Profiles, CodecCatalog.Default()));
        faults.AddRange(settings.Timeline.Faults().Where(f => !faults.Contains(f)));
        if (!ListenAddress.TryParse(settings.Http.Listen, out var http))
        {
            faults.Add($"Http:Listen (--http) is '{settings.Http.Listen}'; it must be ADDRESS:PORT, such as 127.0.0.1:8080 or localhost:8080.");
        }
        else if (!IPAddress.IsLoopback(http.Address) && !settings.Http.Tls.IsSet && !settings.Http.AllowBeyondLoopback)
        {
            faults.Add($"Http:Listen is {http}, which others can reach without TLS; set Http:Tls:Certificate and Http:Tls:Key, or put a proxy with TLS in front and set Http:AllowBeyondLoopback to true, or listen on 127.0.0.1.");
        }

        if (settings.Mqtt.MaxPayloadBytes > settings.Journal.MaxRecordBytes - LongestTopicBytes)
        {
            faults.Add(FormattableString.Invariant($"Mqtt:MaxPayloadBytes is {settings.Mqtt.MaxPayloadBytes}; with a topic of {LongestTopicBytes} bytes it does not fit Journal:MaxRecordBytes, which is {settings.Journal.MaxRecordBytes}. Lower the one or raise the other."));
        }

        faults.AddRange(RetentionFaults.Of(settings));
        if (faults.Count == 0)
        {
            faults.AddRange(CertificateFaults.Of(settings.Http.Tls, "Http:Tls"));
            faults.AddRange(CertificateFaults.Of(settings.Mqtt));
        }

        return faults;
    }
}
