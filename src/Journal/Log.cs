// SPDX-License-Identifier: Apache-2.0
using Microsoft.Extensions.Logging;

namespace Detector.Journal;

/// <summary>Log lines of the journal, events 1000 to 1099.</summary>
internal static partial class Log
{
    [LoggerMessage(EventId = 1001, Level = LogLevel.Information, Message = "Journal {Folder} open: records {First} to {Last}, {Bytes} bytes, {Cursors} cursors")]
    public static partial void Opened(ILogger logger, string folder, long first, long last, long bytes, int cursors);

    [LoggerMessage(EventId = 1002, Level = LogLevel.Warning, Message = "Torn tail of {File} cut at offset {Offset}: {Bytes} bytes never acknowledged; the last record is {Last}")]
    public static partial void TailCut(ILogger logger, string file, long offset, long bytes, long last);

    [LoggerMessage(EventId = 1003, Level = LogLevel.Error, Message = "{File} is damaged at offset {Offset}: records {First} to {Last} cannot be read, but every cursor has passed them; going on after them")]
    public static partial void DamageBehindCursors(ILogger logger, string file, long offset, long first, long last);

    [LoggerMessage(EventId = 1004, Level = LogLevel.Debug, Message = "Segment with records {First} to {Last} released")]
    public static partial void Released(ILogger logger, long first, long last);

    [LoggerMessage(EventId = 1005, Level = LogLevel.Warning, Message = "Segment {File} could not be deleted (temporary): it is tried again when a cursor moves")]
    public static partial void NotReleased(ILogger logger, Exception fault, string file);

    [LoggerMessage(EventId = 1006, Level = LogLevel.Error, Message = "The disk refuses the journal (temporary): nothing is acknowledged until it does not; {Records} records wait")]
    public static partial void Refused(ILogger logger, Exception fault, int records);

    [LoggerMessage(EventId = 1007, Level = LogLevel.Information, Message = "The disk takes the journal again after {Attempts} refusals")]
    public static partial void Resumed(ILogger logger, int attempts);

    [LoggerMessage(EventId = 1008, Level = LogLevel.Warning, Message = "The journal is full ({Bytes} of {MaxBytes} bytes): arrivals wait until cursors move on")]
    public static partial void Full(ILogger logger, long bytes, long maxBytes);

    [LoggerMessage(EventId = 1009, Level = LogLevel.Error, Message = "Closed with {Records} records the disk refused; none of them was acknowledged")]
    public static partial void ClosedUnflushed(ILogger logger, long records);

    [LoggerMessage(EventId = 1010, Level = LogLevel.Critical, Message = "The journal stops (final): a fault of its own, not of the disk")]
    public static partial void Stopped(ILogger logger, Exception fault);
}
