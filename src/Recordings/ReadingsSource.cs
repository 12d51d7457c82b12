// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Recordings;

/// <summary>Readings files of the contract: one file, or a folder searched through.</summary>
/// <remarks>
/// A file is <c>.csv</c>, <c>.csv.gz</c> or <c>.parquet</c>. In a folder, files that hold no readings are passed over and listed in
/// <see cref="Skipped"/>; naming such a file itself is an error. A bad row is an error, never passed over.
/// </remarks>
public sealed class ReadingsSource
{
    private readonly List<ReadingsFile> _files;
    private readonly MeterNames _names = new();

    private ReadingsSource(List<ReadingsFile> files, List<SkippedFile> skipped)
    {
        _files = files;
        Skipped = skipped;
        Files = [.. files.Select(f => f.Path)];
    }

    /// <summary>The readings files found, by path in ordinal order.</summary>
    public IReadOnlyList<string> Files { get; }

    /// <summary>The files of the folder that hold no readings.</summary>
    public IReadOnlyList<SkippedFile> Skipped { get; }

    /// <summary>Looks at a file or at every file of a folder; reads headers only.</summary>
    /// <exception cref="ReadingsFileException">Nothing is there, or a named file holds no readings.</exception>
    public static ReadingsSource Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (File.Exists(path))
        {
            return new ReadingsSource([OpenNamed(path)], []);
        }

        if (!Directory.Exists(path))
        {
            throw new ReadingsFileException(path, 0, "there is no such file or folder.");
        }

        var files = new List<ReadingsFile>();
        var skipped = new List<SkippedFile>();
        foreach (var file in Directory.EnumerateFiles(path, "*", new EnumerationOptions { RecurseSubdirectories = true }).Order(StringComparer.Ordinal))
        {
            var why = "its name does not end in .csv, .csv.gz or .parquet";
            if (ReadingsFile.IsNamedSo(file) && ReadingsFile.TryLook(file, out why) is { } found)
            {
                files.Add(found);
            }
            else
            {
                skipped.Add(new SkippedFile(file, why));
            }
        }

        return files.Count > 0
            ? new ReadingsSource(files, skipped)
            : throw new ReadingsFileException(path, 0, $"the folder holds no readings file; the header must be {ReadingsHeader.Expected}.");
    }

    /// <summary>Every reading in file order, one in memory at a time: for a bulk load.</summary>
    /// <exception cref="ReadingsFileException">A row cannot be read.</exception>
    public IEnumerable<Reading> Readings()
    {
        foreach (var file in _files)
        {
            using var rows = file.Open(_names);
            while (rows.Read(out var reading))
            {
                yield return reading;
            }
        }
    }

    /// <summary>One recording a meter, by meter in ordinal order; repeats stay, in file order.</summary>
    /// <remarks>Files of one meter are read when their meter's turn comes; files of several meters are read first and kept whole.</remarks>
    /// <exception cref="ReadingsFileException">A row cannot be read.</exception>
    public IEnumerable<MeterRecording> Recordings()
    {
        var mixed = LoadMixed();
        var single = _files.Where(f => !f.HasMeterColumn).ToLookup(f => f.Meter);
        var meters = mixed.Keys.Concat(single.Select(g => g.Key)).Distinct().OrderBy(m => m.Value, StringComparer.Ordinal);
        foreach (var meter in meters.ToList())
        {
            // Taken out of the dictionary, so that a caller who goes on lets the memory go.
            if (!mixed.Remove(meter, out var recording))
            {
                recording = new MeterRecording(meter);
            }

            foreach (var file in single[meter])
            {
                using var rows = file.Open(_names);
                while (rows.Read(out var reading))
                {
                    recording.Add(reading);
                }
            }

            yield return recording;
        }
    }

    private static ReadingsFile OpenNamed(string path)
    {
        if (!ReadingsFile.IsNamedSo(path))
        {
            throw new ReadingsFileException(path, 0, "a readings file's name ends in .csv, .csv.gz or .parquet.");
        }

        return ReadingsFile.TryLook(path, out var why) ?? throw new ReadingsFileException(path, 1, $"{why}.");
    }

    private Dictionary<MeterId, MeterRecording> LoadMixed()
    {
        var mixed = new Dictionary<MeterId, MeterRecording>();
        foreach (var file in _files.Where(f => f.HasMeterColumn))
        {
            using var rows = file.Open(_names);
            MeterRecording? last = null;
            while (rows.Read(out var reading))
            {
                if (last is null || last.Meter != reading.Meter)
                {
                    if (!mixed.TryGetValue(reading.Meter, out last))
                    {
                        last = new MeterRecording(reading.Meter);
                        mixed.Add(reading.Meter, last);
                    }
                }

                last.Add(reading);
            }
        }

        return mixed;
    }
}
