// SPDX-License-Identifier: Apache-2.0
using Microsoft.Extensions.Logging;

namespace Detector.Timeline;

/// <summary>Log messages of the timelines: 1300 to 1399.</summary>
internal static partial class Log
{
    [LoggerMessage(EventId = 1301, Level = LogLevel.Information, Message = "Timeline {File} opened: {Meters} meters, format {Version}")]
    public static partial void DuckDbOpened(ILogger logger, string file, int meters, int version);

    [LoggerMessage(EventId = 1302, Level = LogLevel.Information, Message = "Timeline {File} migrated from format {From} to {To}")]
    public static partial void DuckDbMigrated(ILogger logger, string file, int from, int to);

    [LoggerMessage(EventId = 1303, Level = LogLevel.Warning, Message = "Temporary: timeline {File} failed; it is opened anew with the next write")]
    public static partial void DuckDbFailed(ILogger logger, string file, Exception fault);

    [LoggerMessage(EventId = 1310, Level = LogLevel.Information, Message = "Database {Database} created at {Url}")]
    public static partial void InfluxDatabaseCreated(ILogger logger, string database, string url);

    [LoggerMessage(EventId = 1311, Level = LogLevel.Warning, Message = "Temporary: {Url} failed ({Why}); attempt {Attempt} follows in {PauseMilliseconds} ms")]
    public static partial void InfluxRetry(ILogger logger, string url, string why, int attempt, double pauseMilliseconds);

    [LoggerMessage(EventId = 1312, Level = LogLevel.Warning, Message = "Temporary: circuit of the {Operation} to {Url} opened for {Seconds} s")]
    public static partial void InfluxCircuitOpened(ILogger logger, string operation, string url, double seconds);

    [LoggerMessage(EventId = 1313, Level = LogLevel.Information, Message = "Circuit of the {Operation} to {Url} closed")]
    public static partial void InfluxCircuitClosed(ILogger logger, string operation, string url);

    [LoggerMessage(EventId = 1314, Level = LogLevel.Information, Message = "Circuit of the {Operation} to {Url} lets one call try")]
    public static partial void InfluxCircuitTries(ILogger logger, string operation, string url);

    [LoggerMessage(EventId = 1320, Level = LogLevel.Warning, Message = "Permanent: {Kind} refused {Count} readings of {Total}; the first, of meter {Meter}: {Why}")]
    public static partial void Refused(ILogger logger, string kind, int count, int total, string meter, string why);
}
