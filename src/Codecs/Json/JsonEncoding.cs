// SPDX-License-Identifier: Apache-2.0
using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Detector.Metering;

namespace Detector.Codecs.Json;

/// <summary>Writes readings as the JSON that <see cref="JsonCodec"/> reads back to the same readings.</summary>
internal static class JsonEncoding
{
    public static void Write(ReadOnlySpan<Reading> readings, IBufferWriter<byte> payload)
    {
        EncodingRules.Check(readings);
        using var writer = new Utf8JsonWriter(payload);
        if (readings.Length == 1)
        {
            WriteOne(writer, readings[0]);
            return;
        }

        writer.WriteStartArray();
        foreach (ref readonly var reading in readings)
        {
            WriteOne(writer, reading);
        }

        writer.WriteEndArray();
    }

    private static void WriteOne(Utf8JsonWriter writer, in Reading reading)
    {
        Span<char> time = stackalloc char[32];
        var format = reading.Time.UtcTicks % TimeSpan.TicksPerSecond == 0 ? "yyyy-MM-ddTHH:mm:ssZ" : "yyyy-MM-ddTHH:mm:ss.ffffffZ";
        reading.Time.UtcDateTime.TryFormat(time, out var length, format, CultureInfo.InvariantCulture);
        writer.WriteStartObject();
        writer.WriteString("ts", time[..length]);
        Number(writer, "kw", reading.PowerKilowatts);
        Number(writer, "kwh", reading.RegisterKilowattHours);
        Number(writer, "kvar", reading.ReactiveKilovars);
        Number(writer, "pf", reading.PowerFactor);
        Number(writer, "v", reading.Volts);
        Number(writer, "a", reading.Amperes);
        if (EncodingRules.NeedsKind(reading))
        {
            writer.WriteString("kind", PayloadMapping.NameOf(reading.Kind));
        }

        if (reading.Interval > TimeSpan.Zero)
        {
            writer.WriteNumber("interval_s", (decimal)reading.Interval.Ticks / TimeSpan.TicksPerSecond);
        }

        if (reading.Quality != QualityFlags.None)
        {
            writer.WriteString("q", QualityFlagNames.Text(reading.Quality));
        }

        writer.WriteEndObject();
    }

    private static void Number(Utf8JsonWriter writer, string key, double value)
    {
        if (!double.IsNaN(value))
        {
            writer.WriteNumber(key, value);
        }
    }
}
