// SPDX-License-Identifier: Apache-2.0
using Detector.Analysis.Changes;
using Detector.Analysis.Corpora;
using Detector.Analysis.Evaluation;
using Detector.Detection;
using Detector.Metering;
using Detector.Simulation;

namespace Detector.Analysis.Tests.Changes;

internal sealed class HonestAdditionTests
{
    private const int Age = 40 * 24;

    private static readonly ChangeHost[] Hosts = [.. ChangeHost.Of([Loads.Building("b1", 1, 100), Loads.Building("b2", 2, 100), Loads.Building("b3", 3, 100, "elsewhere")], 1)];
    private static readonly ChangeHost Host = Hosts[0];

    [TestCase(0.5)]
    [TestCase(0.2)]
    public void A_simulated_addition_has_its_share_from_the_onset_on_and_changes_nothing_before(double share)
    {
        var addition = HonestAddition.Simulated(Host, share, Age, new Prng(7));
        var made = addition.Into(Host, Host.First).PowerKilowatts;
        var onset = made.Length - Age;
        var honest = Host.MeanKilowatts(Age);
        var total = LoadValues.Mean(made.AsSpan(onset));
        Assert.Multiple(() =>
        {
            Assert.That(SimulatedHonest.Classes, Does.Contain(addition.Kind));
            Assert.That((total - honest) / total, Is.EqualTo(share).Within(0.002));
            Assert.That(total - honest, Is.EqualTo(addition.Kilowatts(Host)).Within(0.2));
            Assert.That(made[..onset], Is.EqualTo(Host.Window.Series.PowerKilowatts[..onset]));
        });
    }

    [Test]
    public void The_same_chance_gives_the_same_addition_and_chance_gives_every_class()
    {
        var kinds = Enumerable.Range(0, 400).Select(i => HonestAddition.Simulated(Host, 0.3, 48, new Prng(i)).Kind!).ToHashSet();
        var (one, again) = (HonestAddition.Simulated(Host, 0.3, Age, new Prng(3)), HonestAddition.Simulated(Host, 0.3, Age, new Prng(3)));
        Assert.Multiple(() =>
        {
            Assert.That(kinds, Is.EquivalentTo(SimulatedHonest.Classes));
            Assert.That(one.Load.ToArray(), Is.EqualTo(again.Load.ToArray()));
        });
    }

    [Test]
    public void A_recorded_addition_is_of_another_site_of_the_same_source()
    {
        var ofB2 = Hosts[1].Window.Series.PowerKilowatts;
        var drawn = Enumerable.Range(0, 50).Select(i => HonestAddition.Recorded(Host, Hosts, 0.3, Age, new Prng(i))).OfType<HonestAddition>().ToArray();
        Assert.Multiple(() =>
        {
            Assert.That(drawn, Is.Not.Empty);
            Assert.That(drawn.All(d => d.Load.Span.SequenceEqual(ofB2.AsSpan(ofB2.Length - Age))), Is.True);
            Assert.That(drawn.Select(d => d.IsMoved).Distinct(), Is.EquivalentTo(new[] { true, false }));
            Assert.That(HonestAddition.Recorded(Hosts[2], Hosts, 0.3, Age, new Prng(1)), Is.Null, "there is no other site of its source");
        });
    }

    [Test]
    public void Judged_mining_is_no_honest_addition_and_the_other_way_round()
    {
        var addition = Judged(SampleClass.Honest);
        var mining = Judged(SampleClass.Mixture);
        Assert.Multiple(() =>
        {
            Assert.That(ChangePopulation.Honest(0.5, history: false).Holds(addition), Is.True);
            Assert.That(ChangePopulation.Honest(null, history: false, "hpc").Holds(addition), Is.True);
            Assert.That(ChangePopulation.Honest(null, history: false, "telecom").Holds(addition), Is.False);
            Assert.That(ChangePopulation.Honest(0.5, history: true).Holds(addition), Is.False);
            Assert.That(ChangePopulation.Honest(0.5, history: false).Holds(mining), Is.False);
            Assert.That(ChangePopulation.Of(0.5, history: false, large: true).Holds(mining), Is.True);
            Assert.That(ChangePopulation.Of(0.5, history: false, large: true).Holds(addition), Is.False);
        });
    }

    private static JudgedWindow Judged(SampleClass of) => new()
    {
        Source = "here",
        Site = "b1",
        Name = "b1",
        Days = PlanSizes.LongDays,
        Class = of,
        Share = 0.5,
        Style = of == SampleClass.Honest ? "hpc" : "steady",
        Since = MiningSince.Onset,
        Verdict = Verdict.Watch,
        Missing = string.Empty,
        Probability = 0.1,
        PValue = 0.1,
        Suspicion = 0.1,
        Baselines = [],
        Change = new ChangeTruth(false, 12, 0, double.NaN),
    };
}
