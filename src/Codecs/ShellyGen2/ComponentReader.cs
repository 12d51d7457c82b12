// SPDX-License-Identifier: Apache-2.0
using System.Text.Json;
using Detector.Codecs.Json;
using Detector.Metering;

namespace Detector.Codecs.ShellyGen2;

/// <summary>Reads the status of one component into the reading of its channel.</summary>
internal readonly struct ComponentReader(int skipped)
{
    private static readonly Unit Volts = Units.Find("V")!;
    private static readonly Unit WattHours = Units.Find("Wh")!;

    public DecodeResult Read(ref Utf8JsonReader reader, Component component, ref ReadingAssembler row)
    {
        var (volts, phases, voltsAt) = (0.0, 0, 0);
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.EndObject)
            {
                return phases > 0 ? row.SetQuantity(Volts, null, volts / phases, voltsAt) : DecodeResult.Decoded(0);
            }

            var key = reader.ValueSpan;
            var known = component.Quantities.Find(key);
            var isEnergy = component.HasEnergyObject && key.SequenceEqual("aenergy"u8);
            var isVoltage = component.HasPhaseVoltages && key.Length == 9 && key.EndsWith("_voltage"u8) && key[0] is (byte)'a' or (byte)'b' or (byte)'c';
            var isErrors = key.EndsWith("errors"u8);
            if (!reader.Read())
            {
                break;
            }

            var at = skipped + (int)reader.TokenStartIndex;
            double? value = null;
            var result = known >= 0 || isVoltage ? JsonValues.ReadPhases(ref reader, Phases.Sum, skipped, out value)
                : isEnergy && reader.TokenType == JsonTokenType.StartObject ? ReadEnergy(ref reader, ref row)
                : isErrors && reader.TokenType == JsonTokenType.StartArray ? ReadErrors(ref reader, ref row)
                : reader.TrySkip() ? DecodeResult.Decoded(0) : JsonFrame.Ended(skipped, ref reader);
            if (result.IsDecoded && value is { } number)
            {
                (volts, phases, voltsAt) = isVoltage ? (volts + number, phases + 1, at) : (volts, phases, voltsAt);
                result = isVoltage ? result : row.SetQuantity(component.Quantities[known].Unit, null, number, at);
            }

            if (!result.IsDecoded)
            {
                return result;
            }
        }

        return JsonFrame.Ended(skipped, ref reader);
    }

    private DecodeResult ReadEnergy(ref Utf8JsonReader reader, ref ReadingAssembler row)
    {
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.EndObject)
            {
                return DecodeResult.Decoded(0);
            }

            var isTotal = reader.ValueTextEquals("total"u8);
            if (!reader.Read())
            {
                break;
            }

            var at = skipped + (int)reader.TokenStartIndex;
            double? value = null;
            var result = isTotal ? JsonValues.ReadPhases(ref reader, Phases.Sum, skipped, out value)
                : reader.TrySkip() ? DecodeResult.Decoded(0) : JsonFrame.Ended(skipped, ref reader);
            if (result.IsDecoded && value is { } number)
            {
                result = row.SetQuantity(WattHours, null, number, at);
            }

            if (!result.IsDecoded)
            {
                return result;
            }
        }

        return JsonFrame.Ended(skipped, ref reader);
    }

    // What the device says is wrong with its own measuring is a reservation on the reading.
    private DecodeResult ReadErrors(ref Utf8JsonReader reader, ref ReadingAssembler row)
    {
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.EndArray)
            {
                return DecodeResult.Decoded(0);
            }

            row.SetQuality(QualityFlags.Suspect);
            if (!reader.TrySkip())
            {
                break;
            }
        }

        return JsonFrame.Ended(skipped, ref reader);
    }
}
