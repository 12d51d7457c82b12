// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;
using DuckDB.NET.Data;

namespace Detector.Timeline.DuckDb;

/// <summary>One reading as a row: quantities that were not given, and an unknown interval, are NULL.</summary>
/// <remarks>One is used for all rows of a batch, and one row of the appender, so that a reading costs no object of its own.</remarks>
internal sealed class DuckDbRow
{
    private int _meter;
    private long _microseconds;
    private ArrivedReading _arrived;

    /// <summary>Appends a reading; the columns of <see cref="DuckDbSchema"/> in order.</summary>
    public void Append(DuckDBAppender appender, int meter, long microseconds, in ArrivedReading arrived)
    {
        (_meter, _microseconds, _arrived) = (meter, microseconds, arrived);
        appender.AppendRow(this, static (row, filled) => filled.Fill(row));
    }

    private void Fill(IDuckDBAppenderRow row)
    {
        ref readonly var arrived = ref _arrived;
        var reading = arrived.Reading;
        row.AppendValue((int?)_meter);
        row.AppendValue((DateTime?)DateTime.UnixEpoch.AddTicks(_microseconds * TimeSpan.TicksPerMicrosecond));
        Quantity(row, reading.PowerKilowatts);
        Quantity(row, reading.RegisterKilowattHours);
        Quantity(row, reading.ReactiveKilovars);
        Quantity(row, reading.PowerFactor);
        Quantity(row, reading.Volts);
        Quantity(row, reading.Amperes);
        row.AppendValue((byte?)reading.Kind);
        row.AppendValue(reading.Interval == TimeSpan.Zero ? null : Micros.Of(reading.Interval));
        row.AppendValue((int?)reading.Quality);
        row.AppendValue((long?)arrived.Position);
        row.AppendValue((int?)arrived.Index);
    }

    /// <summary>Reads a row whose columns from <paramref name="first"/> on are <see cref="DuckDbSchema.ReadingColumns"/>.</summary>
    public static ArrivedReading Read(DuckDBDataReader row, MeterId meter, int first)
    {
        var reading = new Reading(meter, Micros.ToMoment(row.GetInt64(first)))
        {
            PowerKilowatts = Quantity(row, first + 1),
            RegisterKilowattHours = Quantity(row, first + 2),
            ReactiveKilovars = Quantity(row, first + 3),
            PowerFactor = Quantity(row, first + 4),
            Volts = Quantity(row, first + 5),
            Amperes = Quantity(row, first + 6),
            Kind = (ReadingKind)row.GetByte(first + 7),
            Interval = row.IsDBNull(first + 8) ? TimeSpan.Zero : Micros.ToSpan(row.GetInt64(first + 8)),
            Quality = (QualityFlags)row.GetInt32(first + 9),
        };
        return new ArrivedReading(reading, row.GetInt64(first + 10), row.GetInt32(first + 11));
    }

    private static void Quantity(IDuckDBAppenderRow row, double value)
    {
        if (double.IsNaN(value))
        {
            row.AppendNullValue();
        }
        else
        {
            row.AppendValue((double?)value);
        }
    }

    private static double Quantity(DuckDBDataReader row, int column) => row.IsDBNull(column) ? double.NaN : row.GetDouble(column);
}
