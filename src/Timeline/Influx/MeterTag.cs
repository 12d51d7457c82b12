// SPDX-License-Identifier: Apache-2.0
using System.Text;
using Detector.Metering;

namespace Detector.Timeline.Influx;

/// <summary>A meter's name as the value of a tag, and back.</summary>
/// <remarks>
/// Line protocol has no escape for a backslash in a tag: one before a comma, a space or the tag's end changes the meaning of what
/// follows. So a backslash is stored as <c>%5C</c>, and to stay reversible a percent sign as <c>%25</c>. Every other name
/// is stored as it is.
/// </remarks>
internal static class MeterTag
{
    /// <summary>The value of the tag, not yet escaped for a protocol.</summary>
    public static string Of(MeterId meter) => meter.Value.AsSpan().ContainsAny('\\', '%')
        ? meter.Value.Replace("%", "%25", StringComparison.Ordinal).Replace("\\", "%5C", StringComparison.Ordinal)
        : meter.Value;

    /// <summary>The meter of a tag; false for a value that this program never writes.</summary>
    public static bool TryRead(string tag, out MeterId meter) => MeterId.TryOf(
        tag.Contains('%', StringComparison.Ordinal)
            ? tag.Replace("%5C", "\\", StringComparison.Ordinal).Replace("%25", "%", StringComparison.Ordinal)
            : tag,
        out meter);

    /// <summary>The tag as a string of InfluxQL.</summary>
    public static string Quoted(MeterId meter) => InfluxQl.Text(Of(meter));

    /// <summary>Writes the tag as line protocol wants it: comma, space and equals sign escaped.</summary>
    public static void Append(LineBuffer line, MeterId meter)
    {
        var tag = Of(meter);
        if (tag.AsSpan().IndexOfAny(',', ' ', '=') < 0)
        {
            line.Text(tag);
            return;
        }

        var escaped = new StringBuilder(tag.Length + 8);
        foreach (var c in tag)
        {
            _ = c is ',' or ' ' or '=' ? escaped.Append('\\').Append(c) : escaped.Append(c);
        }

        line.Text(escaped.ToString());
    }
}
