// SPDX-License-Identifier: Apache-2.0
using Detector.Detection.Change;
using Detector.Detection.Ladder;
using Detector.Metering;

namespace Detector.Detection.Tests;

/// <summary>The ladder as a table: evidence in, verdict out.</summary>
internal sealed class LadderTests
{
    private static readonly ModelThresholds Thresholds = new(new(10, 4, 10, 4), new(14, 6, 14, 6), []);
    private static readonly DecisionLadder Ladder = new(Thresholds, new JudgeOptions());

    [TestCase(12, 12, -9, 91, Verdict.Case, TestName = "A pure score beyond its threshold is a case")]
    [TestCase(12, 3, -9, 91, Verdict.Watch, TestName = "Flatness alone is watched")]
    [TestCase(12, 12, -9, 30, Verdict.Watch, TestName = "Thirty days ask for more")]
    [TestCase(15, 15, -9, 30, Verdict.Case, TestName = "Thirty days with more are a case")]
    [TestCase(5, 5, -9, 91, Verdict.Watch, TestName = "Between the thresholds is watched")]
    [TestCase(1, 1, 99, 91, Verdict.Watch, TestName = "A mixture score alone is at most watched")]
    [TestCase(1, 1, 1, 91, Verdict.Clear, TestName = "Below all thresholds is clear")]
    public void By_scores(double pure, double withoutFlatness, double mixed, double days, Verdict expected) =>
        Assert.That(Ladder.Decide(Evidence(pure, withoutFlatness, mixed, days)).Verdict, Is.EqualTo(expected));

    [TestCase(true, true, Verdict.Case, TestName = "An addition beyond its threshold is a case")]
    [TestCase(true, false, Verdict.Watch, TestName = "A small addition, a site that began or a return is watched")]
    [TestCase(false, true, Verdict.Watch, TestName = "An addition between the thresholds is watched")]
    public void By_change(bool beyond, bool mayBeCase, Verdict expected)
    {
        var score = new ChangeScore(3, beyond, IsWatch: true, WithHistory: true, 5, 150, 0.001);
        var change = new ChangeEvidence(new OnsetInterval(Loads.Monday, Loads.Monday, Loads.Monday), 50, new ShareInterval(0.4, 0.5, 0.6), score, 0.8, mayBeCase, [], []);
        var decision = Ladder.Decide(Evidence(1, 1, 1, 91) with { Change = change });
        Assert.That((decision.Verdict, decision.Carrier), Is.EqualTo((expected, Carrier.Added)));
    }

    [Test]
    public void A_peak_far_below_the_contract_asks_for_more()
    {
        var registration = Loads.Unregistered with { ContractedKilowatts = 1000 };
        var low = Evidence(11, 11, -9, 91) with { Registration = registration, PeakKilowatts = 400 };
        Assert.Multiple(() =>
        {
            Assert.That(Ladder.Decide(low).Verdict, Is.EqualTo(Verdict.Watch));
            Assert.That(Ladder.Decide(low with { PeakKilowatts = 900 }).Verdict, Is.EqualTo(Verdict.Case));
        });
    }

    [Test]
    public void Declared_mining_hides_nothing_and_is_watched()
    {
        var decision = Ladder.Decide(Evidence(12, 12, -9, 91) with { Registration = Loads.Unregistered with { DeclaredUse = DeclaredUse.MiningDeclared } });
        Assert.That((decision.Verdict, decision.Missing.Single().Code), Is.EqualTo((Verdict.Watch, "mining_declared")));
    }

    [Test]
    public void A_watch_says_what_would_decide()
    {
        var codes = Ladder.Decide(Evidence(1, 1, 99, 30)).Missing.Select(m => m.Code);
        Assert.That(codes, Is.EqualTo(new[] { "burst", "window", "history", "contracted_kw", "declared_use", "inspection" }));
    }

    private static Evidence Evidence(double pure, double withoutFlatness, double mixed, double days) =>
        new(Scores(pure, withoutFlatness, mixed), null, Loads.Unregistered, days, 100);

    private static ClassEvidence Scores(double pure, double withoutFlatness, double mixed) => new()
    {
        PureScore = pure,
        PureScoreWithoutFlatness = withoutFlatness,
        MixedScore = mixed,
        PureLogOdds = pure,
        MixedLogOdds = mixed,
        Probability = 0.5,
        PValue = 0.5,
        PureGroups = [],
        MixedGroups = [],
    };
}
