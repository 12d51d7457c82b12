// SPDX-License-Identifier: Apache-2.0
namespace Detector.Codecs;

/// <summary>Named mappings that others build on: one for each codec, some for makers, and those of the configuration.</summary>
public sealed class MappingProfiles
{
    private readonly Dictionary<string, TopicMapping> _profiles = new(StringComparer.Ordinal);

    private MappingProfiles()
    {
    }

    /// <summary>Names, the shipped ones first.</summary>
    public IReadOnlyCollection<string> Names => _profiles.Keys;

    /// <summary>The shipped profiles and further ones; one of the same name takes the shipped one's place.</summary>
    public static MappingProfiles With(IReadOnlyDictionary<string, TopicMapping>? further)
    {
        var profiles = new MappingProfiles();
        foreach (var (name, profile) in Shipped())
        {
            profiles._profiles[name] = profile;
        }

        foreach (var (name, profile) in further ?? new Dictionary<string, TopicMapping>())
        {
            profiles._profiles[name] = profile;
        }

        return profiles;
    }

    /// <summary>The shipped profile whose topic a topic fits, to be named in advice; null where there is none.</summary>
    public static string? Suggest(ReadOnlySpan<byte> topic)
    {
        foreach (var (name, profile) in Shipped())
        {
            if (TopicTemplate.TryParse(profile.Topic, out var template, out _) && template!.Matches(topic, out _, out _))
            {
                return name;
            }
        }

        return null;
    }

    /// <summary>A mapping with its profile's values where it names none; itself where there is no such profile.</summary>
    public TopicMapping Resolve(TopicMapping mapping)
    {
        ArgumentNullException.ThrowIfNull(mapping);
        var resolved = _profiles.TryGetValue(mapping.Profile ?? "json", out var profile) ? mapping.Over(profile) : mapping;

        // A profile of the configuration may itself leave things out.
        return resolved.Over(_profiles["json"]);
    }

    internal bool Has(string name) => _profiles.ContainsKey(name);

    private static IEnumerable<(string Name, TopicMapping Profile)> Shipped()
    {
        yield return ("json", new TopicMapping { Topic = "meters/{meter}", Codec = "json" });
        yield return ("line-protocol", new TopicMapping { Topic = "influx/{source}", Codec = "line-protocol" });
        yield return ("plain", new TopicMapping { Topic = "meters/{meter}/{quantity}", Codec = "plain" });
        yield return ("tasmota", new TopicMapping { Topic = "tele/{meter}/SENSOR", Codec = "tasmota" });
        yield return ("shelly-gen2", new TopicMapping { Topic = "{meter}/events/rpc", Codec = "shelly-gen2" });
        yield return ("json-columns", new TopicMapping { Topic = "columns/{meter}", Codec = "json-columns" });
        yield return ("csv", new TopicMapping { Topic = "csv/{source}", Codec = "csv" });
        yield return ("senml-json", new TopicMapping { Topic = "senml/{source}/json", Codec = "senml-json" });
        yield return ("senml-cbor", new TopicMapping { Topic = "senml/{source}/cbor", Codec = "senml-cbor" });
        yield return ("sparkplug-b", new TopicMapping { Topic = "spBv1.0/#", Codec = "sparkplug-b" });
        yield return ("zigbee2mqtt", new TopicMapping
        {
            Topic = "zigbee2mqtt/{meter}",
            Codec = "json",
            TimeKey = "last_seen",
            Keys = new(StringComparer.Ordinal) { ["power"] = "W", ["energy"] = "kWh", ["voltage"] = "V", ["current"] = "A", ["power_factor"] = "pf", ["power_reactive"] = "var" },
        });
    }
}
