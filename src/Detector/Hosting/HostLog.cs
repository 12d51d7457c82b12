// SPDX-License-Identifier: Apache-2.0
namespace Detector.Host.Hosting;

/// <summary>What the host itself logs; ids 1900 to 1999.</summary>
internal static partial class HostLog
{
    [LoggerMessage(EventId = 1901, Level = LogLevel.Information, Message = "Asked a source: {Topic}")]
    public static partial void SourceAsked(ILogger logger, string topic);

    [LoggerMessage(EventId = 1902, Level = LogLevel.Warning, Message = "A source could not be asked on {Topic}: {Why} (temporary: it is asked again when it is heard again)")]
    public static partial void SourceNotAsked(ILogger logger, string topic, string why);
}
