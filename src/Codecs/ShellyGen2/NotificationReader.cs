// SPDX-License-Identifier: Apache-2.0
using System.Text;
using System.Text.Json;
using Detector.Codecs.Json;
using Detector.Metering;

namespace Detector.Codecs.ShellyGen2;

/// <summary>Reads one notification: the method, the time, and every component that measures.</summary>
internal readonly struct NotificationReader(int skipped) : IJsonRoot<NotificationReader>
{
    private static readonly DecodeResult Fine = DecodeResult.Decoded(0);

    private enum Method : byte
    {
        None,
        Status,
        Other,
    }

    public static NotificationReader Make(int skipped) => new(skipped);

    public DecodeResult ReadRoot(ref Utf8JsonReader reader, in DecodeContext context, ReadingBuffer readings)
    {
        if (!reader.Read())
        {
            return JsonFrame.Ended(skipped, ref reader);
        }

        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return DecodeResult.Rejected(RejectKind.WrongType, At(ref reader), "The payload is not an object; Shelly sends one on …/events/rpc.");
        }

        var rows = RowTable.Take();
        var method = Method.None;
        var hasParameters = false;
        DateTimeOffset? time = null;
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.EndObject)
            {
                return Finish(context, rows, method, time, readings);
            }

            var (isMethod, isParameters) = (reader.ValueTextEquals("method"u8), reader.ValueTextEquals("params"u8));
            if ((isMethod && method != Method.None) || (isParameters && hasParameters))
            {
                return ReadingAssembler.Duplicate(reader.ValueSpan, At(ref reader));
            }

            if (!reader.Read())
            {
                break;
            }

            hasParameters |= isParameters;
            var result = isMethod ? ReadMethod(ref reader, out method) : isParameters ? ReadParameters(ref reader, context, rows, out time) : Skip(ref reader);
            if (!result.IsDecoded)
            {
                return result;
            }
        }

        return JsonFrame.Ended(skipped, ref reader);
    }

    private DecodeResult Finish(in DecodeContext context, RowTable rows, Method method, DateTimeOffset? time, ReadingBuffer readings)
    {
        if (method != Method.Status)
        {
            return method == Method.Other
                ? DecodeResult.PassedOver("The notification is not of a status.")
                : DecodeResult.Rejected(RejectKind.NoValue, skipped, "There is no method; Shelly sends NotifyStatus or NotifyFullStatus on …/events/rpc.");
        }

        for (var i = 0; i < rows.Count && time is not null; i++)
        {
            rows[i].SetTime(time.Value);
        }

        var result = rows.Finish(context, readings);
        return result is { IsDecoded: true, Count: 0 } ? DecodeResult.PassedOver("The status is of parts that do not measure.") : result;
    }

    private DecodeResult ReadMethod(ref Utf8JsonReader reader, out Method method)
    {
        method = Method.Other;
        if (reader.TokenType != JsonTokenType.String)
        {
            return DecodeResult.Rejected(RejectKind.WrongType, At(ref reader), "The method must be text.");
        }

        method = reader.ValueTextEquals("NotifyStatus"u8) || reader.ValueTextEquals("NotifyFullStatus"u8) ? Method.Status : Method.Other;
        return Fine;
    }

    private DecodeResult ReadParameters(ref Utf8JsonReader reader, in DecodeContext context, RowTable rows, out DateTimeOffset? time)
    {
        time = null;
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return DecodeResult.Rejected(RejectKind.WrongType, At(ref reader), "The params are not an object.");
        }

        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.EndObject)
            {
                return Fine;
            }

            var isTime = reader.ValueTextEquals("ts"u8);
            var component = Component.Of(reader.ValueSpan, out var id);
            var at = At(ref reader);
            if (!reader.Read())
            {
                break;
            }

            var result = isTime ? ReadTime(ref reader, context, ref time)
                : component is null || reader.TokenType == JsonTokenType.Null ? Skip(ref reader)
                : ReadComponent(ref reader, component, id, at, context, rows);
            if (!result.IsDecoded)
            {
                return result;
            }
        }

        return JsonFrame.Ended(skipped, ref reader);
    }

    private DecodeResult ReadTime(ref Utf8JsonReader reader, in DecodeContext context, ref DateTimeOffset? time)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return Fine; // the clock of the device is not set yet
        }

        var at = At(ref reader);
        if (reader.TokenType != JsonTokenType.Number || time is not null)
        {
            return DecodeResult.Rejected(RejectKind.WrongType, at, "ts must be one Unix time.");
        }

        var result = context.Mapping.Times.ReadNumber(reader.ValueSpan, at, out var moment);
        time = moment;
        return result;
    }

    private DecodeResult ReadComponent(ref Utf8JsonReader reader, Component component, int id, int at, in DecodeContext context, RowTable rows)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return DecodeResult.Rejected(RejectKind.WrongType, At(ref reader), "The status of a component is not an object.");
        }

        if (!rows.TryFind(default, id, at, out var number))
        {
            return RowTable.TooMany(at);
        }

        var named = NameMeter(context, id, at, ref rows[number]);
        return named.IsDecoded ? new ComponentReader(skipped).Read(ref reader, component, ref rows[number]) : named;
    }

    // The first channel is the device; the others are meters of their own beside it.
    private static DecodeResult NameMeter(in DecodeContext context, int id, int at, ref ReadingAssembler row)
    {
        if (id == 0 || context.Meter.IsEmpty)
        {
            return Fine;
        }

        Span<byte> name = stackalloc byte[(MeterId.MaxLength * 3) + 12];
        var length = Encoding.UTF8.GetBytes(context.Meter.Value, name);
        name[length++] = (byte)':';
        System.Buffers.Text.Utf8Formatter.TryFormat(id, name[length..], out var digits);
        return row.SetMeter(name[..(length + digits)], context.Names, at);
    }

    private DecodeResult Skip(ref Utf8JsonReader reader) => reader.TrySkip() ? Fine : JsonFrame.Ended(skipped, ref reader);

    private int At(ref Utf8JsonReader reader) => skipped + (int)reader.TokenStartIndex;
}
