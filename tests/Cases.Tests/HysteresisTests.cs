// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Cases.Tests;

/// <summary>A meter that stands close to a threshold does not change its verdict from look to look.</summary>
public sealed class HysteresisTests
{
    private CasesBench _bench = null!;

    [SetUp]
    public async Task Open() => _bench = await CasesBench.OpenAsync();

    [TearDown]
    public async Task Close() => await _bench.DisposeAsync();

    [Test]
    public async Task A_score_that_dithers_round_the_threshold_of_a_case_stays_a_case()
    {
        double[] standings = [3.1, 2.9, 3.05, 2.8, 2.95, 3.2, 2.76, 2.9, 3.01, 2.9];
        Assert.That(await VerdictsAsync(standings), Is.All.EqualTo(Verdict.Case));
        Assert.That((await _bench.Desk.ListAsync(new CaseFilter(), default)).Single().EvidenceVersion, Is.EqualTo(1), "nothing for people to look at again");
    }

    [Test]
    public async Task It_rises_at_once_and_falls_at_once_when_it_stands_clearly_below()
    {
        Assert.That(
            await VerdictsAsync([1.5, 2.1, 3.0, 2.74, 1.9, 1.74]),
            Is.EqualTo(new[] { Verdict.Clear, Verdict.Watch, Verdict.Case, Verdict.Watch, Verdict.Watch, Verdict.Clear }));
    }

    [Test]
    public async Task It_falls_after_the_stated_number_of_looks_in_a_row()
    {
        var verdicts = await VerdictsAsync([3.1, .. Enumerable.Repeat(2.9, 8)]);
        Assert.That(verdicts, Is.EqualTo(Enumerable.Repeat(Verdict.Case, 7).Concat([Verdict.Watch, Verdict.Watch])));
    }

    [Test]
    public async Task A_look_that_says_as_much_as_the_verdict_begins_the_count_anew()
    {
        var verdicts = await VerdictsAsync([3.1, .. Enumerable.Repeat(2.9, 6), 3.0, .. Enumerable.Repeat(2.9, 6)]);
        Assert.That(verdicts, Is.All.EqualTo(Verdict.Case));
    }

    [Test]
    public async Task From_a_case_to_nothing_it_may_come_to_rest_on_a_watch() =>
        Assert.That(await VerdictsAsync([3.1, 1.9, 1.9]), Is.EqualTo(new[] { Verdict.Case, Verdict.Watch, Verdict.Watch }));

    [Test]
    public async Task A_held_verdict_says_so_in_both_languages_and_survives_a_restart()
    {
        await VerdictsAsync([3.1, 2.9]);
        await using var other = await _bench.OpenDeskAsync();
        await other.ConsiderAsync(Standing(2.9, 2), default);
        var held = (await other.HistoryAsync("s-1", default))[0].Finding;
        Assert.Multiple(() =>
        {
            Assert.That((held.Verdict, held.Held!.Alone, held.Held.Looks, held.Held.Needed), Is.EqualTo((Verdict.Case, Verdict.Watch, 2, 7)));
            Assert.That(held.Held!.Text, Does.Contain("alone says watch").And.Contain("stays case"));
            Assert.That(held.Held.TextZh, Does.Contain("观察").And.Contain("立案"));
            Assert.That(held.Standing, Is.EqualTo(2.9), "where the look itself stands is not changed");
        });
    }

    [Test]
    public async Task Several_looks_on_one_day_count_once()
    {
        await _bench.Desk.ConsiderAsync(Standing(3.1, 0), default);
        for (var quarter = 1; quarter <= 20; quarter++)
        {
            var look = Standing(2.9, 1);
            await _bench.Desk.ConsiderAsync(look with { Window = new TimeRange(look.Window.From, look.Window.To + TimeSpan.FromMinutes(15 * quarter)) }, default);
        }

        Assert.That((await _bench.Desk.HistoryAsync("s-1", default))[0].Finding.Held!.Looks, Is.EqualTo(1));
    }

    [Test]
    public async Task Another_model_an_insufficient_look_and_a_finding_without_a_standing_begin_anew()
    {
        await VerdictsAsync([3.1]);
        await _bench.Desk.ConsiderAsync(Standing(2.9, 1) with { Model = "trees/2" }, default);
        Assert.That((await LatestAsync()).Verdict, Is.EqualTo(Verdict.Watch));
        await _bench.Desk.ConsiderAsync(Standing(3.1, 2) with { Model = "trees/2" }, default);
        await _bench.Desk.ConsiderAsync(CasesBench.Finding(verdict: Verdict.Insufficient, day: 3, model: "trees/2"), default);
        Assert.That((await LatestAsync()).Verdict, Is.EqualTo(Verdict.Insufficient));
        await _bench.Desk.ConsiderAsync(Standing(3.1, 4) with { Model = "trees/2" }, default);
        await _bench.Desk.ConsiderAsync(CasesBench.Finding(verdict: Verdict.Watch, day: 5, model: "trees/2"), default);
        Assert.That((await LatestAsync()).Verdict, Is.EqualTo(Verdict.Watch));
    }

    [Test]
    public async Task One_look_turns_the_hold_off()
    {
        await _bench.DisposeAsync();
        _bench = await CasesBench.OpenAsync(new CasesOptions { FallAfterLooks = 1 });
        Assert.That(await VerdictsAsync([3.1, 2.99, 3.0]), Is.EqualTo(new[] { Verdict.Case, Verdict.Watch, Verdict.Case }));
    }

    private static Finding Standing(double standing, int day)
    {
        var verdict = standing >= LadderStanding.Case ? Verdict.Case : standing >= LadderStanding.Watch ? Verdict.Watch : Verdict.Clear;
        return CasesBench.Finding(verdict: verdict, day: day) with { Standing = standing, Share = null, Onset = null };
    }

    private async Task<List<Verdict>> VerdictsAsync(double[] standings)
    {
        var verdicts = new List<Verdict>();
        for (var day = 0; day < standings.Length; day++)
        {
            await _bench.Desk.ConsiderAsync(Standing(standings[day], day), default);
            verdicts.Add((await LatestAsync()).Verdict);
        }

        return verdicts;
    }

    private async Task<Finding> LatestAsync() => (await _bench.Desk.HistoryAsync("s-1", default))[0].Finding;
}
