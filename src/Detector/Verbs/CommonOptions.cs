// SPDX-License-Identifier: Apache-2.0
using System.CommandLine;
using Detector.Host.Configuration;

namespace Detector.Host.Verbs;

/// <summary>Options that several verbs share; the same name means the same everywhere.</summary>
internal sealed class CommonOptions
{
    public Option<string?> Data { get; } = new("--data") { Description = "Folder under which all state lives." };

    public Option<string?> Http { get; } = new("--http") { Description = "ADDRESS:PORT of the API and the console.", HelpName = "ADDRESS:PORT" };

    public Option<string?> Mqtt { get; } = new("--mqtt") { Description = "ADDRESS:PORT of the embedded broker.", HelpName = "ADDRESS:PORT" };

    public Option<string?> MqttUrl { get; } = new("--mqtt-url") { Description = "An external broker instead of the embedded one.", HelpName = "mqtt://HOST:PORT" };

    public Option<string?> Config { get; } = new("--config") { Description = "Configuration file (JSON); the environment (DETECTOR__Section__Key) and these options win over it." };

    /// <summary>Adds them to a verb that starts or opens a service's state.</summary>
    public void AddTo(Command command, bool listens)
    {
        command.Add(Data);
        command.Add(Config);
        if (listens)
        {
            command.Add(Http);
            command.Add(Mqtt);
            command.Add(MqttUrl);
        }
    }

    /// <summary>The settings as these options, the environment and the file give them.</summary>
    public Settings Load(ParseResult parsed, params ReadOnlySpan<(string Key, string Value)> defaults)
    {
        var keys = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var (key, value) in defaults)
        {
            keys[key] = value;
        }

        Set(keys, "Data:Folder", parsed.GetValue(Data));
        Set(keys, "Http:Listen", Given(parsed, Http));
        Set(keys, "Mqtt:Listen", Given(parsed, Mqtt));
        Set(keys, "Mqtt:Url", Given(parsed, MqttUrl));
        return SettingsLoader.Load(parsed.GetValue(Config), keys);
    }

    private static string? Given(ParseResult parsed, Option<string?> option) => parsed.GetResult(option) is null ? null : parsed.GetValue(option);

    private static void Set(Dictionary<string, string?> keys, string key, string? value)
    {
        if (value is not null)
        {
            keys[key] = value;
        }
    }
}
