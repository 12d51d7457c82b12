// SPDX-License-Identifier: Apache-2.0
namespace Detector.Metering.Tests;

public sealed class FalseDiscoveryTests
{
    [Test]
    public void Of_a_thousand_honest_meters_two_in_a_thousand_are_expected_at_a_p_value_of_one()
    {
        // Evenly spread p-values: all honest. Two of them are cases, by chance.
        var findings = Enumerable.Range(1, 1000).Select(i => Of(i <= 2 ? Verdict.Case : Verdict.Clear, i / 1000.0));
        var statement = FalseDiscovery.Of(findings);
        Assert.Multiple(() =>
        {
            Assert.That((statement.Judged, statement.Cases, statement.Threshold), Is.EqualTo((1000, 2, 0.002)));
            Assert.That(statement.HonestShare, Is.EqualTo(1));
            Assert.That(statement.ExpectedFalse, Is.EqualTo(4).Within(1e-9), "each meter has two p-values");
            Assert.That(statement.Bound, Is.EqualTo(1));
        });
    }

    [Test]
    public void Many_cases_with_small_p_values_are_mostly_true()
    {
        var honest = Enumerable.Range(1, 900).Select(i => Of(Verdict.Clear, i / 900.0));
        var mining = Enumerable.Repeat(Of(Verdict.Case, 0.0005), 100);
        var statement = FalseDiscovery.Of(honest.Concat(mining));
        Assert.Multiple(() =>
        {
            Assert.That(statement.HonestShare, Is.EqualTo(0.902).Within(1e-9));
            Assert.That(statement.ExpectedFalse, Is.EqualTo(0.902).Within(1e-9));
            Assert.That(statement.Bound, Is.EqualTo(0.00902).Within(1e-9));
            Assert.That(statement.Text, Does.Contain("100 cases among 1000 judged meters").And.Contain("at most 0.9 %"));
            Assert.That(statement.TextZh, Does.Contain("立案100起"));
        });
    }

    [Test]
    public void Insufficient_meters_do_not_count_and_no_case_is_said()
    {
        var statement = FalseDiscovery.Of([Of(Verdict.Insufficient, null), Of(Verdict.Clear, 0.7)]);
        Assert.Multiple(() =>
        {
            Assert.That((statement.Judged, statement.Cases, statement.Bound), Is.EqualTo((1, 0, 0.0)));
            Assert.That(statement.Text, Is.EqualTo("No case among 1 judged meters."));
            Assert.That(FalseDiscovery.Of([]).Judged, Is.Zero);
        });
    }

    /// <summary>The bound holds on average: honest meters by chance, and mining among them, over many fleets.</summary>
    [Test]
    public void Over_many_fleets_the_share_of_false_cases_is_within_the_bound()
    {
        var chance = new Random(11);
        double falseShare = 0, bound = 0;
        const int Fleets = 300;
        for (var fleet = 0; fleet < Fleets; fleet++)
        {
            var honest = Enumerable.Range(0, 400).Select(_ => chance.NextDouble()).Select(p => Of(p <= 0.01 ? Verdict.Case : Verdict.Clear, p)).ToArray();
            var mining = Enumerable.Range(0, 20).Select(_ => Of(Verdict.Case, 0.01 * chance.NextDouble()));
            var cases = honest.Count(f => f.Verdict == Verdict.Case);
            falseShare += cases / (cases + 20.0) / Fleets;
            bound += FalseDiscovery.Of(honest.Concat(mining)).Bound / Fleets;
        }

        Assert.That(falseShare, Is.LessThanOrEqualTo(bound));
    }

    private static Finding Of(Verdict verdict, double? p) => new()
    {
        Meter = MeterId.Of("m-1"),
        Site = "s-1",
        Verdict = verdict,
        PValue = p,
        Window = new TimeRange(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddDays(91)),
        CadenceSeconds = 900,
        Coverage = 1,
        Model = "trees/1",
    };
}
