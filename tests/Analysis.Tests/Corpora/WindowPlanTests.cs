// SPDX-License-Identifier: Apache-2.0
using Detector.Analysis.Corpora;
using Detector.Analysis.Injection;
using Detector.Detection;

namespace Detector.Analysis.Tests.Corpora;

internal sealed class WindowPlanTests
{
    private static readonly RecordedLoad[] Buildings = [.. Enumerable.Range(0, 6).Select(i => Loads.Building($"b{i}", i, 200))];

    [Test]
    public void Mines_read_more_often_are_the_same_mines()
    {
        var hourly = Plan("judge", 1).Pure(1, brief: false, companyShare: 0).First(r => r.Style == "steady");
        var quarters = Plan("judge", 1).PureEvery(TimeSpan.FromMinutes(15), 1).First(r => r.Style == "steady");
        var (seldom, often) = (hourly.Make(), quarters.Make());
        Assert.Multiple(() =>
        {
            Assert.That(quarters.Name, Is.EqualTo(hourly.Name));
            Assert.That(often.Range, Is.EqualTo(seldom.Range));
            Assert.That(LoadValues.Mean(often.PowerKilowatts), Is.EqualTo(LoadValues.Mean(seldom.PowerKilowatts)).Within(2).Percent);
        });
    }

    [Test]
    public void The_same_plan_makes_the_same_windows()
    {
        var once = Mixtures("train", 1).First();
        Assert.Multiple(() =>
        {
            Assert.That(once.Make().PowerKilowatts, Is.EqualTo(Mixtures("train", 1).First().Make().PowerKilowatts));
            Assert.That(once.Make().PowerKilowatts, Is.Not.EqualTo(Mixtures("train", 2).First().Make().PowerKilowatts));
        });
    }

    [Test]
    public void Training_and_judging_never_share_a_mining_load()
    {
        var trained = Plan("train", 1).Pure(2, brief: false, companyShare: 0).ToArray();
        var judged = Plan("judge", 1).Pure(2, brief: false, companyShare: 0).ToArray();
        Assert.Multiple(() =>
        {
            Assert.That(trained.Select(r => r.Site).Intersect(judged.Select(r => r.Site)), Is.Empty);
            Assert.That(trained[0].Make().PowerKilowatts, Is.Not.EqualTo(judged[0].Make().PowerKilowatts));
        });
    }

    [Test]
    public void Mixtures_carry_their_hosts_site_and_source_and_half_have_an_onset()
    {
        var mixtures = Mixtures("train", 1).ToArray();
        Assert.Multiple(() =>
        {
            Assert.That(mixtures.Select(r => r.Site).Distinct(), Is.SubsetOf(Buildings.Select(b => b.Site)));
            Assert.That(mixtures.Select(r => r.Class), Is.All.EqualTo(SampleClass.Mixture));
            Assert.That(mixtures.Select(r => r.Share), Is.All.InRange(0.2, 0.7));
            Assert.That(mixtures.Where(r => r.Since == MiningSince.Onset).Select(r => r.Onset), Is.All.Not.Null);
        });
    }

    [Test]
    public void Composites_are_honest_and_weigh_half()
    {
        var sums = Plan("train", 1).Composites(1).ToArray();
        Assert.Multiple(() =>
        {
            Assert.That(sums, Is.Not.Empty);
            Assert.That(sums.Select(r => r.Class), Is.All.EqualTo(SampleClass.Honest));
            Assert.That(sums.Select(r => r.Weight), Is.All.EqualTo(0.5));
            Assert.That(LoadValues.Mean(sums[0].Make().PowerKilowatts), Is.GreaterThan(90)); // one building has about 65 kW
        });
    }

    [Test]
    public void Unseen_styles_are_judged_and_never_trained_on() => Assert.Multiple(() =>
    {
        Assert.That(Plan("judge", 1).Unseen(1, brief: false).Select(r => r.Style), Is.EqualTo(MiningLoads.Unseen).And.Not.Empty);
        Assert.That(Plan("train", 1).Pure(4, brief: false, companyShare: 0.4).Concat(Plan("train", 1).TrainingMixtures(8)).Select(r => r.Style), Has.None.AnyOf([.. MiningLoads.Unseen]));
    });

    [Test]
    public void Every_style_is_mined_pure() =>
        Assert.That(Plan("train", 1).Pure(1, brief: false, companyShare: 0).Select(r => r.Style), Is.EqualTo(MiningLoads.Trained));

    private static WindowPlan Plan(string role, int seed) => new(Buildings, new MiningLoads(seed), role, 2, 2);

    private static IEnumerable<WindowRecipe> Mixtures(string role, int seed) => Plan(role, seed).TrainingMixtures(2);
}
