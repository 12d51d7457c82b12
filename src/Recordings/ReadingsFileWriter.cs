// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using System.IO.Compression;
using System.Text;
using Detector.Metering;
using Detector.Recordings.Csv;

namespace Detector.Recordings;

/// <summary>Columns of a written readings file, beside the time and the power.</summary>
[Flags]
public enum ReadingsColumns
{
    /// <summary><c>timestamp_utc,value_kw</c>: the meter is the file's name.</summary>
    TimeAndPower = 0,

    /// <summary><c>meter</c> first: the file may hold several meters.</summary>
    Meter = 1,

    /// <summary><c>quality</c>.</summary>
    Quality = 2,

    /// <summary><c>kvar</c>.</summary>
    Reactive = 4,

    /// <summary><c>kwh_register</c>.</summary>
    Register = 8,
}

/// <summary>Writes a CSV readings file of the contract, packed where its name ends in <c>.gz</c>; the same readings give the same bytes.</summary>
public sealed class ReadingsFileWriter : IDisposable
{
    private readonly StreamWriter _writer;
    private readonly ReadingsColumns _columns;

    private ReadingsFileWriter(StreamWriter writer, ReadingsColumns columns)
    {
        _writer = writer;
        _columns = columns;
    }

    /// <summary>Makes or replaces a file and writes its header.</summary>
    public static ReadingsFileWriter Create(string path, ReadingsColumns columns)
    {
        Stream stream = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16);
        if (path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase))
        {
            stream = new GZipStream(stream, CompressionLevel.Fastest);
        }

        var writer = new ReadingsFileWriter(new StreamWriter(stream, new UTF8Encoding(false), 1 << 16) { NewLine = "\n" }, columns);
        writer.WriteHeader();
        return writer;
    }

    /// <summary>Writes one row.</summary>
    public void Write(in Reading reading)
    {
        if (Has(ReadingsColumns.Meter))
        {
            _writer.Write(CsvFields.Quote(reading.Meter.Value));
            _writer.Write(',');
        }

        Span<char> text = stackalloc char[40];
        var format = reading.Time.UtcTicks % TimeSpan.TicksPerSecond == 0 ? "yyyy-MM-ddTHH:mm:ssZ" : "yyyy-MM-ddTHH:mm:ss.ffffffZ";
        reading.Time.UtcDateTime.TryFormat(text, out var length, format, CultureInfo.InvariantCulture);
        _writer.Write(text[..length]);
        WriteNumber(reading.PowerKilowatts);
        if (Has(ReadingsColumns.Quality))
        {
            _writer.Write(',');
            _writer.Write(QualityFlagNames.Text(reading.Quality));
        }

        if (Has(ReadingsColumns.Reactive))
        {
            WriteNumber(reading.ReactiveKilovars);
        }

        if (Has(ReadingsColumns.Register))
        {
            WriteNumber(reading.RegisterKilowattHours);
        }

        _writer.Write('\n');
    }

    /// <summary>Writes what is left and closes the file.</summary>
    public void Dispose() => _writer.Dispose();

    private void WriteHeader()
    {
        var header = (Has(ReadingsColumns.Meter) ? "meter," : string.Empty) + "timestamp_utc,value_kw"
            + (Has(ReadingsColumns.Quality) ? ",quality" : string.Empty)
            + (Has(ReadingsColumns.Reactive) ? ",kvar" : string.Empty)
            + (Has(ReadingsColumns.Register) ? ",kwh_register" : string.Empty);
        _writer.WriteLine(header);
    }

    private void WriteNumber(double value)
    {
        _writer.Write(',');
        if (!double.IsNaN(value))
        {
            Span<char> text = stackalloc char[40];
            value.TryFormat(text, out var length, default, CultureInfo.InvariantCulture);
            _writer.Write(text[..length]);
        }
    }

    private bool Has(ReadingsColumns column) => (_columns & column) != 0;
}
