// SPDX-License-Identifier: Apache-2.0
using Detector.Detection.Ladder;
using Detector.Detection.Training;
using Detector.Metering;
using Detector.Profiles;

namespace Detector.Detection.Tests;

/// <summary>The windows of a year: which they are, what their mean decides, and what thresholds honest years set.</summary>
internal sealed class YearTests
{
    private const int Hours = 91 * 24;

    private static readonly JudgeOptions Options = new();
    private static readonly ModelThresholds Thresholds = new(new(10, 4, 10, 4), new(14, 6, 14, 6), []) { Year = new(8, 2, 8, 2) };
    private static readonly DecisionLadder Ladder = new(Thresholds, Options);

    [Test]
    public void A_year_is_the_window_and_the_three_before_it_end_to_end()
    {
        var load = Load(364);
        var former = FormerWindows.Of(load, load.Count - Hours, Options);
        Assert.That(former.Select(w => (w.Start, w.Count)), Is.EqualTo(new[] { (Loads.Monday.AddDays(182), Hours), (Loads.Monday.AddDays(91), Hours), (Loads.Monday, Hours) }));
    }

    [TestCase(91)]
    [TestCase(181)]
    [TestCase(272)]
    public void Less_than_nine_months_are_no_year(int days) =>
        Assert.That(FormerWindows.Of(Load(days), (days * 24) - Hours, Options), Is.Empty);

    [Test]
    public void A_window_of_a_month_has_no_year() =>
        Assert.That(FormerWindows.Of(Load(364), 336 * 24, Options), Is.Empty);

    [TestCase(float.NaN, TestName = "A quarter that was not recorded is passed over")]
    [TestCase(0f, TestName = "A quarter at which nothing ran is passed over")]
    [TestCase(50f, TestName = "A quarter at which the meter stood still is passed over")]
    public void A_quarter_that_could_not_be_judged_is_passed_over(float value)
    {
        var load = Load(364);
        Array.Fill(load.Kilowatts, value, Hours, Hours);
        Assert.That(FormerWindows.Of(load, 3 * Hours, Options).Select(w => w.Start), Is.EqualTo(new[] { Loads.Monday.AddDays(182), Loads.Monday }));
        Array.Fill(load.Kilowatts, value, 0, Hours);
        Assert.That(FormerWindows.Of(load, 3 * Hours, Options), Is.Empty, "one of them is not a year");
    }

    [TestCase(1, 1, 9, 9, Verdict.Case, Carrier.Pure, true, TestName = "A year beyond its threshold is a case")]
    [TestCase(12, 1, 1, 1, Verdict.Case, Carrier.Pure, false, TestName = "A window beyond its threshold is one whatever the year says")]
    [TestCase(1, 1, 9, 1, Verdict.Watch, Carrier.Pure, true, TestName = "Flatness of a whole year alone is watched")]
    [TestCase(5, 1, 1, 1, Verdict.Watch, Carrier.Pure, false, TestName = "What lately looks like a mine is watched")]
    [TestCase(1, 1, 3, 3, Verdict.Watch, Carrier.Pure, true, TestName = "What looked a little like a mine all year is watched")]
    public void Pure_mining_by_window_or_year(double window, double mixed, double year, double yearWithoutFlatness, Verdict verdict, Carrier carrier, bool byYear)
    {
        var decision = Ladder.Decide(Evidence(window, mixed) with { Year = Mean(LadderTests.Scores(year, yearWithoutFlatness, 1)) });
        Assert.That((decision.Verdict, decision.Carrier, decision.ByYear), Is.EqualTo((verdict, carrier, byYear)));
    }

    [Test]
    public void A_mixture_is_watched_by_the_year_and_by_the_window_if_it_is_new()
    {
        Decision By(double window, double? year) => Ladder.Decide(Evidence(1, window) with { Year = year is { } score ? Mean(LadderTests.Scores(1, 1, score)) : null });
        Assert.Multiple(() =>
        {
            Assert.That(By(5, null), Has.Property("Verdict").EqualTo(Verdict.Watch).And.Property("ByYear").False);
            Assert.That(By(5, 1.5), Has.Property("Verdict").EqualTo(Verdict.Clear).And.Property("Standing").LessThan(LadderStanding.Watch), "one quarter of four, and those before it spoke for mining, too");
            Assert.That(By(5, 1), Has.Property("Verdict").EqualTo(Verdict.Watch).And.Property("ByYear").False, "those before it spoke for honest load: something began");
            Assert.That(By(3, 3), Has.Property("Verdict").EqualTo(Verdict.Watch).And.Property("ByYear").True);
            Assert.That(By(3, 3).Missing.Select(m => m.Code), Does.Contain("submetering"));
            Assert.That(By(99, 99).Verdict, Is.EqualTo(Verdict.Watch), "a mixture alone is never a case");
        });
    }

    [Test]
    public void A_model_that_knows_no_years_goes_by_the_window() => Assert.That(
        new DecisionLadder(Thresholds with { Year = null }, Options).Decide(Evidence(1, 5) with { Year = Mean(LadderTests.Scores(99, 99, -99)) }),
        Has.Property("Verdict").EqualTo(Verdict.Watch).And.Property("ByYear").False);

    [Test]
    public void The_alert_budget_counts_the_year_by_what_the_year_says()
    {
        var at = new TailThreshold(20, IsExtrapolated: true);
        var ladder = new DecisionLadder(Thresholds, new JudgeOptions { AlertBudget = 2, FleetMeters = 1000 }, new BudgetThresholds(at, at, at, at));
        var evidence = Evidence(1, 1) with { Suspicion = 1 };
        var year = Mean(LadderTests.Scores(9, 9, 1));
        Assert.Multiple(() =>
        {
            Assert.That(ladder.Decide(evidence with { Year = year with { Suspicion = 25 } }).Verdict, Is.EqualTo(Verdict.Case));
            Assert.That(ladder.Decide(evidence with { Year = year with { Suspicion = 15 } }).Verdict, Is.EqualTo(Verdict.Watch));
        });
    }

    [Test]
    public void What_a_year_says_adds_up_and_says_that_it_is_a_year()
    {
        var judge = new Judge(Knowing(new ScoreThresholds(999, -999, 999, -999)), SmallModel.Profiles, Options);
        var finding = judge.Assess(Loads.Honest(364, 7), Loads.Unregistered, null);
        var sum = finding.LogOdds!.Constant + finding.Reasons.Where(r => r.InTotal).Sum(r => r.ForMining ? r.Weight : -r.Weight);
        Assert.Multiple(() =>
        {
            Assert.That(finding.Verdict, Is.EqualTo(Verdict.Watch));
            Assert.That(sum, Is.EqualTo(finding.LogOdds.Total).Within(1e-9));
            Assert.That(finding.Reasons.Single(r => r.Group == "year"), Has.Property("Text").Contains("4 windows").And.Property("TextZh").Contains("4个"));
            Assert.That(judge.Assess(Loads.Honest(200, 7), Loads.Unregistered, null).Reasons.Select(r => r.Group), Does.Not.Contain("year"));
        });
    }

    [Test]
    public void The_mean_of_windows_is_the_mean_of_their_scores_and_of_what_each_group_adds()
    {
        var windows = SmallModel.Samples.Where(s => s.Class == SampleClass.Honest).Take(4).Select(s => SmallModel.Model.Score(s.Profile)).ToArray();
        var mean = SmallModel.Model.Mean(windows);
        Assert.Multiple(() =>
        {
            Assert.That(mean.PureScore, Is.EqualTo(windows.Average(w => w.PureScore)).Within(1e-9));
            Assert.That(mean.PureLogOdds, Is.EqualTo(windows.Average(w => w.PureLogOdds)).Within(1e-9));
            Assert.That(mean.PureGroups.Sum(g => g.LogOdds), Is.EqualTo(windows.Average(w => w.PureGroups.Sum(g => g.LogOdds))).Within(1e-9));
            Assert.That(mean.MixedGroups.Select(g => g.Group), Is.EqualTo(windows[0].MixedGroups.Select(g => g.Group)));
        });
    }

    [Test]
    public void Thresholds_of_a_year_let_as_many_site_years_pass_as_they_may()
    {
        // Two sources of 100 sites with a year each: of one every site has one high quarter, of the other a few sites are high in all four.
        TrainingSample[] samples = [.. from source in new[] { "wild", "calm" } from site in Enumerable.Range(0, 100) from quarter in Enumerable.Range(0, 4) select Sample(source, site, quarter)];
        double Score(Head head, int i) => samples[i] is var s && s.Source == "wild" ? (Quarter(s) == 0 ? 40 : 0) : SiteOf(s) < 5 ? 20 - SiteOf(s) : 1;
        HonestYears Years(Func<int, bool> taken) => new(samples, Enumerable.Range(0, samples.Length).Where(taken), Score);
        var options = new TrainingOptions { CasesPerThousandSiteYears = 40, KeptForUnseen = 0.5, WatchRateOfYear = 0.05 };
        var window = new ScoreThresholds(30, 15, 30, 25);
        var at = Years(_ => true).Thresholds(options, window, likely: -100)!;
        Assert.Multiple(() =>
        {
            // 200 sites looked at twice, a quarter of a year apart, are 100 site-years, in which there may be two cases.
            Assert.That(at.PureCase, Is.EqualTo(18).Within(1e-5).And.GreaterThan(18));
            Assert.That(at.PureWatch, Is.EqualTo(15), "as of one window");

            // Of 50 site-years a source may have two watches. One high quarter in three is 13.3, and no more than that.
            Assert.That(at.MixedWatch, Is.EqualTo(18).Within(1e-5));
            Assert.That(Years(i => samples[i].Source == "wild").Thresholds(options, window, -100)!.MixedWatch, Is.EqualTo(40 / 3.0).Within(1e-5));
            Assert.That(Years(_ => true).Thresholds(options, window, likely: 50)!.PureCase, Is.EqualTo(50), "never where honest load is nearly as likely");
            Assert.That(Years(i => Quarter(samples[i]) < 2).Thresholds(options, window, -100), Is.Null, "two quarters are no year");
        });
    }

    private static int Quarter(TrainingSample sample) => (int)((sample.Profile.Window.From - Loads.Monday).TotalDays / 91);

    private static int SiteOf(TrainingSample sample) => int.Parse(sample.Site.Split('-')[1], System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Of a window only its meter and its start count here, so two days of it will do.</summary>
    private static TrainingSample Sample(string source, int site, int quarter)
    {
        var load = new LoadSeries(MeterId.Of($"{source}-{site}"), Loads.Monday.AddDays(91 * quarter), TimeSpan.FromHours(1), new float[48], new QualityFlags[48]);
        return new(SmallModel.Profiles.Build(load, Loads.Unregistered), SampleClass.Honest, 0, source, $"{source}-{site}", null, 1);
    }

    private static YearEvidence Mean(ClassEvidence mean) => new(mean, double.NaN, 4);

    private static DetectorModel Knowing(ScoreThresholds year) => new(SmallModel.Model.Content with { Thresholds = SmallModel.Model.Thresholds with { Year = year } });

    private static HourlyLoad Load(int days) => HourlyLoad.From(Loads.Honest(days, 3), "Etc/UTC");

    private static Evidence Evidence(double pure, double mixed) => new(LadderTests.Scores(pure, pure, mixed), null, Loads.Unregistered, 91, 100) { HistoryDays = 500, CadenceSeconds = 900 };
}
