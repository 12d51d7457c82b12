// SPDX-License-Identifier: Apache-2.0
using Detector.Detection.Training;
using Detector.Profiles;

namespace Detector.Detection.Tests;

/// <summary>Honest sites by their kind.</summary>
internal sealed class SiteGroupsTests
{
    private static readonly TrainingSet Set = Of([.. SmallModel.Samples.Where(s => s.Class == SampleClass.Honest).Take(24), .. Flat(12)]);

    [Test]
    public void Loads_of_one_kind_are_in_one_group_and_of_another_kind_in_another()
    {
        var groups = SiteGroups.Of(Set, 2, seed: 1);
        var flat = groups.Where(g => g.Key.StartsWith("flat-", StringComparison.Ordinal)).Select(g => g.Value).Distinct().ToArray();
        var offices = groups.Where(g => g.Key.StartsWith("building-", StringComparison.Ordinal)).Select(g => g.Value).Distinct().ToArray();
        Assert.That((groups.Count, flat.Length, offices.Length), Is.EqualTo((36, 1, 1)));
        Assert.That(flat, Is.Not.EqualTo(offices));
    }

    [Test]
    public void The_order_of_the_samples_does_not_matter()
    {
        var turned = Of([.. Set.Samples.Reverse()]);
        Assert.That(Together(SiteGroups.Of(turned, 5, seed: 3)), Is.EquivalentTo(Together(SiteGroups.Of(Set, 5, seed: 3))));
    }

    [Test]
    public void Where_sites_are_the_same_there_are_fewer_groups_than_asked_for()
    {
        var one = SmallModel.Samples.First(s => s.Class == SampleClass.Honest);
        var groups = SiteGroups.Of(Of([.. Enumerable.Range(0, 6).Select(i => one with { Site = $"same-{i}" })]), 4, seed: 1);
        Assert.That((groups.Count, groups.Values.Distinct().Count()), Is.EqualTo((6, 1)));
    }

    [Test]
    public void Where_all_honest_sites_are_of_one_kind_a_model_is_trained_as_by_sites()
    {
        var one = SmallModel.Samples.First(s => s.Class == SampleClass.Honest).Profile;
        var model = SmallModel.Fit([.. SmallModel.Samples.Select(s => s.Class == SampleClass.Honest ? s with { Profile = one } : s)]);
        Assert.That(model.Score(SmallModel.Samples.First(s => s.Class == SampleClass.Mixture).Profile).MixedLogOdds, Is.GreaterThan(model.Score(one).MixedLogOdds));
    }

    [Test]
    public void Ensembles_alone_score_as_those_of_a_whole_model()
    {
        var heads = UncalibratedHeads.Fit(SmallModel.Samples, SmallModel.Options, CancellationToken.None);
        Assert.That(
            SmallModel.Samples.Take(30).Select(s => heads.Score(s.Profile)),
            Is.EqualTo(SmallModel.Samples.Take(30).Select(s => SmallModel.Model.Score(s.Profile)).Select(e => (e.PureScore, e.MixedScore))));
    }

    [Test]
    public void Leaving_kinds_out_moves_the_probability_of_mixtures_and_nothing_else()
    {
        var options = SmallModel.Options;
        options.Kinds = 6;
        var other = Trainer.Fit(SmallModel.Samples, options, null, CancellationToken.None);
        var profile = SmallModel.Samples.First(s => s.Class == SampleClass.Mixture).Profile;
        var (before, after) = (SmallModel.Model.Score(profile), other.Score(profile));
        Assert.Multiple(() =>
        {
            Assert.That((after.PureScore, after.MixedScore, after.PureLogOdds), Is.EqualTo((before.PureScore, before.MixedScore, before.PureLogOdds)));
            Assert.That(after.MixedLogOdds, Is.Not.EqualTo(before.MixedLogOdds));
            Assert.That(other.Thresholds.Of(91), Is.EqualTo(SmallModel.Model.Thresholds.Of(91)));
        });
    }

    private static IEnumerable<TrainingSample> Flat(int sites) => Enumerable.Range(0, sites).Select(i => new TrainingSample(
        SmallModel.Profiles.Build(Loads.Mining(91, 500 + i), Loads.Unregistered), SampleClass.Honest, 0, "town", $"flat-{i}", null, 1));

    private static TrainingSet Of(IReadOnlyList<TrainingSample> samples) => new(samples, HonestReference.Of(samples, FeatureCatalog.Default()));

    // Groups without their numbers, which hang on the order in which they were found.
    private static IEnumerable<string> Together(IReadOnlyDictionary<string, int> groups) =>
        groups.GroupBy(g => g.Value, g => g.Key).Select(g => string.Join(' ', g.Order(StringComparer.Ordinal)));
}
