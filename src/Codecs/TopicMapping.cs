// SPDX-License-Identifier: Apache-2.0
namespace Detector.Codecs;

/// <summary>How messages of a family of topics are read. Bound from configuration, under <c>Codecs:Mappings</c>.</summary>
public sealed class TopicMapping
{
    /// <summary>
    /// Topic, level by level: a level is text, <c>{meter}</c>, or any other name in braces for a level of any text.
    /// Without <c>{meter}</c> the payload must name the meter; see <see cref="MeterTag"/>.
    /// </summary>
    public string Topic { get; set; } = "meters/{meter}";

    /// <summary>Name of the codec.</summary>
    public string Codec { get; set; } = "json";

    /// <summary>Unit of the key <c>value</c>, such as <c>kW</c>; without it <c>value</c> has no meaning and is passed over.</summary>
    public string? Unit { get; set; }

    /// <summary>
    /// What values mean in time where the payload does not say: <c>instantaneous</c>, <c>interval_mean</c>, <c>interval_energy</c> or <c>register</c>.
    /// </summary>
    public string? Kind { get; set; }

    /// <summary>Length of the interval in seconds where the payload does not say; 0 is unknown. From 0 to 2,678,400 (31 days).</summary>
    public double IntervalSeconds { get; set; }

    /// <summary>Further keys of the payload and the quantity each holds, such as <c>Leistung</c> → <c>W</c>.</summary>
    public Dictionary<string, string> Keys { get; set; } = [];

    /// <summary>Key of the time.</summary>
    public string TimeKey { get; set; } = "ts";

    /// <summary>
    /// Unit of numeric times: <c>auto</c> (JSON by magnitude, line protocol nanoseconds), <c>s</c>, <c>ms</c>, <c>us</c> or <c>ns</c>.
    /// </summary>
    public string TimePrecision { get; set; } = "auto";

    /// <summary>Key (JSON) or tag (line protocol) that names the meter; consulted only where the topic has no <c>{meter}</c>.</summary>
    public string MeterTag { get; set; } = "meter";

    /// <summary>The mappings in force where none are configured.</summary>
    public static IReadOnlyList<TopicMapping> Defaults() =>
        [new TopicMapping(), new TopicMapping { Topic = "influx/{source}", Codec = "line-protocol" }];

    /// <summary>Everything that is wrong with a list of mappings, each fault naming its member; empty where nothing is.</summary>
    public static IReadOnlyList<string> Faults(IReadOnlyList<TopicMapping> mappings, CodecCatalog catalog)
    {
        ArgumentNullException.ThrowIfNull(mappings);
        ArgumentNullException.ThrowIfNull(catalog);
        var faults = new List<string>();
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < mappings.Count; i++)
        {
            var prefix = $"Codecs:Mappings:{i}";
            mappings[i].AddFaults(prefix, catalog, faults);
            var filter = TopicTemplate.TryParse(mappings[i].Topic, out var template, out _) ? template!.Filter : null;
            if (filter is not null && !seen.TryAdd(filter, i))
            {
                faults.Add($"{prefix}:Topic is '{mappings[i].Topic}', which fits the same topics as mapping {seen[filter]}; remove one of them.");
            }
        }

        if (mappings.Count == 0)
        {
            faults.Add("Codecs:Mappings is empty; leave it out to get the default mappings.");
        }

        return faults;
    }

    private void AddFaults(string prefix, CodecCatalog catalog, List<string> faults)
    {
        void Unless(bool holds, string member, string? value, string rule)
        {
            if (!holds)
            {
                faults.Add($"{prefix}:{member} is '{value}'; {rule}.");
            }
        }

        Unless(TopicTemplate.TryParse(Topic, out _, out var topicFault), nameof(Topic), Topic, topicFault ?? string.Empty);
        Unless(catalog.TryGet(Codec, out _), nameof(Codec), Codec, $"the codecs are {string.Join(", ", catalog.Names)}");
        Unless(Unit is null || QuantityNames.TryParse(Unit, out _), nameof(Unit), Unit, $"the units are {QuantityNames.Known}");
        Unless(Kind is null || PayloadMapping.TryKind(Kind, out _), nameof(Kind), Kind, $"the kinds are {PayloadMapping.KindsKnown}");
        Unless(IntervalSeconds is >= 0 and <= PayloadMapping.MaxIntervalSeconds, nameof(IntervalSeconds), $"{IntervalSeconds}", $"it must be from 0 to {PayloadMapping.MaxIntervalSeconds}");
        Unless(PayloadMapping.TryPrecision(TimePrecision, out _), nameof(TimePrecision), TimePrecision, "it must be auto, s, ms, us or ns");
        Unless(!string.IsNullOrEmpty(TimeKey), nameof(TimeKey), TimeKey, "it must not be empty");
        Unless(!string.IsNullOrEmpty(MeterTag), nameof(MeterTag), MeterTag, "it must not be empty");
        foreach (var (key, quantity) in Keys)
        {
            Unless(QuantityNames.TryParse(quantity, out _), $"Keys:{key}", quantity, $"the quantities are {QuantityNames.Known}");
            Unless(key.Length > 0 && key != TimeKey, $"Keys:{key}", quantity, "the key is empty or the time's");
        }
    }
}
