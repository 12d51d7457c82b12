// SPDX-License-Identifier: Apache-2.0
using Detector.Detection.Change;
using Detector.Metering;
using Detector.Profiles;

namespace Detector.Detection.Tests.Change;

/// <summary>Changes through the whole judge: what was added, and what only looks like it.</summary>
internal sealed class ChangeJudgeTests
{
    private const int Window = 91 * 24;
    private const int Start = 427 * 24;

    private static readonly ChangeFinder Finder = new(SmallChange.Model, new JudgeOptions(), 0.03);

    [Test]
    public void Mining_added_with_thirteen_months_before_it_is_found_with_its_onset()
    {
        var series = SmallChange.Long(77, SmallChange.Mining(80, 40 * 24));
        var change = Find(series)!;
        var onset = series.Range.To.AddDays(-40);
        Assert.Multiple(() =>
        {
            Assert.That((change.Score.IsCase, change.MayBeCase, change.Score.WithHistory), Is.EqualTo((true, true, true)));
            Assert.That(change.Onset.Likely, Is.EqualTo(onset).Within(TimeSpan.FromHours(2)));
            Assert.That(onset, Is.InRange(change.Onset.Earliest, change.Onset.Latest));
            Assert.That(change.AddedKilowatts, Is.EqualTo(80).Within(4));
            Assert.That(change.Share.Likely, Is.InRange(change.Share.Low, change.Share.High));
        });
    }

    [Test]
    public void Mining_by_the_clock_is_judged_on_its_level_while_it_runs()
    {
        var series = SmallChange.Long(78, i => i >= -40 * 24 && ((i % 24) + 24) % 24 is < 7 ? 80 : 0);
        var load = HourlyLoad.From(series, "Etc/UTC");
        var candidate = new ChangeReader(load).Candidates(Start, load.Count).MinBy(c => Math.Abs(c.Hour - (load.Count - (40 * 24))))!;
        Assert.That(candidate.LevelKilowatts, Is.EqualTo(80).Within(12));
    }

    [Test]
    public void Less_than_five_kilowatts_is_never_a_case()
    {
        var small = Find(SmallChange.Long(77, SmallChange.Mining(4, 40 * 24)));
        Assert.That(small is null || !small.MayBeCase);
    }

    [TestCase(-999, Verdict.Case, TestName = "An addition short of its threshold is a case where the whole agrees, and says so")]
    [TestCase(999, Verdict.Watch, TestName = "An addition short of its threshold is watched where the whole does not agree")]
    public void By_the_whole(double watchOfWhole, Verdict expected)
    {
        var change = SmallChange.Model.Content;
        var whole = new ScoreThresholds(999, 999, 999, watchOfWhole);
        var model = new DetectorModel(
            SmallModel.Model.Content with { Thresholds = new ModelThresholds(whole, whole, []) }, new ChangeModel(change with { History = change.History! with { Case = 999 } }));
        var finding = new Judge(model, SmallModel.Profiles, new JudgeOptions()).Assess(SmallChange.Long(77, SmallChange.Mining(80, 40 * 24)), Loads.Unregistered, null);
        var sum = finding.LogOdds!.Constant + finding.Reasons.Where(r => r.InTotal).Sum(r => r.ForMining ? r.Weight : -r.Weight);
        Assert.Multiple(() =>
        {
            Assert.That(finding.Verdict, Is.EqualTo(expected));
            Assert.That(finding.Onset, Is.Not.Null);
            Assert.That(finding.Reasons.Count(r => r.Group == "whole"), Is.EqualTo(expected == Verdict.Case ? 1 : 0));
            Assert.That(sum, Is.EqualTo(finding.LogOdds.Total).Within(1e-9), "what the whole says is not part of the sum");
        });
    }

    [TestCase(7, TestName = "A generator test of seven hours is no change")]
    [TestCase(30, TestName = "A generator test of thirty hours is no change")]
    public void Generator_test(int hours) =>
        Assert.That(Case(SmallChange.Long(79, i => i >= -40 * 24 && i < (-40 * 24) + hours ? 90 : 0)), Is.False);

    [Test]
    public void A_tenant_moving_out_is_no_case() =>
        Assert.That(Case(SmallChange.Long(80, i => i < -40 * 24 ? 60 : 0)), Is.False);

    [Test]
    public void A_site_that_is_commissioned_is_watched_at_most() =>
        Assert.That(Case(SmallChange.Long(81, i => i < -40 * 24 ? 0 : 900)), Is.False);

    [Test]
    public void A_return_from_a_low_is_watched_at_most() =>
        Assert.That(Case(SmallChange.Long(82, i => i is < -70 * 24 or >= -40 * 24 ? 60 : 0)), Is.False);

    [Test]
    public void An_outage_of_the_whole_site_is_no_change()
    {
        var series = SmallChange.Long(83, _ => 0);
        var values = series.PowerKilowatts.Select((v, i) => i > series.Count - (50 * 24) && i < series.Count - (48 * 24) ? 0.5f : v).ToArray();
        Assert.That(Case(new LoadSeries(series.Meter, series.Start, series.Cadence, values, series.Quality)), Is.False);
    }

    [Test]
    public void The_judge_states_the_added_load_in_both_languages()
    {
        var judge = new Judge(SmallModel.Model.With(SmallChange.Model), SmallModel.Profiles, new JudgeOptions());
        var finding = judge.Assess(SmallChange.Long(77, SmallChange.Mining(80, 40 * 24)), Loads.Unregistered, null);
        var summary = finding.Reasons.Single(r => r.Group == "added_load");
        Assert.Multiple(() =>
        {
            Assert.That(finding.Verdict, Is.EqualTo(Verdict.Case));
            Assert.That(finding.Onset, Is.Not.Null);
            Assert.That(finding.Reasons.Select(r => r.Group), Does.Contain("added_shape"));
            Assert.That(summary.Text, Does.Contain("kW were added").And.Contain("thirteen months"));
            Assert.That(summary.TextZh, Does.Contain("千瓦").And.Contain("十三个月"));
        });
    }

    private static ChangeEvidence? Find(LoadSeries series)
    {
        var load = HourlyLoad.From(series, "Etc/UTC");
        return Finder.Find(load, load.Count - Window);
    }

    private static bool Case(LoadSeries series) => Find(series) is { Score.IsCase: true, MayBeCase: true };
}
