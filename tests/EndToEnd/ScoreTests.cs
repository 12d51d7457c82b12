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
                Assert.That(finding.EnumerateObject().Select(p => p.Name), Is.EquivalentTo(FindingKeys));
                Assert.That(finding.GetProperty("verdict").GetString(), Is.AnyOf("insufficient", "clear", "watch", "case"));
                var insufficient = finding.GetProperty("verdict").GetString() == "insufficient";
                Assert.That(finding.GetProperty("missing").GetArrayLength() > 0 || !insufficient, "an insufficient verdict says what is missing");
            }
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
