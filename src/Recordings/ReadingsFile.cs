// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;
using Detector.Recordings.Csv;
using Detector.Recordings.Parquet;

namespace Detector.Recordings;

/// <summary>One readings file: its format by its name, its meter where its header names none.</summary>
internal sealed record ReadingsFile(string Path, bool IsParquet, bool HasMeterColumn, MeterId Meter)
{
    private static readonly string[] Extensions = [".csv", ".csv.gz", ".parquet"];

    /// <summary>Whether the name is one of a readings file.</summary>
    public static bool IsNamedSo(string path) => Extensions.Any(e => path.EndsWith(e, StringComparison.OrdinalIgnoreCase));

    /// <summary>Looks at the header; null, with the reason, where the file holds no readings.</summary>
    /// <exception cref="ReadingsFileException">It cannot be read, or its name is no meter's although it must be.</exception>
    public static ReadingsFile? TryLook(string path, out string why)
    {
        why = $"the header is not {ReadingsHeader.Expected}";
        var isParquet = path.EndsWith(".parquet", StringComparison.OrdinalIgnoreCase);
        var header = Guard(path, () => isParquet ? ParquetReadings.HeaderOf(path) : CsvReadings.HeaderOf(path));
        if (header is null)
        {
            return null;
        }

        if (header.Meter >= 0)
        {
            return new ReadingsFile(path, isParquet, true, default);
        }

        var name = NameOf(path);
        return MeterId.TryOf(name, out var meter)
            ? new ReadingsFile(path, isParquet, false, meter)
            : throw new ReadingsFileException(path, 0, $"the file's name must name its meter, but '{name}' is no meter name: {MeterId.Fault(name)}. Rename it or add a column meter.");
    }

    /// <summary>Opens the rows.</summary>
    public IReadingRows Open(MeterNames names) => Guard<IReadingRows>(Path, () => IsParquet ? new ParquetReadings(Path, Meter) : new CsvReadings(Path, Meter, names));

    /// <summary>The file as bytes, unpacked where its name ends in .gz.</summary>
    public static Stream OpenBytes(string path)
    {
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);
        return path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GzipMembers(file) : file;
    }

    private static string NameOf(string path)
    {
        var name = System.IO.Path.GetFileName(path);
        var extension = Extensions.Where(e => name.EndsWith(e, StringComparison.OrdinalIgnoreCase)).MaxBy(e => e.Length) ?? string.Empty;
        return name[..^extension.Length];
    }

    private static T Guard<T>(string path, Func<T> open)
    {
        try
        {
            return open();
        }
        catch (Exception fault) when (fault is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            throw new ReadingsFileException(path, 0, $"it cannot be read: {fault.Message}", fault);
        }
    }
}
