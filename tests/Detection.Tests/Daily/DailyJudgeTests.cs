// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Detection.Tests.Daily;

internal sealed class DailyJudgeTests
{
    private static IEnumerable<TestCaseData> Unusable()
    {
        yield return new TestCaseData(SmallDaily.Mining(20, 1), "span").SetName("Twenty days of energy lack span");
        yield return new TestCaseData(Daily(91, _ => 100), "constant").SetName("Days that stand still are constant");
        yield return new TestCaseData(Daily(91, d => d is > 40 and < 50 ? 97.25 : 100 + (d % 9)), "stuck").SetName("Nine equal days are stuck");
        yield return new TestCaseData(Daily(91, d => d % 4 == 0 ? double.NaN : 100 + (d % 5)), "coverage").SetName("A quarter of the days missing lacks coverage");
        yield return new TestCaseData(Daily(91, d => 1 + (0.01 * (d % 9))), "below_one_machine").SetName("Less than one machine by day is too little");
        yield return new TestCaseData(Daily(91, _ => double.NaN), "no_readings").SetName("No day is no evidence");
        yield return new TestCaseData(Daily(60, d => 1000 + (48 * d) + (d % 3)), "register_as_power").SetName("Days that only rise are a register");
        yield return new TestCaseData(Flagged(QualityFlags.Coarse, 91), "coarse").SetName("Coarse steps by day hide the fine structure");
        yield return new TestCaseData(Flagged(QualityFlags.Estimated, 30), "estimated").SetName("Estimated days are no measurements");
        yield return new TestCaseData(Flagged(QualityFlags.ScaleJump, 30), "scale_jump").SetName("A scale jump by day is settled first");
    }

    [TestCaseSource(nameof(Unusable))]
    public void Is_insufficient(LoadSeries series, string code)
    {
        var finding = SmallDaily.Judge.Assess(series, Loads.Unregistered, null);
        Assert.Multiple(() =>
        {
            Assert.That(finding.Verdict, Is.EqualTo(Verdict.Insufficient));
            Assert.That(finding.Missing.Select(m => m.Code), Does.Contain(code));
            Assert.That(finding.Missing.Where(m => m.Text.Length < 10 || m.TextZh.Length < 5), Is.Empty);
            Assert.That(finding.Probability, Is.Null);
        });
    }

    [Test]
    public void A_year_of_mining_is_a_case_with_reasons_in_both_languages()
    {
        var finding = SmallDaily.Judge.Assess(SmallDaily.Mining(365, 4242, 200), Loads.Unregistered, null);
        Assert.Multiple(() =>
        {
            Assert.That(finding.Verdict, Is.EqualTo(Verdict.Case));
            Assert.That(finding.CadenceSeconds, Is.EqualTo(86_400));
            Assert.That(finding.Onset!.Earliest, Is.LessThanOrEqualTo(Loads.Monday.AddDays(200)));
            Assert.That(finding.Onset.Latest, Is.GreaterThanOrEqualTo(Loads.Monday.AddDays(200)));
            Assert.That(finding.Share!.Likely, Is.EqualTo(0.95).Within(0.02));
            Assert.That(finding.Reasons, Is.Not.Empty);
            Assert.That(finding.Reasons.Select(r => r.Weight), Is.Ordered.Descending);
            Assert.That(finding.Reasons.Where(r => !r.Text.EndsWith('.') || !r.TextZh.EndsWith('。') || r.Text.Contains("NaN", StringComparison.Ordinal)), Is.Empty);
        });
    }

    [Test]
    public void Buildings_are_clear() => Assert.That(
        Enumerable.Range(0, 30).Count(i => SmallDaily.Judge.Assess(SmallDaily.Honest(365, 4243 + i), Loads.Unregistered, null).Verdict == Verdict.Clear),
        Is.GreaterThanOrEqualTo(28)); // forty honest windows of a year set the threshold: one in forty may pass it

    [Test]
    public void Under_a_quarter_of_a_year_nothing_is_a_case_and_finer_readings_are_asked_for()
    {
        var findings = Enumerable.Range(0, 20).Select(i => SmallDaily.Judge.Assess(SmallDaily.Mining(60, 500 + i), Loads.Unregistered, null)).ToArray();
        Assert.Multiple(() =>
        {
            Assert.That(findings.Where(f => f.Verdict == Verdict.Case), Is.Empty);
            Assert.That(findings.Where(f => f.Verdict == Verdict.Watch), Is.Not.Empty);
            Assert.That(findings.Where(f => f.Verdict == Verdict.Watch && f.Missing[0].Code != "finer_readings"), Is.Empty);
        });
    }

    [Test]
    public void A_load_of_a_few_kilowatts_is_at_most_watched() => Assert.That(
        SmallDaily.Judge.Assess(SmallDaily.Mining(365, 4242, kilowatts: 4), Loads.Unregistered, null).Verdict, Is.LessThan(Verdict.Case));

    [Test]
    public void A_site_declared_as_mining_hides_nothing() => Assert.That(
        SmallDaily.Judge.Assess(SmallDaily.Mining(365, 4242, 200), Loads.Unregistered with { DeclaredUse = DeclaredUse.MiningDeclared }, null).Verdict,
        Is.EqualTo(Verdict.Watch));

    [TestCase(6)]
    [TestCase(12)]
    public void A_few_readings_a_day_give_the_verdict_of_their_days(int hours)
    {
        var daily = SmallDaily.Mining(365, 4242, 200);
        var parts = Loads.Series(365, i => daily.PowerKilowatts[i * hours / 24] * (i % 2 == 0 ? 1.02 : 0.98), TimeSpan.FromHours(hours));
        var (whole, split) = (SmallDaily.Judge.Assess(daily, Loads.Unregistered, null), SmallDaily.Judge.Assess(parts, Loads.Unregistered, null));
        Assert.That((split.Verdict, split.Probability), Is.EqualTo((whole.Verdict, whole.Probability)));
    }

    [Test]
    public void The_same_load_gives_the_same_bytes()
    {
        var series = SmallDaily.Mining(200, 9);
        Assert.That(
            FindingJson.Write(SmallDaily.Judge.Assess(series, Loads.Unregistered, null)),
            Is.EqualTo(FindingJson.Write(SmallDaily.Judge.Assess(series, Loads.Unregistered, null))));
    }

    private static LoadSeries Daily(int days, Func<int, double> kilowatts) => Loads.Series(days, kilowatts, TimeSpan.FromDays(1));

    private static LoadSeries Flagged(QualityFlags flag, int slots)
    {
        var series = SmallDaily.Honest(91, 12);
        Array.Fill(series.Quality, flag, 0, slots);
        return series;
    }
}
