// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using System.Net;
using System.Text.Json;

namespace Detector.Timeline.Influx;

/// <summary>Reads why a write was refused, in whole or in part.</summary>
/// <remarks>
/// 1.x: <c>{"error":"partial write: … dropped=2"}</c>; 2.x: <c>{"code":"…","message":"…"}</c>;
/// 3: <c>{"error":"partial write of line protocol occurred","data":[{"line_number":2,"error_message":"…"}]}</c>.
/// </remarks>
internal sealed class InfluxRefusal
{
    private InfluxRefusal(string why, int? dropped, IReadOnlyDictionary<int, string> lines) => (Why, Dropped, Lines) = (why, dropped, lines);

    /// <summary>The server's words.</summary>
    public string Why { get; }

    /// <summary>How many points were dropped, where it says so.</summary>
    public int? Dropped { get; }

    /// <summary>Which lines, from 0, and why, where it says so.</summary>
    public IReadOnlyDictionary<int, string> Lines { get; }

    /// <summary>Whether it concerns the points; the opposite is a fault of the configuration.</summary>
    public static bool ConcernsPoints(HttpStatusCode status) =>
        status is HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.UnprocessableEntity;

    /// <summary>Whether an error says that there is no such database: nothing was written yet.</summary>
    public static bool SaysNoDatabase(string text) => text.Contains("database not found", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads an answer's text; text that is no JSON is taken as it is.</summary>
    public static InfluxRefusal Read(string text)
    {
        var lines = new Dictionary<int, string>();
        var why = text;
        try
        {
            using var document = JsonDocument.Parse(text);
            var root = document.RootElement;
            if (root.ValueKind == JsonValueKind.Object)
            {
                why = TextOf(root, "error") ?? TextOf(root, "message") ?? text;
                ReadLines(root, lines);
            }
        }
        catch (JsonException)
        {
            // A proxy's page or plain text: its words are all there is.
        }

        return new InfluxRefusal(why, DroppedIn(why), lines);
    }

    private static void ReadLines(JsonElement root, Dictionary<int, string> lines)
    {
        if (!root.TryGetProperty("data", out var data) || data.ValueKind != JsonValueKind.Array)
        {
            return;
        }

        foreach (var line in data.EnumerateArray())
        {
            if (line.TryGetProperty("line_number", out var number) && number.TryGetInt32(out var fromOne))
            {
                lines[fromOne - 1] = TextOf(line, "error_message") ?? "refused";
            }
        }
    }

    private static string? TextOf(JsonElement holder, string name) =>
        holder.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;

    private static int? DroppedIn(string why)
    {
        const string Mark = "dropped=";
        var at = why.LastIndexOf(Mark, StringComparison.Ordinal);
        return at >= 0 && int.TryParse(why.AsSpan(at + Mark.Length).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var dropped) ? dropped : null;
    }
}
