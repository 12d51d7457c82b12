// SPDX-License-Identifier: Apache-2.0
using System.Buffers;
using System.Globalization;
using System.Text;
using Detector.Metering;

namespace Detector.Codecs.LineProtocol;

/// <summary>Writes readings as lines that <see cref="LineProtocolCodec"/> reads back to the same readings.</summary>
internal static class LineEncoding
{
    public static void Write(ReadOnlySpan<Reading> readings, IBufferWriter<byte> payload)
    {
        EncodingRules.Check(readings);
        var text = new StringBuilder(readings.Length * 64);
        foreach (ref readonly var reading in readings)
        {
            WriteOne(text, reading);
        }

        foreach (var chunk in text.GetChunks())
        {
            Encoding.UTF8.GetBytes(chunk.Span, payload);
        }
    }

    private static void WriteOne(StringBuilder line, in Reading reading)
    {
        line.Append("power,meter=");
        foreach (var c in reading.Meter.Value)
        {
            line.Append(c is ',' or '=' or ' ' or '\\' ? "\\" : string.Empty).Append(c);
        }

        var separator = ' ';
        Number(line, "kw", reading.PowerKilowatts, ref separator);
        Number(line, "kwh", reading.RegisterKilowattHours, ref separator);
        Number(line, "kvar", reading.ReactiveKilovars, ref separator);
        Number(line, "pf", reading.PowerFactor, ref separator);
        Number(line, "v", reading.Volts, ref separator);
        Number(line, "a", reading.Amperes, ref separator);
        if (EncodingRules.NeedsKind(reading))
        {
            line.Append(separator).Append("kind=\"").Append(PayloadMapping.NameOf(reading.Kind)).Append('"');
            separator = ',';
        }

        if (reading.Interval > TimeSpan.Zero)
        {
            Number(line, "interval_s", reading.Interval.Ticks / (double)TimeSpan.TicksPerSecond, ref separator);
        }

        if (reading.Quality != QualityFlags.None)
        {
            line.Append(separator).Append("q=\"").Append(QualityFlagNames.Text(reading.Quality)).Append('"');
        }

        line.Append(' ').Append(Instants.ToUnixMicroseconds(reading.Time).ToString(CultureInfo.InvariantCulture)).Append("000\n");
    }

    private static void Number(StringBuilder line, string key, double value, ref char separator)
    {
        if (!double.IsNaN(value))
        {
            line.Append(separator).Append(key).Append('=').Append(value.ToString("R", CultureInfo.InvariantCulture));
            separator = ',';
        }
    }
}
