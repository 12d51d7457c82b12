// SPDX-License-Identifier: Apache-2.0
using System.ComponentModel.DataAnnotations;

namespace Detector.Journal;

/// <summary>Where the journal lives and how much it may hold; section <c>Journal</c>.</summary>
public sealed class JournalOptions : IValidatableObject
{
    /// <summary>Folder of segments and cursors; made where absent. One process at a time may open it.</summary>
    [Required]
    public string Folder { get; set; } = string.Empty;

    /// <summary>Size at which a new segment is begun, in bytes (64 KiB to 256 MiB, default 64 MiB). Space is released in whole segments.</summary>
    [Range(1 << 16, 1 << 28)]
    public int SegmentBytes { get; set; } = 64 << 20;

    /// <summary>Bound over all segments, in bytes (256 KiB to 16 TiB, default 8 GiB). When it is reached, appends wait until cursors release space.</summary>
    [Range(1L << 18, 1L << 44)]
    public long MaxBytes { get; set; } = 8L << 30;

    /// <summary>Bytes gathered while the flush before them is under way (64 KiB to 256 MiB, default 16 MiB); two such buffers exist.</summary>
    [Range(1 << 16, 1 << 28)]
    public int BufferBytes { get; set; } = 16 << 20;

    /// <summary>Largest topic and payload together, in bytes (1 KiB to 64 MiB, default 4 MiB). What is larger is refused.</summary>
    [Range(1 << 10, RecordFormat.LargestContentBytes)]
    public int MaxRecordBytes { get; set; } = 4 << 20;

    /// <summary>First pause after the disk refused a write, in milliseconds (1 to 60 000, default 100); doubled at each further refusal.</summary>
    [Range(1, 60_000)]
    public int RetryFromMilliseconds { get; set; } = 100;

    /// <summary>Longest pause between attempts while the disk refuses, in milliseconds (1 to 600 000, default 5 000).</summary>
    [Range(1, 600_000)]
    public int RetryUpToMilliseconds { get; set; } = 5_000;

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (BufferBytes < (long)MaxRecordBytes + RecordFormat.HeaderBytes)
        {
            yield return new ValidationResult(
                $"it must hold one record: at least MaxRecordBytes + {RecordFormat.HeaderBytes} = {(long)MaxRecordBytes + RecordFormat.HeaderBytes}", [nameof(BufferBytes)]);
        }

        var least = 2L * ((long)SegmentBytes + BufferBytes);
        if (MaxBytes < least)
        {
            yield return new ValidationResult($"it must be at least 2 × (SegmentBytes + BufferBytes) = {least}", [nameof(MaxBytes)]);
        }

        if (RetryUpToMilliseconds < RetryFromMilliseconds)
        {
            yield return new ValidationResult($"it must be at least RetryFromMilliseconds = {RetryFromMilliseconds}", [nameof(RetryUpToMilliseconds)]);
        }
    }
}
