// SPDX-License-Identifier: Apache-2.0
using Detector.Detection.Change;
using Detector.Detection.Ladder;
using Detector.Detection.References;
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

    [TestCase(true, 5, 1, true, Verdict.Case, TestName = "An addition between the thresholds is a case where the whole looks like a mixture")]
    [TestCase(true, 1, 5, true, Verdict.Case, TestName = "And where the whole looks like a mine")]
    [TestCase(true, 1, 1, true, Verdict.Watch, TestName = "Where the whole says nothing an addition between the thresholds is watched")]
    [TestCase(true, 99, 1, false, Verdict.Watch, TestName = "A small addition or a return stays watched whatever the whole says")]
    [TestCase(false, 5, 5, true, Verdict.Watch, TestName = "Without history the whole must say more")]
    [TestCase(false, 10, 1, true, Verdict.Case, TestName = "Without history a whole as rare as a case will do")]
    public void By_change_and_the_whole(bool withHistory, double mixed, double pure, bool mayBeCase, Verdict expected)
    {
        var score = new ChangeScore(3, IsCase: false, IsWatch: true, withHistory, 4, 60, 0.01);
        var change = new ChangeEvidence(new OnsetInterval(Loads.Monday, Loads.Monday, Loads.Monday), 50, new ShareInterval(0.4, 0.5, 0.6), score, 0.6, mayBeCase, [], []);
        var decision = Ladder.Decide(Evidence(pure, pure, mixed, 91) with { Change = change });
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
        Assert.That(codes, Is.EqualTo(new[] { "burst", "contracted_kw", "declared_use", "history", "window", "submetering", "inspection" }));
    }

    [Test]
    public void What_is_known_or_would_change_nothing_is_not_asked_for()
    {
        var registration = Loads.Unregistered with { ContractedKilowatts = 100, DeclaredUse = DeclaredUse.Telecom };
        var known = Evidence(5, 5, -9, 91) with { Registration = registration, HistoryDays = 500, CadenceSeconds = 1 };
        Assert.Multiple(() =>
        {
            Assert.That(Codes(known), Is.EqualTo(new[] { "inspection" }));
            Assert.That(Codes(known with { CadenceSeconds = 60 }), Is.EqualTo(new[] { "burst", "inspection" }));
            Assert.That(Codes(known with { HistoryDays = 100 }), Is.EqualTo(new[] { "history", "inspection" }));
        });
    }

    [Test]
    public void An_addition_asks_for_papers_of_it_and_never_for_a_burst()
    {
        var change = new ChangeEvidence(
            new OnsetInterval(Loads.Monday, Loads.Monday, Loads.Monday.AddDays(1)), 50, new ShareInterval(0.4, 0.5, 0.6),
            new ChangeScore(3, IsCase: false, IsWatch: true, WithHistory: true, 5, 150, 0.001), 0.8, MayBeCase: true, [], []);
        var decision = Ladder.Decide(Evidence(1, 1, 1, 91) with { Change = change });
        Assert.Multiple(() =>
        {
            Assert.That(decision.Missing.Select(m => m.Code), Is.EqualTo(new[] { "addition_document", "submetering", "inspection" }));
            Assert.That(decision.Missing[0].Text, Does.Contain("2026-01-05").And.Contain("2026-01-06"));
        });
    }

    [Test]
    public void A_load_unlike_its_declared_use_is_watched_and_never_a_case_for_that()
    {
        var mismatch = Use(mismatch: 0.002, nearerMining: true, pValue: null);
        Assert.Multiple(() =>
        {
            Assert.That(Ladder.Decide(Evidence(1, 1, 1, 91) with { Use = mismatch }), Has.Property("Verdict").EqualTo(Verdict.Watch).And.Property("Carrier").EqualTo(Carrier.Declared));
            Assert.That(Ladder.Decide(Evidence(1, 1, 1, 91) with { Use = Use(0.002, nearerMining: false, null) }).Verdict, Is.EqualTo(Verdict.Clear), "unlike its use, and no more like mining");
            Assert.That(Ladder.Decide(Evidence(1, 1, 1, 91) with { Use = Use(0.2, nearerMining: true, null) }).Verdict, Is.EqualTo(Verdict.Clear), "as its use often is");
            Assert.That(Ladder.Decide(Evidence(-1, -1, -1, 91) with { Use = mismatch }).Verdict, Is.EqualTo(Verdict.Clear), "unlike its use, and nothing in it speaks for mining");
            Assert.That(Ladder.Decide(Evidence(5, 5, 1, 91) with { Use = mismatch }), Has.Property("Verdict").EqualTo(Verdict.Watch).And.Property("Carrier").EqualTo(Carrier.Pure));
        });
    }

    [TestCase(0.002, Verdict.Case, TestName = "Beyond nearly all loads of its use it is a case")]
    [TestCase(0.05, Verdict.Watch, TestName = "What one load of its use in twenty looks like is watched")]
    public void By_its_own_use(double pValue, Verdict expected) =>
        Assert.That(Ladder.Decide(Evidence(12, 12, -9, 91) with { Use = Use(0.5, nearerMining: true, pValue) }).Verdict, Is.EqualTo(expected));

    [TestCase(15, Verdict.Watch, TestName = "A case beyond the alert budget is watched")]
    [TestCase(25, Verdict.Case, TestName = "A case within the alert budget is one")]
    public void By_the_alert_budget(double suspicion, Verdict expected)
    {
        var at = new TailThreshold(20, IsExtrapolated: true);
        var ladder = new DecisionLadder(Thresholds, new JudgeOptions { AlertBudget = 2, FleetMeters = 1000 }, new BudgetThresholds(at, at, at, at));
        var decision = ladder.Decide(Evidence(12, 12, -9, 91) with { Suspicion = suspicion });
        Assert.Multiple(() =>
        {
            Assert.That(decision.Verdict, Is.EqualTo(expected));
            Assert.That(decision.Standing, expected == Verdict.Case ? Is.GreaterThanOrEqualTo(LadderStanding.Case) : Is.LessThan(LadderStanding.Case));
            Assert.That(decision.Missing.Any(m => m.Code == "alert_budget"), Is.EqualTo(expected == Verdict.Watch));
            Assert.That(ladder.Decide(Evidence(1, 1, -9, 91) with { Suspicion = suspicion }).Verdict, Is.EqualTo(Verdict.Clear), "a budget makes nothing a case");
        });
    }

    [Test]
    public void A_load_that_only_began_is_watched() => Assert.That(
        Ladder.Decide(Evidence(20, 20, -99, 91) with { BeganDaysAgo = 20 }).Verdict, Is.EqualTo(Verdict.Watch));

    [TestCase(12, 12, 91, 3.333)]
    [TestCase(10, 10, 91, 3)]
    [TestCase(9.9999, 9.9999, 91, 2.999)]
    [TestCase(7, 7, 91, 2.5)]
    [TestCase(4, 4, 91, 2)]
    [TestCase(1, 1, 91, 1.5)]
    [TestCase(12, 3, 91, 2.999, TestName = "Flatness alone stands below a case")]
    public void The_standing_says_how_far_up_and_never_more_than_the_verdict(double pure, double withoutFlatness, double days, double expected) =>
        Assert.That(Ladder.Decide(Evidence(pure, withoutFlatness, -99, days)).Standing, Is.EqualTo(expected).Within(1e-9));

    private static string[] Codes(Evidence evidence) => [.. Ladder.Decide(evidence).Missing.Select(m => m.Code)];

    private static UseEvidence Use(double mismatch, bool nearerMining, double? pValue) =>
        new(new DeclaredComparison("telecom", pValue, mismatch, 1, 0.5, 400, 100, 0), 1, nearerMining, 0, []);

    private static Evidence Evidence(double pure, double withoutFlatness, double mixed, double days) =>
        new(Scores(pure, withoutFlatness, mixed), null, Loads.Unregistered, days, 100) { HistoryDays = days, CadenceSeconds = 900 };

    internal static ClassEvidence Scores(double pure, double withoutFlatness, double mixed) => new(
        () => [new GroupContribution("flatness", pure - withoutFlatness, 0)], () => [])
    {
        PureScore = pure,
        PureSlope = 1,
        MixedScore = mixed,
        PureLogOdds = pure,
        MixedLogOdds = mixed,
        Probability = 0.5,
        PValue = 0.5,
    };
}
