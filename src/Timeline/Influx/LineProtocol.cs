// SPDX-License-Identifier: Apache-2.0
namespace Detector.Timeline.Influx;

/// <summary>Readings as line protocol: one measurement, one tag, fields of fixed types. docs/formats/timeline.md.</summary>
internal static class LineProtocol
{
    /// <summary>The measurement.</summary>
    public const string Measurement = "readings";

    /// <summary>One point and its line end: quantities as floats where given, everything else as integers.</summary>
    public static void Append(LineBuffer line, long microseconds, in ArrivedReading arrived)
    {
        var reading = arrived.Reading;
        line.Raw("readings,meter="u8);
        MeterTag.Append(line, reading.Meter);
        line.Raw(" position="u8);
        line.Number(arrived.Position);
        line.Raw("i,index="u8);
        line.Number(arrived.Index);
        line.Raw("i,kind="u8);
        line.Number((long)reading.Kind);
        line.Raw("i,quality="u8);
        line.Number((long)reading.Quality);
        line.Raw("i"u8);
        if (reading.Interval != TimeSpan.Zero)
        {
            line.Raw(",interval_us="u8);
            line.Number(Micros.Of(reading.Interval));
            line.Raw("i"u8);
        }

        Quantity(line, ",kw="u8, reading.PowerKilowatts);
        Quantity(line, ",register_kwh="u8, reading.RegisterKilowattHours);
        Quantity(line, ",kvar="u8, reading.ReactiveKilovars);
        Quantity(line, ",power_factor="u8, reading.PowerFactor);
        Quantity(line, ",volts="u8, reading.Volts);
        Quantity(line, ",amperes="u8, reading.Amperes);
        line.Raw(" "u8);
        line.Number(microseconds);
        line.Raw("\n"u8);
    }

    private static void Quantity(LineBuffer line, ReadOnlySpan<byte> key, double value)
    {
        if (!double.IsNaN(value))
        {
            line.Raw(key);
            line.Number(value);
        }
    }
}
