// SPDX-License-Identifier: Apache-2.0
namespace Detector.Codecs;

/// <summary>How messages of a family of topics are read. Bound from configuration, under <c>Codecs:Mappings</c>; what is left out, the profile gives.</summary>
public sealed class TopicMapping
{
    /// <summary>Name of the profile that gives what is left out here: one of <see cref="MappingProfiles"/> or of <c>Codecs:Profiles</c>. Without it the profile <c>json</c>.</summary>
    public string? Profile { get; set; }

    /// <summary>
    /// Topic, level by level: a level is text, <c>{meter}</c>, <c>{quantity}</c> (a key of <see cref="Keys"/>), or any other name in braces for a level
    /// of any text; <c>#</c> as the last level is any levels. Without <c>{meter}</c> the payload must name the meter; see <see cref="MeterTag"/>.
    /// </summary>
    public string? Topic { get; set; }

    /// <summary>Name of the codec.</summary>
    public string? Codec { get; set; }

    /// <summary><c>auto</c> (gzip and zstd are known by their first bytes; the default), <c>none</c>, <c>gzip</c> or <c>zstd</c>.</summary>
    public string? Compression { get; set; }

    /// <summary>Unit of the key <c>value</c> and of a plain number, such as <c>kW</c>.</summary>
    public string? Unit { get; set; }

    /// <summary>Factor on a value of <see cref="Unit"/>; not zero.</summary>
    public double? Scale { get; set; }

    /// <summary>
    /// What values mean in time where the payload does not say: <c>instantaneous</c>, <c>interval_mean</c>, <c>interval_energy</c> or <c>register</c>.
    /// </summary>
    public string? Kind { get; set; }

    /// <summary>Length of the interval in seconds where the payload does not say; 0 is unknown. From 0 to 2,678,400 (31 days).</summary>
    public double? IntervalSeconds { get; set; }

    /// <summary>
    /// Further keys of the payload, or names of quantities, and what each holds, such as <c>Leistung</c> → <c>W</c>. A key that begins with a slash is
    /// a path (JSON Pointer, RFC 6901): <c>/ENERGY/Power</c>.
    /// </summary>
    public Dictionary<string, KeyMapping> Keys { get; set; } = [];

    /// <summary>Key of the time, <c>ts</c> by default; a path where it begins with a slash.</summary>
    public string? TimeKey { get; set; }

    /// <summary>
    /// Unit of numeric times: <c>auto</c> (by magnitude; line protocol nanoseconds), <c>s</c>, <c>ms</c>, <c>us</c> or <c>ns</c>.
    /// </summary>
    public string? TimePrecision { get; set; }

    /// <summary>Format of times that are neither ISO 8601 nor Unix, in .NET's letters, such as <c>dd.MM.yyyy HH:mm:ss</c>.</summary>
    public string? TimeFormat { get; set; }

    /// <summary>Zone of times that name none, such as <c>Asia/Shanghai</c>; without it such times are rejected.</summary>
    public string? TimeZone { get; set; }

    /// <summary>Key (JSON), tag (line protocol) or column that names the meter, <c>meter</c> by default; consulted only where the topic has no <c>{meter}</c>.</summary>
    public string? MeterTag { get; set; }

    /// <summary>Key that names the unit of <c>value</c>, <c>unit</c> by default.</summary>
    public string? UnitKey { get; set; }

    /// <summary>Path (JSON Pointer) to the array of elements; without it the payload is the element or the array.</summary>
    public string? Items { get; set; }

    /// <summary>How names of SenML records and Sparkplug metrics are made, such as <c>{meter}/{quantity}</c>; without it the codec's own custom holds.</summary>
    public string? Name { get; set; }

    /// <summary>Columns and separators of delimited text.</summary>
    public CsvMapping? Csv { get; set; }

    /// <summary>The mappings in force where none are configured.</summary>
    public static IReadOnlyList<TopicMapping> Defaults() =>
        [new TopicMapping { Profile = "json" }, new TopicMapping { Profile = "line-protocol" }, new TopicMapping { Profile = "plain" }];

    /// <summary>This mapping with what it leaves out taken from a profile; keys of both, its own first.</summary>
    internal TopicMapping Over(TopicMapping profile) => new()
    {
        Profile = Profile,
        Topic = Topic ?? profile.Topic,
        Codec = Codec ?? profile.Codec,
        Compression = Compression ?? profile.Compression,
        Unit = Unit ?? profile.Unit,
        Scale = Scale ?? profile.Scale,
        Kind = Kind ?? profile.Kind,
        IntervalSeconds = IntervalSeconds ?? profile.IntervalSeconds,
        Keys = Keys.Concat(profile.Keys.Where(p => !Keys.ContainsKey(p.Key))).ToDictionary(p => p.Key, p => p.Value, StringComparer.Ordinal),
        TimeKey = TimeKey ?? profile.TimeKey,
        TimePrecision = TimePrecision ?? profile.TimePrecision,
        TimeFormat = TimeFormat ?? profile.TimeFormat,
        TimeZone = TimeZone ?? profile.TimeZone,
        MeterTag = MeterTag ?? profile.MeterTag,
        UnitKey = UnitKey ?? profile.UnitKey,
        Items = Items ?? profile.Items,
        Name = Name ?? profile.Name,
        Csv = Csv ?? profile.Csv,
    };
}
