// SPDX-License-Identifier: Apache-2.0
using System.Text;
using Detector.Metering;

namespace Detector.Codecs;

/// <summary>A <see cref="TopicMapping"/> made ready: keys as bytes, names as values.</summary>
public sealed class PayloadMapping
{
    /// <summary>Longest interval that a reading may cover, in seconds: a month.</summary>
    public const double MaxIntervalSeconds = 31 * 86_400;

    internal const string KindsKnown = "instantaneous, interval_mean, interval_energy, register";

    // The contract's value keys; other units are for mappings to name.
    private static readonly string[] DefaultKeys = ["kw", "w", "mw", "kwh", "kvar", "pf", "v", "a"];

    private readonly List<KeyBinding> _bindings = [];

    /// <summary>Makes a mapping ready that <see cref="MappingFaults"/> found sound.</summary>
    /// <exception cref="FormatException">It is not sound.</exception>
    public PayloadMapping(TopicMapping mapping)
    {
        ArgumentNullException.ThrowIfNull(mapping);

        // The mapping's own keys come first, so that an operator may give a default key another meaning.
        Add(mapping.TimeKey ?? "ts", KeyRole.Time);
        foreach (var (key, value) in mapping.Keys)
        {
            Add(key, value);
        }

        Add("kind", KeyRole.Kind);
        Add("interval_s", KeyRole.Interval);
        Add("q", KeyRole.Quality);
        Add(mapping.UnitKey ?? "unit", KeyRole.Unit);
        if (mapping.Topic?.Split('/').Contains("{meter}") != true)
        {
            Add(mapping.MeterTag ?? "meter", KeyRole.Meter);
        }

        Array.ForEach(DefaultKeys, key => Add(key, new KeyMapping { Unit = key }));
        Add("value", KeyRole.Quantity);
        Value = mapping.Unit is null ? null : new KeyBinding(0, "value", KeyRole.Quantity) { Unit = UnitOf(mapping.Unit), Scale = mapping.Scale ?? 1 };
        Kind = KindOf(mapping.Kind);
        IntervalSeconds = mapping.IntervalSeconds ?? 0;
        var precision = TryPrecision(mapping.TimePrecision ?? "auto", out var unit) ? unit : throw new FormatException($"'{mapping.TimePrecision}' is not a precision.");
        Times = new TimeReading(precision, mapping.TimeFormat, mapping.TimeZone is null ? null : TimeZoneInfo.FindSystemTimeZoneById(mapping.TimeZone));
        Items = mapping.Items is null ? [] : [.. KeyTree.Steps(mapping.Items).Select(Encoding.UTF8.GetBytes)];
        Name = mapping.Name is null ? null : NameTemplate.TryParse(mapping.Name, out var name, out var fault) ? name : throw new FormatException(fault);
        Csv = new CsvForm(mapping.Csv ?? new CsvMapping(), this);
    }

    /// <summary>Keys as a tree.</summary>
    internal KeyTree Keys { get; } = new();

    /// <summary>Every key in the order of its number.</summary>
    internal IReadOnlyList<KeyBinding> Bindings => _bindings;

    /// <summary>Unit and scale of a value that is named by nothing else; null where the mapping names no unit.</summary>
    internal KeyBinding? Value { get; }

    /// <summary>Kind where the payload does not say; null where the keys decide.</summary>
    internal ReadingKind? Kind { get; }

    /// <summary>Interval in seconds where the payload does not say; 0 is unknown.</summary>
    internal double IntervalSeconds { get; }

    /// <summary>How times are written.</summary>
    internal TimeReading Times { get; }

    /// <summary>Unit of numeric times.</summary>
    internal UnixUnit Precision => Times.Precision;

    /// <summary>The way to the array of elements; empty where the payload itself is it.</summary>
    internal byte[][] Items { get; }

    /// <summary>How names of records and metrics are read; null where the codec's own custom holds.</summary>
    internal NameTemplate? Name { get; }

    /// <summary>Columns and separators of delimited text.</summary>
    internal CsvForm Csv { get; }

    /// <summary>What a plain key holds; null where it is unknown.</summary>
    internal KeyBinding? Find(ReadOnlySpan<byte> key) => Keys.Find(key)?.Binding;

    /// <summary>The same, but null for a key that is passed over too.</summary>
    internal KeyBinding? FindUsed(ReadOnlySpan<byte> key)
    {
        var binding = Find(key);
        return binding?.Role == KeyRole.Ignored ? null : binding;
    }

    /// <summary>What a quantity named outside of the payload's keys is; null where it is unknown.</summary>
    internal KeyBinding? FindLabel(ReadOnlySpan<byte> label) => Find(label) is { Role: KeyRole.Ignored or KeyRole.Quantity } binding && (binding.Unit is not null || binding.Role == KeyRole.Ignored) ? binding : null;

    /// <summary>The quantities that a label may name, for messages.</summary>
    internal string LabelsKnown => string.Join(", ", _bindings.Where(b => b.Role == KeyRole.Ignored || b.Unit is not null).Select(b => b.Key));

    internal static bool TryKind(ReadOnlySpan<char> text, out ReadingKind kind) => ReadingKindNames.TryParse(text, out kind);

    /// <summary>A kind by the name of payloads and mappings.</summary>
    public static string NameOf(ReadingKind kind) => ReadingKindNames.NameOf(kind);

    internal static bool TryKind(ReadOnlySpan<byte> utf8, out ReadingKind kind)
    {
        kind = default;
        Span<char> chars = stackalloc char[32];
        return utf8.Length <= 32 && TryKind(chars[..Encoding.UTF8.GetChars(utf8, chars)], out kind);
    }

    internal static bool TryPrecision(string? text, out UnixUnit unit)
    {
        unit = text switch
        {
            "s" => UnixUnit.Seconds,
            "ms" => UnixUnit.Milliseconds,
            "us" => UnixUnit.Microseconds,
            "ns" => UnixUnit.Nanoseconds,
            _ => UnixUnit.ByMagnitude,
        };
        return unit != UnixUnit.ByMagnitude || text == "auto";
    }

    private static ReadingKind? KindOf(string? text) => text is null ? null : TryKind(text, out var kind) ? kind : throw new FormatException($"'{text}' is not a kind.");

    private static Unit UnitOf(string? name) => Units.Find(name) ?? throw new FormatException($"'{name}' is not a unit.");

    private void Add(string key, KeyMapping value) => Add(value.Unit == KeyMapping.Ignore
        ? new KeyBinding(_bindings.Count, key, KeyRole.Ignored)
        : new KeyBinding(_bindings.Count, key, KeyRole.Quantity) { Unit = UnitOf(value.Unit), Scale = value.Scale, Kind = KindOf(value.Kind), IntervalSeconds = value.IntervalSeconds });

    private void Add(string key, KeyRole role) => Add(new KeyBinding(_bindings.Count, key, role));

    private void Add(KeyBinding binding)
    {
        if (_bindings.TrueForAll(known => known.Key != binding.Key))
        {
            _bindings.Add(binding);
            Keys.Add(binding);
        }
    }
}
