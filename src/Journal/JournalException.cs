// SPDX-License-Identifier: Apache-2.0
namespace Detector.Journal;

/// <summary>What can go wrong with the journal; each kind is a type of its own.</summary>
public abstract class JournalException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>Another process, or another instance in this one, holds the folder.</summary>
public sealed class JournalInUseException(string folder, Exception inner)
    : JournalException($"The journal in {folder} is open elsewhere; one process at a time may write it.", inner)
{
    /// <summary>The folder that is held.</summary>
    public string Folder { get; } = folder;
}

/// <summary>Bytes that were durable cannot be read back. Never skipped: a person decides (docs/formats/journal.md, "Damage").</summary>
public sealed class JournalDamagedException(string file, long offset, string why)
    : JournalException($"{file} is damaged at offset {offset}: {why}.")
{
    /// <summary>The file that is damaged.</summary>
    public string File { get; } = file;

    /// <summary>Byte offset of the first record, or header, that cannot be read.</summary>
    public long Offset { get; } = offset;
}

/// <summary>The disk refuses (full, read-only, failing). Nothing that was waiting may be acknowledged; the journal goes on by itself when the disk does.</summary>
public sealed class JournalUnavailableException(string message, Exception inner) : JournalException(message, inner);

/// <summary>Topic and payload together exceed <see cref="JournalOptions.MaxRecordBytes"/>, or the topic exceeds 65 535 bytes.</summary>
public sealed class RecordTooLargeException(long contentBytes, long maxBytes)
    : JournalException($"A record of {contentBytes} bytes is larger than the {maxBytes} bytes allowed.")
{
    /// <summary>Size of what was refused, in bytes.</summary>
    public long ContentBytes { get; } = contentBytes;

    /// <summary>What would have been allowed, in bytes.</summary>
    public long MaxBytes { get; } = maxBytes;
}
