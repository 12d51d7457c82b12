// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Detector.Metering;
using Detector.Testing;

namespace Detector.Cases.Tests.Measures;

/// <summary>The examples of docs/measures.md, as the tests read them.</summary>
internal static partial class WorkedExamples
{
    public static readonly MeterId Meter = MeterId.Of("m-1");

    public static readonly MeterInstallation Installed = new(Meter, TimeRange.All);

    public static IReadOnlyList<JsonObject> Of(string kind) =>
        [.. Blocks().Matches(Text()).Select(m => JsonNode.Parse(m.Groups[1].Value)!.AsObject()).Where(o => o["example"]!.GetValue<string>() == kind)];

    public static string Text() => File.ReadAllText(Path.Combine(Requires.Repository(), "docs", "measures.md"));

    public static DateTimeOffset Time(JsonNode? node) => DateTimeOffset.Parse(node!.GetValue<string>(), CultureInfo.InvariantCulture).ToUniversalTime();

    /// <summary>Quarter-hourly means of the example's load, with its corrections.</summary>
    public static List<Reading> Readings(JsonObject example)
    {
        var corrected = (example["corrected"]?.AsArray() ?? []).ToDictionary(c => Time(c!["at"]), c => c!["kw"]!.GetValue<double>());
        var readings = new List<Reading>();
        foreach (var stretch in example["load"]!.AsArray())
        {
            for (var at = Time(stretch!["from"]); at < Time(stretch["to"]); at += TimeSpan.FromMinutes(15))
            {
                var power = corrected.TryGetValue(at, out var mended) ? mended : stretch["kw"]!.GetValue<double>();
                readings.Add(new Reading(Meter, at) { Kind = ReadingKind.IntervalMean, Interval = TimeSpan.FromMinutes(15), PowerKilowatts = power });
            }
        }

        return readings;
    }

    public static async IAsyncEnumerable<Reading> ReadAsync(IEnumerable<Reading> readings, TimeRange range)
    {
        await Task.Yield();
        foreach (var reading in readings.Where(r => range.Contains(r.Time)))
        {
            yield return reading;
        }
    }

    [GeneratedRegex("```json\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Blocks();
}
