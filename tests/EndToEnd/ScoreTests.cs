// SPDX-License-Identifier: Apache-2.0
using System.Text.Json;
using Detector.Testing;

namespace Detector.EndToEnd;

/// <summary><c>simulate</c> and <c>score</c> as a user runs them.</summary>
internal sealed class ScoreTests
{
    private static readonly string[] FindingKeys =
    [
        "meter", "site", "verdict", "probability", "p_value", "share", "onset", "window", "cadence_seconds", "coverage", "quality", "reasons", "missing", "model",
    ];

    /// <summary>What the contract was extended by: present where there is something to say.</summary>
    private static readonly string[] FurtherKeys = ["log_odds", "standing", "nearest", "declared"];

    private readonly TemporaryFolder _fleet = new();
    private string _first = string.Empty;
    private string _second = string.Empty;

    [OneTimeSetUp]
    public async Task Score_a_simulated_fleet_twice()
    {
        var made = await DetectorProcess.RunAsync(["simulate", "--out", _fleet.Path, "--sites", "64", "--days", "98", "--seed", "85"]);
        Assert.That(made.Code, Is.Zero, made.Error);
        _first = await ScoreAsync();
        _second = await ScoreAsync();
    }

    [OneTimeTearDown]
    public void Remove() => _fleet.Dispose();

    [Test]
    public void The_same_input_gives_the_same_bytes() => Assert.That(_second, Is.EqualTo(_first));

    [Test]
    public void Every_meter_has_a_finding_in_the_contracts_shape()
    {
        using var findings = JsonDocument.Parse(_first);
        Assert.Multiple(() =>
        {
            Assert.That(findings.RootElement.GetArrayLength(), Is.EqualTo(64));
            foreach (var finding in findings.RootElement.EnumerateArray())
            {
                Assert.That(finding.EnumerateObject().Select(p => p.Name), Is.SupersetOf(FindingKeys).And.SubsetOf(FindingKeys.Concat(FurtherKeys)));
                Assert.That(finding.GetProperty("verdict").GetString(), Is.AnyOf("insufficient", "clear", "watch", "case"));
                var insufficient = finding.GetProperty("verdict").GetString() == "insufficient";
                Assert.That(finding.GetProperty("missing").GetArrayLength() > 0 || !insufficient, "an insufficient verdict says what is missing");
            }
        });
    }

    [Test]
    public void Weights_add_up_and_the_standing_agrees_with_the_verdict()
    {
        using var findings = JsonDocument.Parse(_first);
        var judged = findings.RootElement.EnumerateArray().Where(f => f.TryGetProperty("standing", out _)).ToArray();
        Assert.That(judged, Has.Length.GreaterThan(30));
        Assert.Multiple(() =>
        {
            foreach (var finding in judged)
            {
                var sum = finding.GetProperty("reasons").EnumerateArray().Where(r => r.TryGetProperty("in_total", out _))
                    .Sum(r => r.GetProperty("for_mining").GetBoolean() ? r.GetProperty("weight").GetDouble() : -r.GetProperty("weight").GetDouble());
                var balance = finding.GetProperty("log_odds");
                Assert.That(balance.GetProperty("constant").GetDouble() + sum, Is.EqualTo(balance.GetProperty("total").GetDouble()).Within(1e-5));
                var standing = finding.GetProperty("standing").GetDouble();
                var step = standing >= 3 ? "case" : standing >= 2 ? "watch" : "clear";
                Assert.That(finding.GetProperty("verdict").GetString(), Is.EqualTo(step).Or.EqualTo("watch"), "neighbours may lift a clear finding to a watch");
            }
        });
    }

    [Test]
    public async Task Readings_pass_the_rules_of_an_import()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.In("stored"));
        var start = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var rows = Enumerable.Range(0, 28 * 24).Select(i => Row(i, i % 24 is 11 or 12 ? "-4.5" : i == 100 ? "20000000" : Load(i)));
        await File.WriteAllLinesAsync(folder.In("m-1.csv"), ["timestamp_utc,value_kw", .. rows, Row(200, "77"), Row(201, Load(201))]);
        await File.WriteAllTextAsync(folder.In("sites.csv"), "meter,site,commissioned\nm-1,s-1,2026-01-08\n");
        var scored = await DetectorProcess.RunAsync(["score", "--readings", folder.In("m-1.csv"), "--sites", folder.In("sites.csv"), "--format", "json"]);
        await DetectorProcess.RunAsync(["import", "--readings", folder.In("m-1.csv"), "--sites", folder.In("sites.csv"), "--data", folder.In("data")]);
        await DetectorProcess.RunAsync(["export", "--out", folder.In("stored", "m-1.parquet"), "--data", folder.In("data")]);
        var stored = await DetectorProcess.RunAsync(["score", "--readings", folder.In("stored"), "--sites", folder.In("sites.csv"), "--format", "json"]);
        using var findings = JsonDocument.Parse(scored.Output);
        using var asStored = JsonDocument.Parse(stored.Output);
        var quality = findings.RootElement[0].GetProperty("quality").EnumerateArray().ToDictionary(q => q.GetProperty("flag").GetString()!, q => q.GetProperty("readings").GetInt32(), StringComparer.Ordinal);
        Assert.Multiple(() =>
        {
            Assert.That(scored.Code, Is.Zero, scored.Error);
            Assert.That(quality, Is.SupersetOf(new Dictionary<string, int> { ["suspect"] = 1, ["too_old"] = 7 * 24 - 1, ["negative"] = 28 * 2, ["conflict"] = 1 }));
            Assert.That(findings.RootElement[0].GetProperty("coverage").GetDouble(), Is.EqualTo(21 * 22 / (28 * 24.0)).Within(0.001), "hours of export and from before the start of service are not the load");
            Assert.That(Judged(findings), Is.EqualTo(Judged(asStored)), "what an import stores is judged alike");
        });

        static string Judged(JsonDocument document) =>
            string.Join('\n', document.RootElement[0].EnumerateObject().Where(p => p.Name != "quality").Select(p => p.Value.GetRawText()));

        string Load(int hour) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{30 + (hour % 7 * 0.5)}");

        string Row(int hour, string kilowatts) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{start.AddHours(hour):yyyy-MM-ddTHH:mm:ssZ},{kilowatts}");
    }

    [Test]
    public async Task A_moment_is_unix_seconds_too_and_never_without_a_zone()
    {
        var file = Directory.GetFiles(_fleet.In("readings")).Order(StringComparer.Ordinal).First();
        Task<(int Code, string Output, string Error)> AtAsync(string moment) => DetectorProcess.RunAsync(["score", "--readings", file, "--as-of", moment, "--format", "json"]);
        var (iso, unix, noZone, word) = (await AtAsync("2026-03-01T08:00:00+08:00"), await AtAsync("1772323200"), await AtAsync("2026-03-01T08:00:00"), await AtAsync("yesterday"));
        Assert.Multiple(() =>
        {
            Assert.That((iso.Code, unix.Code, noZone.Code, word.Code), Is.EqualTo((0, 0, 2, 2)));
            Assert.That(unix.Output, Is.EqualTo(iso.Output).And.Contain("2026-03-01T00:00:00Z"));
            Assert.That(noZone.Error, Does.Contain("has no zone"));
        });
    }

    [Test]
    public async Task A_file_without_a_reading_has_no_window()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.In("m-1.csv"), "timestamp_utc,value_kw\n");
        await File.WriteAllTextAsync(folder.In("m-2.csv"), "timestamp_utc,value_kw\n2026-01-01T00:00:00Z,1\n");
        var scored = await DetectorProcess.RunAsync(["score", "--readings", folder.Path, "--format", "json"]);
        using var findings = JsonDocument.Parse(scored.Output);
        var empty = findings.RootElement.EnumerateArray().Single(f => f.GetProperty("meter").GetString() == "m-1");
        Assert.Multiple(() =>
        {
            Assert.That(empty.GetProperty("verdict").GetString(), Is.EqualTo("insufficient"));
            Assert.That(empty.GetProperty("missing")[0].GetProperty("code").GetString(), Is.EqualTo("no_readings"));
            Assert.That(empty.GetProperty("window").ValueKind, Is.EqualTo(JsonValueKind.Null));
            Assert.That(empty.EnumerateObject().Select(p => p.Name), Is.SupersetOf(FindingKeys));
            Assert.That(scored.Output, Does.Not.Contain("1970"));
        });
    }

    [Test]
    public async Task A_budget_asks_for_more_and_what_is_expected_to_be_false_is_said()
    {
        var scored = await DetectorProcess.RunAsync(["score", "--readings", _fleet.In("readings"), "--alert-budget", "0.001", "--fleet", "10000000", "--format", "json"]);
        var unknown = await DetectorProcess.RunAsync(["score", "--readings", _fleet.In("readings"), "--alert-budget", "1"]);
        using var findings = JsonDocument.Parse(scored.Output);
        using var without = JsonDocument.Parse(_first);
        Assert.Multiple(() =>
        {
            Assert.That(scored.Code, Is.Zero, scored.Error);
            Assert.That(scored.Error, Does.Contain("among").And.Contain("judged meters"));
            Assert.That(findings.RootElement.EnumerateArray().Count(IsCase), Is.LessThan(without.RootElement.EnumerateArray().Count(IsCase)));
            Assert.That(unknown.Code, Is.EqualTo(2));
            Assert.That(unknown.Error, Does.Contain("FleetMeters"));
        });

        static bool IsCase(JsonElement finding) => finding.GetProperty("verdict").GetString() == "case";
    }

    [Test]
    public async Task The_trade_off_of_budgets_is_a_table()
    {
        var table = await DetectorProcess.RunAsync(["models", "budget", "--fleet", "20000", "--budgets", "1", "10", "100", "--format", "json"]);
        Assert.That(table.Code, Is.Zero, table.Error);
        using var rows = JsonDocument.Parse(table.Output);
        var thresholds = rows.RootElement.EnumerateArray().Select(r => r.GetProperty("threshold").GetDouble()).ToArray();
        var found = rows.RootElement.EnumerateArray().Select(r => r.GetProperty("found_steady").GetDouble()).ToArray();
        Assert.Multiple(() =>
        {
            Assert.That(thresholds, Is.Ordered.Descending.And.Length.EqualTo(3));
            Assert.That(found, Is.Ordered.And.All.InRange(0, 1));
            Assert.That(rows.RootElement[1].GetProperty("false_cases_a_year").GetDouble(), Is.EqualTo(521.8).Within(0.05));
        });
    }

    [Test]
    public void Suspicion_decreases()
    {
        using var findings = JsonDocument.Parse(_first);
        var order = findings.RootElement.EnumerateArray()
            .Select(f => f.GetProperty("verdict").GetString() == "insufficient" ? -1 : f.GetProperty("probability").GetDouble())
            .ToList();
        Assert.That(order, Is.Ordered.Descending);
    }

    [Test]
    public void In_the_demos_fleet_no_honest_site_is_a_case_and_mining_for_most_of_the_load_is()
    {
        using var findings = JsonDocument.Parse(_first);
        var verdicts = findings.RootElement.EnumerateArray().ToDictionary(f => f.GetProperty("meter").GetString()!, f => f.GetProperty("verdict").GetString(), StringComparer.Ordinal);
        var labels = File.ReadLines(_fleet.In("labels.csv")).Skip(1).Select(l => l.Split(',')).ToList();
        var honestCases = labels.Where(l => l[2] == "false" && verdicts[l[1]] == "case").Select(l => l[1]);
        var missed = labels.Where(l => l[2] == "true" && double.Parse(l[3], System.Globalization.CultureInfo.InvariantCulture) > 0.6 && verdicts[l[1]] != "case").Select(l => $"{l[1]} {l[6]}: {verdicts[l[1]]}");
        Assert.Multiple(() =>
        {
            Assert.That(honestCases, Is.Empty);
            Assert.That(missed, Is.Empty);
        });
    }

    private async Task<string> ScoreAsync()
    {
        var scored = await DetectorProcess.RunAsync(["score", "--readings", _fleet.In("readings"), "--sites", _fleet.In("sites.csv"), "--as-of", "2026-04-02T00:00:00Z", "--format", "json"]);
        Assert.That(scored.Code, Is.Zero, scored.Error);
        return scored.Output;
    }
}
