// SPDX-License-Identifier: Apache-2.0
namespace Detector.Recordings;

/// <summary>A readings file that cannot be read as one: names the file, the line, what is wrong and what would mend it.</summary>
public sealed class ReadingsFileException : Exception
{
    /// <summary>A fault of a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="line">Line (row, in Parquet) from 1; 0 where the fault is the file's as a whole.</param>
    /// <param name="what">What is wrong and what would mend it.</param>
    /// <param name="inner">What caused it.</param>
    public ReadingsFileException(string file, long line, string what, Exception? inner = null)
        : base(line > 0 ? $"{file}, line {line}: {what}" : $"{file}: {what}", inner)
    {
        File = file;
        Line = line;
        What = what;
    }

    /// <summary>The file.</summary>
    public string File { get; }

    /// <summary>Line from 1; 0 where the fault is the file's as a whole.</summary>
    public long Line { get; }

    /// <summary>What is wrong and what would mend it, without the place.</summary>
    public string What { get; }
}

/// <summary>A file of a scanned folder that holds no readings, and why it was taken for one that does not.</summary>
public sealed record SkippedFile(string Path, string Why);
