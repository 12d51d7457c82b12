// SPDX-License-Identifier: Apache-2.0
using Microsoft.Extensions.Logging;

namespace Detector.Pipeline;

/// <summary>Every log line of this project; ids 1700 to 1799. One line a batch, never one a record.</summary>
internal static partial class Log
{
    [LoggerMessage(EventId = 1701, Level = LogLevel.Warning, Message = "Dead letters: {Count} in this batch, first on {Topic} at journal position {Position}: {Why}")]
    public static partial void DeadLettered(ILogger logger, int count, string topic, long position, string why);

    [LoggerMessage(EventId = 1702, Level = LogLevel.Warning, Message = "Quarantined: {Count} readings in this batch, first of meter {Meter} at journal position {Position}: {Why}")]
    public static partial void Quarantined(ILogger logger, int count, string meter, long position, string why);

    [LoggerMessage(EventId = 1703, Level = LogLevel.Warning, Message = "Temporary: timeline {Kind} does not answer; next attempt in {Seconds} s. Nothing is lost, readings wait in the journal. {Why}")]
    public static partial void TimelineAway(ILogger logger, string kind, double seconds, string why);

    [LoggerMessage(EventId = 1704, Level = LogLevel.Information, Message = "Timeline {Kind} answers again")]
    public static partial void TimelineBack(ILogger logger, string kind);

    [LoggerMessage(EventId = 1705, Level = LogLevel.Information, Message = "Dead letters replayed: {Replayed} decoded, {StillDead} still dead, {Readings} readings")]
    public static partial void Replayed(ILogger logger, int replayed, int stillDead, int readings);

    [LoggerMessage(EventId = 1712, Level = LogLevel.Information, Message = "Quarantine judged again: {Released} readings let go, {StillHeld} still held back")]
    public static partial void Released(ILogger logger, int released, int stillHeld);

    [LoggerMessage(EventId = 1706, Level = LogLevel.Error, Message = "Meter {Meter} could not be judged; it is tried again with its next readings")]
    public static partial void NotJudged(ILogger logger, Exception why, string meter);

    [LoggerMessage(EventId = 1707, Level = LogLevel.Critical, Message = "Final: {Part} stopped")]
    public static partial void Stopped(ILogger logger, Exception why, string part);

    [LoggerMessage(EventId = 1708, Level = LogLevel.Information, Message = "Live state rebuilt: {Meters} meters")]
    public static partial void Rebuilt(ILogger logger, int meters);

    [LoggerMessage(EventId = 1751, Level = LogLevel.Error, Message = "Temporary: a store refused the part '{Part}'; it begins anew in {Seconds} s. {Why}")]
    public static partial void PartRefused(ILogger logger, string part, double seconds, string why);

    [LoggerMessage(EventId = 1709, Level = LogLevel.Error, Message = "The disk refuses the relay's book (temporary); next attempt in {Seconds} s. Nothing is lost, readings wait in the journal. {Why}")]
    public static partial void BookRefused(ILogger logger, double seconds, string why);

    [LoggerMessage(EventId = 1710, Level = LogLevel.Warning, Message = "The journal keeps what is settled until its cursor can be written (temporary): {Why}")]
    public static partial void CursorRefused(ILogger logger, string why);

    [LoggerMessage(EventId = 1711, Level = LogLevel.Error, Message = "What was judged could not be kept (temporary); it is judged again in {Seconds} s. {Why}")]
    public static partial void CasesRefused(ILogger logger, double seconds, string why);

    [LoggerMessage(EventId = 1712, Level = LogLevel.Warning, Message = "Counts of drift cannot be read; they begin anew, and what was there lies in {File}")]
    public static partial void DriftUnreadable(ILogger logger, string file);

    [LoggerMessage(EventId = 1713, Level = LogLevel.Warning, Message = "Counts of drift cannot be written now (temporary). {Why}")]
    public static partial void DriftRefused(ILogger logger, string why);

    [LoggerMessage(EventId = 1720, Level = LogLevel.Information, Message = "Burst asked of meter {Meter}: {Seconds} s at {Hertz} Hz, verdict {Verdict}, by {By}")]
    public static partial void BurstAsked(ILogger logger, string meter, int seconds, double hertz, string verdict, string by);

    [LoggerMessage(EventId = 1721, Level = LogLevel.Warning, Message = "Burst could not be asked of meter {Meter}, by {By}; a verdict asks again when the meter has been left alone long enough. {Why}")]
    public static partial void BurstNotAsked(ILogger logger, string meter, string by, string why);

    [LoggerMessage(EventId = 1730, Level = LogLevel.Information, Message = "Retention: {Readings} readings of {Meters} meters expired, {Bursts} of bursts, {Hours} hours, {Days} days; {PutOff} meters put off, {Held} held by open cases")]
    public static partial void Swept(ILogger logger, long readings, int meters, long bursts, long hours, long days, int putOff, int held);

    [LoggerMessage(EventId = 1731, Level = LogLevel.Warning, Message = "Temporary: nothing expires now, because open cases could not be asked for; next attempt in {Seconds} s. {Why}")]
    public static partial void HoldsUnknown(ILogger logger, double seconds, string why);

    [LoggerMessage(EventId = 1740, Level = LogLevel.Information, Message = "Register in force: {Meters} meters in {Rows} rows, by {By}, SHA-256 {Sha256}")]
    public static partial void RegisterTaken(ILogger logger, int meters, int rows, string by, string sha256);

    [LoggerMessage(EventId = 1741, Level = LogLevel.Error, Message = "The register's file was changed and cannot be read; the register before holds on until it is mended. {Why}")]
    public static partial void RegisterRefused(ILogger logger, string why);

    [LoggerMessage(EventId = 1750, Level = LogLevel.Information, Message = "{By} brought in {Hours} hours of outdoor temperature of {Regions} regions")]
    public static partial void WeatherTaken(ILogger logger, string by, int hours, int regions);
}
