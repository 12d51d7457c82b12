// SPDX-License-Identifier: Apache-2.0
using System.Text;
using Detector.Metering;

namespace Detector.Codecs;

/// <summary>What a known key of a payload holds.</summary>
internal enum KeyRole : byte
{
    None = 0,
    Time = 1,
    Kind = 2,
    Interval = 3,
    Quality = 4,
    Meter = 5,

    /// <summary>The first quantity; a quantity's role is this plus its value minus one.</summary>
    FirstQuantity = 6,
}

/// <summary>A <see cref="TopicMapping"/> made ready: keys as bytes, names as values.</summary>
public sealed class PayloadMapping
{
    /// <summary>Longest interval that a reading may cover, in seconds: a month.</summary>
    public const double MaxIntervalSeconds = 31 * 86_400;

    internal const string KindsKnown = "instantaneous, interval_mean, interval_energy, register";

    private static readonly (string Name, ReadingKind Kind)[] Kinds =
    [
        ("instantaneous", ReadingKind.Instantaneous), ("interval_mean", ReadingKind.IntervalMean),
        ("interval_energy", ReadingKind.IntervalEnergy), ("register", ReadingKind.Register),
    ];

    // The contract's value keys; Wh, MWh and var are for mappings to name.
    private static readonly string[] DefaultKeys = ["kw", "w", "mw", "kwh", "kvar", "pf", "v", "a"];

    private readonly (byte[] Key, KeyRole Role)[] _keys;

    /// <summary>Makes a mapping ready that <see cref="TopicMapping.Faults"/> found sound.</summary>
    /// <exception cref="FormatException">It is not sound.</exception>
    public PayloadMapping(TopicMapping mapping)
    {
        ArgumentNullException.ThrowIfNull(mapping);
        var keys = new List<(string Key, KeyRole Role)> { (mapping.TimeKey, KeyRole.Time), ("kind", KeyRole.Kind), ("interval_s", KeyRole.Interval), ("q", KeyRole.Quality) };
        keys.AddRange(mapping.Keys.Select(pair => (pair.Key, RoleOf(Quantity(pair.Value)))));
        keys.AddRange(DefaultKeys.Select(key => (key, RoleOf(Quantity(key)))));
        if (mapping.Unit is not null)
        {
            keys.Add(("value", RoleOf(Quantity(mapping.Unit))));
        }

        if (!mapping.Topic.Split('/').Contains("{meter}"))
        {
            keys.Add((mapping.MeterTag, KeyRole.Meter));
        }

        // The mapping's own keys come first, so that an operator may give a default key another meaning.
        _keys = [.. keys.DistinctBy(k => k.Key, StringComparer.Ordinal).Select(k => (Encoding.UTF8.GetBytes(k.Key), k.Role))];
        Kind = mapping.Kind is null ? null : TryKind(mapping.Kind, out var kind) ? kind : throw new FormatException($"'{mapping.Kind}' is not a kind.");
        IntervalSeconds = mapping.IntervalSeconds;
        Precision = TryPrecision(mapping.TimePrecision, out var unit) ? unit : throw new FormatException($"'{mapping.TimePrecision}' is not a precision.");
    }

    /// <summary>The default mapping of a topic that names the meter.</summary>
    public static PayloadMapping Default { get; } = new(new TopicMapping());

    /// <summary>Kind where the payload does not say; null where the keys decide.</summary>
    internal ReadingKind? Kind { get; }

    /// <summary>Interval in seconds where the payload does not say; 0 is unknown.</summary>
    internal double IntervalSeconds { get; }

    /// <summary>Unit of numeric times.</summary>
    internal UnixUnit Precision { get; }

    /// <summary>What a key holds.</summary>
    internal KeyRole RoleOf(ReadOnlySpan<byte> key)
    {
        foreach (var (known, role) in _keys)
        {
            if (known.Length == key.Length && key.SequenceEqual(known))
            {
                return role;
            }
        }

        return KeyRole.None;
    }

    internal static bool TryKind(ReadOnlySpan<char> text, out ReadingKind kind)
    {
        foreach (var (name, known) in Kinds)
        {
            if (text.Equals(name, StringComparison.Ordinal))
            {
                kind = known;
                return true;
            }
        }

        kind = default;
        return false;
    }

    internal static string NameOf(ReadingKind kind) => Kinds.First(k => k.Kind == kind).Name;

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

    private static KeyRole RoleOf(Quantity quantity) => (KeyRole)((int)KeyRole.FirstQuantity + (int)quantity - 1);

    private static Quantity Quantity(string name) =>
        QuantityNames.TryParse(name, out var quantity) ? quantity : throw new FormatException($"'{name}' is not a quantity.");
}
