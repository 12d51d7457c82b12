// SPDX-License-Identifier: Apache-2.0
using System.Globalization;

namespace Detector.Codecs;

/// <summary>Everything that is wrong with the mappings of a configuration, each fault naming its member.</summary>
public static class MappingFaults
{
    /// <summary>Checks mappings and profiles as a whole; empty where nothing is wrong.</summary>
    public static IReadOnlyList<string> Of(IReadOnlyList<TopicMapping> mappings, IReadOnlyDictionary<string, TopicMapping>? profiles, CodecCatalog catalog)
    {
        ArgumentNullException.ThrowIfNull(mappings);
        ArgumentNullException.ThrowIfNull(catalog);
        var faults = new List<string>();
        var named = MappingProfiles.With(profiles);
        foreach (var (name, profile) in profiles ?? new Dictionary<string, TopicMapping>())
        {
            Add(profile, $"Codecs:Profiles:{name}", catalog, faults);
            if (profile.Profile is not null)
            {
                faults.Add($"Codecs:Profiles:{name}:Profile is '{profile.Profile}'; a profile builds on no other.");
            }
        }

        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < mappings.Count; i++)
        {
            var prefix = string.Create(CultureInfo.InvariantCulture, $"Codecs:Mappings:{i}");
            if (mappings[i].Profile is { } name && !named.Has(name))
            {
                faults.Add($"{prefix}:Profile is '{name}'; the profiles are {string.Join(", ", named.Names)}.");
            }

            Add(mappings[i], prefix, catalog, faults);
            AddTogether(named.Resolve(mappings[i]), prefix, seen, i, faults);
        }

        if (mappings.Count == 0)
        {
            faults.Add("Codecs:Mappings is empty; leave it out to get the default mappings.");
        }

        return faults;
    }

    // What only the mapping and its profile together show.
    private static void AddTogether(TopicMapping mapping, string prefix, Dictionary<string, int> seen, int number, List<string> faults)
    {
        if (TopicTemplate.TryParse(mapping.Topic, out var template, out _) && !seen.TryAdd(template!.Filter, number))
        {
            faults.Add($"{prefix}:Topic is '{mapping.Topic}', which fits the same topics as mapping {seen[template.Filter]}; remove one of them.");
        }

        if (mapping.TimeFormat is { } format && mapping.TimeZone is null && !TimeReading.HasZone(format))
        {
            faults.Add($"{prefix}:TimeFormat is '{format}', which names no zone; set TimeZone, such as Asia/Shanghai or UTC.");
        }

        if (mapping.Scale is not null && mapping.Unit is null)
        {
            faults.Add(Text($"{prefix}:Scale is {mapping.Scale}, but there is no Unit that it would belong to; set Unit, or Scale of a key under Keys."));
        }

        const int others = 16; // the codec's own keys
        if (mapping.Keys.Count > KeyBinding.MostKeys - others)
        {
            faults.Add(Text($"{prefix}:Keys has {mapping.Keys.Count} keys, at most {KeyBinding.MostKeys - others} are allowed; split the mapping by topic."));
        }

        foreach (var column in mapping.Csv?.Columns.Where(c => c.Length > 0) ?? [])
        {
            var known = mapping.Keys.ContainsKey(column) || column == (mapping.TimeKey ?? "ts") || column == (mapping.MeterTag ?? "meter") || column is "kind" or "interval_s" or "q"
                || Units.Find(column) is not null || (column == "value" && mapping.Unit is not null);
            if (!known)
            {
                faults.Add($"{prefix}:Csv:Columns has '{column}', which is no key; give its unit under Keys, or an empty name to pass the column over.");
            }
        }
    }

    private static void Add(TopicMapping mapping, string prefix, CodecCatalog catalog, List<string> faults)
    {
        void Unless(bool holds, string member, string? value, string rule)
        {
            if (!holds)
            {
                faults.Add($"{prefix}:{member} is '{value}'; {rule}.");
            }
        }

        string? topicFault = null;
        Unless(mapping.Topic is null || TopicTemplate.TryParse(mapping.Topic, out _, out topicFault), "Topic", mapping.Topic, topicFault ?? string.Empty);
        Unless(mapping.Codec is null || catalog.TryGet(mapping.Codec, out _), "Codec", mapping.Codec, $"the codecs are {string.Join(", ", catalog.Names)}");
        Unless(mapping.Compression is null || Decompression.TryKind(mapping.Compression, out _), "Compression", mapping.Compression, "it must be auto, none, gzip or zstd");
        Unless(mapping.Unit is null || Units.Find(mapping.Unit) is not null, "Unit", mapping.Unit, $"the units are {Units.Known}");
        Unless(mapping.Scale is null or (not 0 and > double.NegativeInfinity and < double.PositiveInfinity), "Scale", Shown(mapping.Scale), "it must be a number other than 0");
        Unless(mapping.Kind is null || PayloadMapping.TryKind(mapping.Kind, out _), "Kind", mapping.Kind, $"the kinds are {PayloadMapping.KindsKnown}");
        Unless(IsInterval(mapping.IntervalSeconds), "IntervalSeconds", Shown(mapping.IntervalSeconds), $"it must be from 0 to {PayloadMapping.MaxIntervalSeconds}");
        Unless(mapping.TimePrecision is null || PayloadMapping.TryPrecision(mapping.TimePrecision, out _), "TimePrecision", mapping.TimePrecision, "it must be auto, s, ms, us or ns");
        Unless(mapping.TimeZone is null || TimeZoneInfo.TryFindSystemTimeZoneById(mapping.TimeZone, out _), "TimeZone", mapping.TimeZone, "it must be a zone of the IANA database, such as Asia/Shanghai or UTC");
        Unless(mapping.TimeKey is not { Length: 0 }, "TimeKey", mapping.TimeKey, "it must not be empty");
        Unless(mapping.MeterTag is not { Length: 0 }, "MeterTag", mapping.MeterTag, "it must not be empty");
        Unless(mapping.UnitKey is not { Length: 0 }, "UnitKey", mapping.UnitKey, "it must not be empty");
        Unless(mapping.Items is null || mapping.Items.StartsWith('/'), "Items", mapping.Items, "it must be a path that begins with a slash, such as /data/values");
        string? nameFault = null;
        Unless(mapping.Name is null || NameTemplate.TryParse(mapping.Name, out _, out nameFault), "Name", mapping.Name, nameFault ?? string.Empty);
        foreach (var (key, value) in mapping.Keys)
        {
            Unless(key.Length > 0 && key != (mapping.TimeKey ?? "ts"), $"Keys:{key}", value.Unit, "the key is empty or the time's");
            AddKey(key, value, Unless);
        }

        foreach (var (member, value, rule) in mapping.Csv?.Faults() ?? [])
        {
            Unless(false, member, value, rule);
        }
    }

    private static void AddKey(string key, KeyMapping value, Action<bool, string, string?, string> unless)
    {
        var unit = Units.Find(value.Unit);
        unless(unit is not null || value.Unit == KeyMapping.Ignore, $"Keys:{key}", value.Unit, $"the units are {Units.Known}; {KeyMapping.Ignore} passes the key over");
        unless(value.Scale != 0 && double.IsFinite(value.Scale), $"Keys:{key}:Scale", Shown(value.Scale), "it must be a number other than 0");
        unless(value.Kind is null || PayloadMapping.TryKind(value.Kind, out _), $"Keys:{key}:Kind", value.Kind, $"the kinds are {PayloadMapping.KindsKnown}");
        unless(value.Kind is null || unit is null or { Dimension: Dimension.ActivePower or Dimension.Energy }, $"Keys:{key}:Kind", value.Kind, "only power and energy have a kind");
        unless(IsInterval(value.IntervalSeconds), $"Keys:{key}:IntervalSeconds", Shown(value.IntervalSeconds), $"it must be from 0 to {PayloadMapping.MaxIntervalSeconds}");
    }

    private static bool IsInterval(double? seconds) => seconds is null or (>= 0 and <= PayloadMapping.MaxIntervalSeconds);

    private static string? Shown(double? value) => value?.ToString(CultureInfo.InvariantCulture);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
