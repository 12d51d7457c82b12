// SPDX-License-Identifier: Apache-2.0
using System.Globalization;

namespace Detector.Metering;

/// <summary>The topic under which the beginning of a message too large to be taken is kept: <c>$oversized/BYTES/TOPIC</c>, the bytes being those of the whole payload.</summary>
/// <remarks>No client publishes under <c>$</c>, so the mark cannot be forged by a message. It is never decoded, since a part of a message could be mistaken for a whole one.</remarks>
public static class OversizedTopic
{
    private const string Prefix = "$oversized/";
    private const int LongestTopic = 20_000; // in UTF-8 within the 65,535 bytes that a topic may have

    /// <summary>The marked topic; a very long topic is cut.</summary>
    public static string Of(string topic, long payloadBytes) =>
        string.Create(CultureInfo.InvariantCulture, $"{Prefix}{payloadBytes}/{topic.AsSpan(0, Math.Min(topic.Length, LongestTopic))}");

    /// <summary>The size of the whole payload, in bytes, where a topic is marked.</summary>
    public static bool TryRead(ReadOnlySpan<byte> topicUtf8, out long payloadBytes)
    {
        payloadBytes = 0;
        if (!topicUtf8.StartsWith("$oversized/"u8))
        {
            return false;
        }

        var rest = topicUtf8[Prefix.Length..];
        return rest.IndexOf((byte)'/') is > 0 and var end && long.TryParse(rest[..end], NumberStyles.None, CultureInfo.InvariantCulture, out payloadBytes);
    }
}
