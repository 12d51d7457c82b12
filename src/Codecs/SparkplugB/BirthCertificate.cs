// SPDX-License-Identifier: Apache-2.0
using Detector.Codecs.SparkplugB.Wire;

namespace Detector.Codecs.SparkplugB;

/// <summary>A metric as its birth defines it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="DataType">Its type by the specification's number; 0 where the birth says none.</param>
/// <param name="Unit">The engineering unit of its properties; null where it has none.</param>
internal sealed record MetricDefinition(string Name, uint DataType, string? Unit);

/// <summary>What a birth certificate says: names, types and units of metrics, by alias and by name; those within templates by their path.</summary>
internal sealed class BirthCertificate
{
    private readonly Dictionary<ulong, MetricDefinition> _byAlias = [];
    private readonly Dictionary<string, MetricDefinition> _byName = new(StringComparer.Ordinal);

    private BirthCertificate(long position, ReadOnlyMemory<byte> bytes)
    {
        Position = position;
        Bytes = bytes;
    }

    /// <summary>From which place in the journal it holds.</summary>
    public long Position { get; private set; }

    /// <summary>As it arrived.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    public static BirthCertificate Of(Payload payload, long position, ReadOnlyMemory<byte> bytes)
    {
        var birth = new BirthCertificate(position, bytes);
        var templates = new Dictionary<string, Template>(StringComparer.Ordinal);
        foreach (var metric in payload.Metrics)
        {
            if (metric is { TemplateValue: { IsDefinition: true } definition, HasName: true })
            {
                templates[metric.Name] = definition;
            }
        }

        foreach (var metric in payload.Metrics)
        {
            birth.Add(metric, string.Empty, templates, null);
        }

        return birth;
    }

    public MetricDefinition? Find(ulong alias) => _byAlias.GetValueOrDefault(alias);

    public MetricDefinition? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>Whether every alias of the older one means the same here, so that messages from before can be read by this one.</summary>
    public bool Covers(BirthCertificate older) =>
        older._byAlias.All(pair => _byAlias.TryGetValue(pair.Key, out var mine) && mine.Name == pair.Value.Name && mine.DataType == pair.Value.DataType);

    /// <summary>Lets it hold from where the older one did.</summary>
    public void Replace(BirthCertificate older) => Position = Math.Min(Position, older.Position);

    private void Add(Metric metric, string prefix, Dictionary<string, Template> templates, Template? definition)
    {
        if (!metric.HasName || metric.TemplateValue is { IsDefinition: true })
        {
            return;
        }

        var name = prefix + metric.Name;
        var unit = MetricProperties.Unit(metric) ?? UnitInDefinition(metric.Name, definition);
        var defined = new MetricDefinition(name, metric.Datatype, unit);
        _byName.TryAdd(name, defined);
        if (metric.HasAlias)
        {
            _byAlias[metric.Alias] = defined;
        }

        if (metric.TemplateValue is { } instance)
        {
            var below = templates.GetValueOrDefault(instance.TemplateRef) ?? templates.GetValueOrDefault("_types_/" + instance.TemplateRef);
            foreach (var member in instance.Metrics)
            {
                Add(member, name + "/", templates, below);
            }

            // What the instance leaves out of its birth, its definition names.
            foreach (var member in below?.Metrics ?? [])
            {
                if (member.HasName)
                {
                    _byName.TryAdd($"{name}/{member.Name}", new MetricDefinition($"{name}/{member.Name}", member.Datatype, MetricProperties.Unit(member)));
                }
            }
        }
    }

    private static string? UnitInDefinition(string name, Template? definition)
    {
        foreach (var member in definition?.Metrics ?? [])
        {
            if (member.Name == name)
            {
                return MetricProperties.Unit(member);
            }
        }

        return null;
    }
}

/// <summary>Properties of metrics that mean something here.</summary>
internal static class MetricProperties
{
    private const uint Good = 192; // OPC's code for good, which the specification takes over

    /// <summary>The engineering unit; null where there is none.</summary>
    public static string? Unit(Metric metric)
    {
        var properties = metric.Properties;
        for (var i = 0; properties is not null && i < Math.Min(properties.Keys.Count, properties.Values.Count); i++)
        {
            if (properties.Keys[i] is "engUnit" or "EngUnit" or "Engineering Units" or "Engineering_Units" or "unit" or "units" && properties.Values[i] is { StringValue.Length: > 0 } value)
            {
                return value.StringValue;
            }
        }

        return null;
    }

    /// <summary>Whether the source says that the value is not good.</summary>
    public static bool IsDoubtful(Metric metric)
    {
        var properties = metric.Properties;
        for (var i = 0; properties is not null && i < Math.Min(properties.Keys.Count, properties.Values.Count); i++)
        {
            if (properties.Keys[i] is "Quality" or "quality" && properties.Values[i] is { IsNull: false } value)
            {
                return value.ValueCase switch
                {
                    PropertyValue.ValueOneofCase.IntValue => value.IntValue != Good,
                    PropertyValue.ValueOneofCase.LongValue => value.LongValue != Good,
                    _ => false,
                };
            }
        }

        return false;
    }
}
