// SPDX-License-Identifier: Apache-2.0
using System.Text.RegularExpressions;

namespace Detector.Architecture;

/// <summary>docs/metrics.md describes every metric that the code makes, by the name that Prometheus sees, and no other.</summary>
internal sealed partial class MetricTests
{
    [Test]
    public void Every_metric_is_in_the_table_and_the_table_has_no_other()
    {
        var made = Repository.Sources("src")
            .SelectMany(file => Instrument().Matches(File.ReadAllText(file)))
            .Select(m => (PrometheusName(m.Groups["name"].Value, m.Groups["kind"].Value, m.Groups["rest"].Value), KindOf(m.Groups["kind"].Value)));
        var described = Row().Matches(Repository.Text("docs", "metrics.md")).Select(m => (m.Groups["name"].Value, m.Groups["kind"].Value)).ToList();
        Assert.That(described, Is.EquivalentTo(made));
        Assert.That(described, Has.Count.GreaterThan(60));
    }

    private static string PrometheusName(string name, string kind, string rest)
    {
        var text = name.Replace('.', '_');
        var unit = Unit().Match(rest).Groups["unit"].Value switch { "s" => "_seconds", "By" => "_bytes", _ => string.Empty };
        text += text.EndsWith(unit, StringComparison.Ordinal) ? string.Empty : unit;
        return KindOf(kind) == "counter" ? text + "_total" : text;
    }

    private static string KindOf(string kind) => kind switch
    {
        "Counter" or "ObservableCounter" => "counter",
        "Histogram" => "histogram",
        _ => "gauge",
    };

    [GeneratedRegex("""Create(?<kind>Counter|Histogram|Gauge|UpDownCounter|ObservableGauge|ObservableCounter)(?:<\w+>)?\(\s*"(?<name>detector\.[\w.]+)"(?<rest>.*?)\);""", RegexOptions.Singleline)]
    private static partial Regex Instrument();

    [GeneratedRegex("""
        "(?<unit>s|By|\{\w+\})"
        """)]
    private static partial Regex Unit();

    [GeneratedRegex(@"^\| `(?<name>detector_\w+)` \| (?<kind>counter|histogram|gauge) \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
