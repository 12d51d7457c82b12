// SPDX-License-Identifier: Apache-2.0
namespace Detector.Metering;

/// <summary>The name under which a meter publishes: 1 to 128 characters, no control characters, none of <c>/ + #</c>.</summary>
/// <remarks>Compared ordinally and case-sensitively, as MQTT compares topics.</remarks>
public readonly record struct MeterId
{
    /// <summary>Longest accepted name, in characters.</summary>
    public const int MaxLength = 128;

    private readonly string? _value;
    private readonly int _hash; // kept, as the partition is: with a million meters, reading the name again for it is a miss of the cache at each look-up
    private readonly byte _partition;

    private MeterId(string value) => (_value, _hash, _partition) = (value, value.GetHashCode(StringComparison.Ordinal), (byte)Metering.Partition.OfName(value));

    /// <summary>The name itself; empty for the default value, which names no meter.</summary>
    public string Value => _value ?? string.Empty;

    /// <summary>What <see cref="Metering.Partition.Of"/> gives; 0 for the default value.</summary>
    internal int Partition => _partition;

    /// <summary>Whether this value names no meter.</summary>
    public bool IsEmpty => string.IsNullOrEmpty(_value);

    /// <summary>Makes an id, or throws <see cref="FormatException"/> naming what is wrong with it.</summary>
    public static MeterId Of(string value) =>
        Fault(value) is { } fault ? throw new FormatException($"'{value}' is not a meter name: {fault}") : new MeterId(value);

    /// <summary>Makes an id where the text is a valid name.</summary>
    public static bool TryOf(string? value, out MeterId id)
    {
        var valid = value is not null && Fault(value) is null;
        id = valid ? new MeterId(value!) : default;
        return valid;
    }

    /// <summary>What is wrong with a name, in words, or null where nothing is.</summary>
    public static string? Fault(ReadOnlySpan<char> value)
    {
        if (value.IsEmpty)
        {
            return "it is empty";
        }

        if (value.Length > MaxLength)
        {
            return $"it has {value.Length} characters, at most {MaxLength} are allowed";
        }

        foreach (var c in value)
        {
            if (char.IsControl(c) || c is '/' or '+' or '#')
            {
                return $"it contains the character U+{(int)c:X4}";
            }
        }

        return null;
    }

    /// <inheritdoc />
    public bool Equals(MeterId other) => _hash == other._hash && string.Equals(Value, other.Value, StringComparison.Ordinal);

    /// <inheritdoc />
    public override int GetHashCode() => _hash;

    /// <inheritdoc />
    public override string ToString() => Value;
}
