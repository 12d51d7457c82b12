// SPDX-License-Identifier: Apache-2.0
using Detector.Detection.Explanation;
using Detector.Metering;
using Detector.Profiles;

namespace Detector.Detection.Tests;

internal sealed class JudgeTests
{
    private static Judge Judge { get; } = new(SmallModel.Model, SmallModel.Profiles, new JudgeOptions());

    private static IEnumerable<TestCaseData> Unusable()
    {
        yield return new TestCaseData(Loads.Mining(20, 1), "span").SetName("Twenty days lack span");
        yield return new TestCaseData(Loads.Series(91, _ => 100), "constant").SetName("A load that stands still is constant");
        yield return new TestCaseData(Loads.Series(91, i => i < 1000 ? 100 + (i % 7) : 90), "stuck").SetName("A meter that sticks half way is stuck");
        yield return new TestCaseData(Loads.Series(91, i => i % 500 == 0 ? 0 : 20), "stuck").SetName("A load that never moves but for outages is stuck whatever its digits");
        yield return new TestCaseData(Loads.Series(91, i => i < 1000 ? 20 + (i % 3) : 20), "stuck").SetName("Digits over a hundredth of the load are none that it may repeat");
        yield return new TestCaseData(Loads.Series(91, i => i % 3 == 0 ? double.NaN : 100 + (i % 5)), "coverage").SetName("A third of the hours missing lacks coverage");
        yield return new TestCaseData(Loads.Series(91, i => 100 + i, TimeSpan.FromDays(1)), "resolution").SetName("Daily readings lack resolution");
        yield return new TestCaseData(Loads.Series(91, i => 1 + (0.01 * (i % 9))), "below_one_machine").SetName("Less than one machine is too little");
        yield return new TestCaseData(Loads.Series(91, _ => double.NaN), "no_readings").SetName("No reading is no evidence");
        yield return new TestCaseData(Loads.Series(91, i => -100 + (i % 7)), "negative").SetName("A load that feeds in is not a small one");
        yield return new TestCaseData(Flagged(QualityFlags.Conflict, 2184), "conflict").SetName("Readings of two values say which they are");
        yield return new TestCaseData(Flagged(QualityFlags.ScaleJump, 200), "scale_jump").SetName("A scale jump is settled first");
        yield return new TestCaseData(Flagged(QualityFlags.RegisterAsPower, 2184), "register_as_power").SetName("A register is not power");
        yield return new TestCaseData(Flagged(QualityFlags.Coarse, 2184), "coarse").SetName("Coarse steps hide the fine structure");
        yield return new TestCaseData(Flagged(QualityFlags.Stuck, 400), "stuck").SetName("Stuck readings are named as the cause");
        yield return new TestCaseData(Flagged(QualityFlags.Estimated, 800), "estimated").SetName("Estimates are no measurements");
    }

    [TestCaseSource(nameof(Unusable))]
    public void Is_insufficient(LoadSeries series, string code)
    {
        var finding = Judge.Assess(series, Loads.Unregistered, null);
        Assert.Multiple(() =>
        {
            Assert.That(finding.Verdict, Is.EqualTo(Verdict.Insufficient));
            Assert.That(finding.Missing.Select(m => m.Code), Does.Contain(code));
            Assert.That(finding.Missing.Where(m => m.Text.Length < 10 || m.TextZh.Length < 5), Is.Empty);
            Assert.That(finding.Probability, Is.Null);
            Assert.That(finding.PValue, Is.Null);
        });
    }

    [Test]
    public void A_week_of_one_whole_kilowatt_is_a_flat_load_where_it_moves_by_them_at_other_times() =>
        Assert.That(ReadingsCheck.Missing(Loads.Series(91, i => i is > 500 and < 700 ? 160 : 159 + (i % 3)), new JudgeOptions()), Is.Empty);

    [Test]
    public void A_load_at_rest_is_not_stuck() =>
        Assert.That(ReadingsCheck.Missing(Loads.Series(91, i => i is > 500 and < 1000 ? 0.3 : 100 + (i % 7)), new JudgeOptions()), Is.Empty);

    [Test]
    public void Mining_from_the_first_day_is_a_case_without_an_onset()
    {
        var finding = Judge.Assess(Loads.Mining(91, 4242), Loads.Unregistered, null);
        Assert.Multiple(() =>
        {
            Assert.That(finding.Verdict, Is.EqualTo(Verdict.Case));
            Assert.That(finding.Onset, Is.Null);
            Assert.That(finding.Share!.Likely, Is.EqualTo(1));
            Assert.That(finding.Reasons[0].ForMining, Is.True);
            Assert.That(finding.Reasons.Select(r => r.Weight), Is.Ordered.Descending);
            Assert.That(finding.Model, Is.EqualTo("hashrate/1"));
        });
    }

    [Test]
    public void A_building_is_clear()
    {
        var finding = Judge.Assess(Loads.Honest(91, 4243), Loads.Unregistered, null);
        Assert.Multiple(() =>
        {
            Assert.That(finding.Verdict, Is.EqualTo(Verdict.Clear));
            Assert.That(finding.Share, Is.Null);
            Assert.That(finding.Missing, Is.Empty);
        });
    }

    [Test]
    public void Every_reason_has_a_sentence_in_each_language()
    {
        var findings = new[] { Loads.Mining(91, 1), Loads.Honest(91, 2), Loads.Mixture(91, 3, 0.5, 40 * 24) }.Select(s => Judge.Assess(s, Loads.Unregistered, null));
        var reasons = findings.SelectMany(f => f.Reasons).ToArray();
        Assert.Multiple(() =>
        {
            Assert.That(reasons, Is.Not.Empty);
            Assert.That(reasons.Where(r => !r.Text.EndsWith('.') || !r.TextZh.EndsWith('。')), Is.Empty);
            Assert.That(reasons.Where(r => r.Text.Contains("NaN", StringComparison.Ordinal)), Is.Empty);
            Assert.That(FeatureCatalog.Default().Groups.Where(g => !GroupTexts.Has(g.Group)), Is.Empty);
        });
    }

    [Test]
    public void Weights_and_the_constant_add_up_to_the_log_odds()
    {
        var findings = new[] { Loads.Mining(91, 1), Loads.Honest(91, 2), Loads.Mixture(91, 3, 0.5, 40 * 24) }
            .Select(s => Judge.Assess(s, Loads.Unregistered with { ContractedKilowatts = 500 }, null));
        foreach (var finding in findings)
        {
            var sum = finding.LogOdds!.Constant + finding.Reasons.Where(r => r.InTotal).Sum(r => r.ForMining ? r.Weight : -r.Weight);
            Assert.That(sum, Is.EqualTo(finding.LogOdds.Total).Within(1e-9));
            Assert.That(finding.Reasons.Where(r => !r.InTotal).Select(r => r.Group), Is.EqualTo(new[] { "utilisation" }), "a weight by rule is not part of the sum");
        }
    }

    [Test]
    public void A_reason_carries_its_number_and_the_range_it_is_compared_with()
    {
        var finding = Judge.Assess(Loads.Mining(91, 1), Loads.Unregistered, null);
        Assert.Multiple(() =>
        {
            Assert.That(finding.Reasons.Select(r => r.Number!.Reference), Is.All.EqualTo("honest"));
            Assert.That(finding.Reasons.Where(r => r.Number!.Low > r.Number.High || !FeatureCatalog.Default().Features.Any(f => f.Name == r.Number.Feature && f.Group == r.Group)), Is.Empty);
            Assert.That(finding.Standing, Is.GreaterThanOrEqualTo(LadderStanding.Case));
        });
    }

    [Test]
    public void The_same_load_gives_the_same_bytes()
    {
        var series = Loads.Mixture(91, 9, 0.6, 45 * 24);
        var again = new Judge(SmallModel.Model, new ProfileBuilder(FeatureCatalog.Default()), new JudgeOptions());
        Assert.That(FindingJson.Write(again.Assess(series, Loads.Unregistered, null)), Is.EqualTo(FindingJson.Write(Judge.Assess(series, Loads.Unregistered, null))));
    }

    [Test]
    public void What_came_after_the_moment_asked_about_is_not_used()
    {
        var series = Loads.Mixture(120, 9, 0.9, 80 * 24);
        var asOf = Loads.Monday.AddDays(80);
        var cut = series.Slice(new TimeRange(Loads.Monday, asOf));
        Assert.That(FindingJson.Write(Judge.Assess(series, Loads.Unregistered, asOf)), Is.EqualTo(FindingJson.Write(Judge.Assess(cut, Loads.Unregistered, null))));
    }

    [Test]
    public void The_window_is_the_last_quarter_of_a_year()
    {
        var finding = Judge.Assess(Loads.Honest(200, 1), Loads.Unregistered, null);
        Assert.That(finding.Window, Is.EqualTo(new TimeRange(Loads.Monday.AddDays(109), Loads.Monday.AddDays(200))));
    }

    [Test]
    public void What_was_before_a_change_of_unit_is_no_history()
    {
        var series = Loads.Honest(200, 1);
        for (var i = 0; i < 24 * 60; i++)
        {
            series.PowerKilowatts[i] *= 10;
            series.Quality[i] = QualityFlags.ScaleJump;
        }

        var clean = series.Slice(new TimeRange(Loads.Monday.AddDays(60), Loads.Monday.AddDays(200)));
        Assert.That(FindingJson.Write(Judge.Assess(series, Loads.Unregistered, null)), Is.EqualTo(FindingJson.Write(Judge.Assess(clean, Loads.Unregistered, null))));
    }

    [Test]
    public void A_reading_of_a_wrong_year_does_not_end_the_window()
    {
        var series = Loads.Series(1500, i => i < 24 * 91 ? 100 + (i % 7) : i == (24 * 1500) - 1 ? 100 : double.NaN);
        Assert.That(Judge.Assess(series, Loads.Unregistered, null).Window, Is.EqualTo(new TimeRange(Loads.Monday, Loads.Monday.AddDays(91))));
        Array.Fill(series.Quality, QualityFlags.Stuck, 24 * 91, 24 * 1400);
        Assert.That(Judge.Assess(series, Loads.Unregistered, null).Window.To, Is.EqualTo(Loads.Monday.AddDays(1500)), "readings that were taken out are no silence");
    }

    private static LoadSeries Flagged(QualityFlags flag, int slots)
    {
        var series = Loads.Honest(91, 12);
        Array.Fill(series.Quality, flag, 0, slots);
        return series;
    }
}
