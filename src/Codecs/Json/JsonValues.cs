// SPDX-License-Identifier: Apache-2.0
using System.Text.Json;

namespace Detector.Codecs.Json;

/// <summary>How the phases of one value become one.</summary>
internal enum Phases : byte
{
    /// <summary>Powers, currents and energies add up.</summary>
    Sum,

    /// <summary>Voltages and power factors are averaged.</summary>
    Mean,
}

/// <summary>A member of a maker's object: its key, unit, and what several phases of it come to.</summary>
internal sealed class JsonQuantity(string key, string unit, Phases phases)
{
    public byte[] Key { get; } = System.Text.Encoding.UTF8.GetBytes(key);

    public Unit Unit { get; } = Units.Find(unit) ?? throw new ArgumentException(unit);

    public Phases Phases { get; } = phases;
}

/// <summary>Values of makers' JSON that several codecs read.</summary>
internal static class JsonValues
{
    /// <summary>Reads a number, or an array of one a phase; null (of a phase: no value) leaves <paramref name="value"/> without one.</summary>
    public static DecodeResult ReadPhases(ref Utf8JsonReader reader, Phases phases, int skipped, out double? value)
    {
        value = null;
        if (reader.TokenType == JsonTokenType.Null)
        {
            return DecodeResult.Decoded(0);
        }

        if (reader.TokenType == JsonTokenType.Number)
        {
            value = reader.TryGetDouble(out var one) ? one : double.NaN;
            return DecodeResult.Decoded(0);
        }

        if (reader.TokenType != JsonTokenType.StartArray)
        {
            return WrongType(skipped + (int)reader.TokenStartIndex);
        }

        var (sum, count) = (0.0, 0);
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.EndArray:
                    value = count == 0 ? null : phases == Phases.Sum ? sum : sum / count;
                    return DecodeResult.Decoded(0);
                case JsonTokenType.Number:
                    sum += reader.TryGetDouble(out var phase) ? phase : double.NaN;
                    count++;
                    break;
                case JsonTokenType.Null:
                    break;
                default:
                    return WrongType(skipped + (int)reader.TokenStartIndex);
            }
        }

        return JsonFrame.Ended(skipped, ref reader);
    }

    /// <summary>The place of a key among a maker's members; -1 where it is unknown.</summary>
    public static int Find(this JsonQuantity[] quantities, ReadOnlySpan<byte> key)
    {
        for (var i = 0; i < quantities.Length; i++)
        {
            if (key.SequenceEqual(quantities[i].Key))
            {
                return i;
            }
        }

        return -1;
    }

    private static DecodeResult WrongType(int at) =>
        DecodeResult.Rejected(RejectKind.WrongType, at, "A quantity must be a JSON number, or an array of one number a phase.");
}
