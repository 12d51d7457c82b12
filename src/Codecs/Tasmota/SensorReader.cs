// SPDX-License-Identifier: Apache-2.0
using System.Text.Json;
using Detector.Codecs.Json;

namespace Detector.Codecs.Tasmota;

/// <summary>Reads one <c>SENSOR</c> object: its <c>Time</c> and its <c>ENERGY</c>; other sensors are passed over.</summary>
internal readonly struct SensorReader(int skipped) : IJsonRoot<SensorReader>
{
    private static readonly JsonQuantity[] Known =
    [
        new("Power", "W", Phases.Sum), new("ApparentPower", "VA", Phases.Sum), new("ReactivePower", "var", Phases.Sum),
        new("Factor", "pf", Phases.Mean), new("Voltage", "V", Phases.Mean), new("Current", "A", Phases.Sum), new("Total", "kWh", Phases.Sum),
    ];

    public static SensorReader Make(int skipped) => new(skipped);

    public DecodeResult ReadRoot(ref Utf8JsonReader reader, in DecodeContext context, ReadingBuffer readings)
    {
        if (!reader.Read())
        {
            return JsonFrame.Ended(skipped, ref reader);
        }

        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return DecodeResult.Rejected(RejectKind.WrongType, At(ref reader), "The payload is not an object; Tasmota sends one on tele/…/SENSOR.");
        }

        var assembler = default(ReadingAssembler);
        var (energyAt, timeAt) = (-1, -1);
        var time = reader; // read at the end: it matters only where there is a reading to date
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.EndObject)
            {
                return energyAt < 0 ? DecodeResult.PassedOver("The device sent sensors other than ENERGY.")
                    : timeAt >= 0 && ReadTime(ref time, context, ref assembler) is { IsDecoded: false } fault ? fault
                    : Finish(context, energyAt, assembler, readings);
            }

            var (isTime, isEnergy) = (reader.ValueTextEquals("Time"u8), reader.ValueTextEquals("ENERGY"u8));
            var at = At(ref reader);
            if ((isTime && timeAt >= 0) || (isEnergy && energyAt >= 0))
            {
                return ReadingAssembler.Duplicate(reader.ValueSpan, at);
            }

            if (!reader.Read())
            {
                break;
            }

            (timeAt, energyAt) = (isTime ? at : timeAt, isEnergy ? at : energyAt);
            if (isTime)
            {
                time = reader;
            }

            var result = isEnergy ? ReadEnergy(ref reader, ref assembler) : Skip(ref reader);
            if (!result.IsDecoded)
            {
                return result;
            }
        }

        return JsonFrame.Ended(skipped, ref reader);
    }

    private static DecodeResult Finish(in DecodeContext context, int at, in ReadingAssembler assembler, ReadingBuffer readings)
    {
        var made = assembler;
        var result = made.Finish(context, at, out var reading);
        if (!result.IsDecoded)
        {
            return result;
        }

        readings.Add(reading);
        return DecodeResult.Decoded(1);
    }

    private DecodeResult ReadTime(ref Utf8JsonReader reader, in DecodeContext context, ref ReadingAssembler assembler)
    {
        var at = At(ref reader);
        if (reader.TokenType != JsonTokenType.String || reader.ValueIsEscaped)
        {
            return DecodeResult.Rejected(RejectKind.WrongType, at, "Time must be text, as Tasmota sends it.");
        }

        return assembler.SetText(KeyRole.Time, reader.ValueSpan, context, at) is { IsDecoded: false } rejected
            ? DecodeResult.Rejected(rejected.Kind, at, rejected.Reason + " Tasmota sends a zone after SetOption52 1.")
            : DecodeResult.Decoded(0);
    }

    private DecodeResult ReadEnergy(ref Utf8JsonReader reader, ref ReadingAssembler assembler)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return DecodeResult.Rejected(RejectKind.WrongType, At(ref reader), "ENERGY is not an object.");
        }

        var met = 0;
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.EndObject)
            {
                return DecodeResult.Decoded(0);
            }

            var known = Known.Find(reader.ValueSpan);
            if (known >= 0 && (met & (1 << known)) != 0)
            {
                return ReadingAssembler.Duplicate(reader.ValueSpan, At(ref reader));
            }

            met |= known >= 0 ? 1 << known : 0;
            if (!reader.Read())
            {
                break;
            }

            var at = At(ref reader);
            double? value = null;
            var result = known < 0 ? Skip(ref reader) : JsonValues.ReadPhases(ref reader, Known[known].Phases, skipped, out value);
            if (result.IsDecoded && value is { } number)
            {
                result = assembler.SetQuantity(Known[known].Unit, null, number, at);
            }

            if (!result.IsDecoded)
            {
                return result;
            }
        }

        return JsonFrame.Ended(skipped, ref reader);
    }

    private DecodeResult Skip(ref Utf8JsonReader reader) => reader.TrySkip() ? DecodeResult.Decoded(0) : JsonFrame.Ended(skipped, ref reader);

    private int At(ref Utf8JsonReader reader) => skipped + (int)reader.TokenStartIndex;
}
