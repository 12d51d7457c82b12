// SPDX-License-Identifier: Apache-2.0
using Detector.Testing;

namespace Detector.Detection.Tests;

internal sealed class ModelTests
{
    [Test]
    public void Saved_and_loaded_it_says_the_same_and_is_the_same_file()
    {
        using var folder = new TemporaryFolder();
        var first = System.IO.Path.Combine(folder.Path, "first");
        var second = System.IO.Path.Combine(folder.Path, "second");
        SmallModel.Model.Save(first);
        var loaded = DetectorModel.Load(first);
        loaded.Save(second);
        var profile = SmallModel.Profiles.Build(Loads.Mining(91, 77), Loads.Unregistered);
        var (before, after) = (SmallModel.Model.Score(profile), loaded.Score(profile));
        Assert.Multiple(() =>
        {
            Assert.That(File.ReadAllBytes(Model(second)), Is.EqualTo(File.ReadAllBytes(Model(first))));
            Assert.That((after.PureScore, after.MixedScore, after.Probability, after.PValue), Is.EqualTo((before.PureScore, before.MixedScore, before.Probability, before.PValue)));
            Assert.That(loaded.Id, Is.EqualTo("hashrate/1"));
        });
    }

    [Test]
    public void The_same_samples_give_the_same_file_however_many_folds_are_fitted_at_once()
    {
        using var folder = new TemporaryFolder();
        var first = System.IO.Path.Combine(folder.Path, "first");
        var second = System.IO.Path.Combine(folder.Path, "second");
        var (alone, together) = (SmallModel.Options, SmallModel.Options);
        (alone.Threads, together.Threads) = (1, 3);
        Trainer.Fit(SmallModel.Samples, alone, null, CancellationToken.None).Save(first);
        Trainer.Fit(SmallModel.Samples, together, null, CancellationToken.None).Save(second);
        Assert.That(File.ReadAllBytes(Model(second)), Is.EqualTo(File.ReadAllBytes(Model(first))));
    }

    [Test]
    public void Dealing_the_sites_to_folds_once_more_moves_the_threshold_and_no_tree()
    {
        var options = SmallModel.Options;
        options.Dealings = 2;
        var twice = Trainer.Fit(SmallModel.Samples, options, null, CancellationToken.None);
        var profile = SmallModel.Profiles.Build(Loads.Mining(91, 77), Loads.Unregistered);
        Assert.Multiple(() =>
        {
            Assert.That(twice.Score(profile).PureScore, Is.EqualTo(SmallModel.Model.Score(profile).PureScore));
            Assert.That(twice.Thresholds.Of(91).PureWatch, Is.Not.EqualTo(SmallModel.Model.Thresholds.Of(91).PureWatch));
            Assert.That(twice.Thresholds.Of(91).MixedWatch, Is.EqualTo(SmallModel.Model.Thresholds.Of(91).MixedWatch), "mixtures are dealt once");
        });
    }

    [Test]
    public void Group_contributions_add_up_to_the_log_odds_but_for_a_constant()
    {
        var constants = SmallModel.Samples.Take(60).Select(s => SmallModel.Model.Score(s.Profile))
            .Select(e => e.PureLogOdds - e.PureGroups.Sum(g => g.LogOdds)).ToArray();
        Assert.That(constants, Has.All.EqualTo(constants[0]).Within(1e-9));
    }

    [Test]
    public void Mining_is_told_from_buildings_never_seen()
    {
        var mining = SmallModel.Model.Score(SmallModel.Profiles.Build(Loads.Mining(91, 5000), Loads.Unregistered));
        var honest = SmallModel.Model.Score(SmallModel.Profiles.Build(Loads.Honest(91, 6000), Loads.Unregistered));
        Assert.Multiple(() =>
        {
            Assert.That(mining.Probability, Is.GreaterThan(0.5));
            Assert.That(honest.Probability, Is.LessThan(0.06), "below the prior");
            Assert.That(mining.PValue, Is.LessThan(honest.PValue));
        });
    }

    [Test]
    public void A_folder_without_a_model_is_named()
    {
        using var folder = new TemporaryFolder();
        Assert.That(() => DetectorModel.Load(folder.Path), Throws.InstanceOf<InvalidDataException>().With.Message.Contains("model.json is missing"));
    }

    [Test]
    public void A_changed_file_is_refused()
    {
        using var folder = new TemporaryFolder();
        SmallModel.Model.Save(folder.Path);
        File.WriteAllText(Model(folder.Path), File.ReadAllText(Model(folder.Path)).Replace("\"pure_prior\":0.03", "\"pure_prior\":0.30", StringComparison.Ordinal));
        Assert.That(() => DetectorModel.Load(folder.Path), Throws.InstanceOf<InvalidDataException>().With.Message.Contains("checksum"));
    }

    [TestCase("{}")]
    [TestCase("[1, 2")]
    [TestCase("""{"format":"detector-model/9","sha256":"","content":{}}""")]
    public void Any_other_file_is_refused_with_its_name(string text)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(Model(folder.Path), text);
        Assert.That(() => DetectorModel.Load(folder.Path), Throws.InstanceOf<InvalidDataException>().With.Message.Contains("model.json"));
    }

    [Test]
    public void Too_few_sites_are_refused() => Assert.That(
        () => SmallModel.Fit([.. SmallModel.Samples.Where(s => s.Class != SampleClass.Mixture)]),
        Throws.ArgumentException.With.Message.Contains("Mixture samples come from 0 sites"));

    private static string Model(string folder) => System.IO.Path.Combine(folder, "model.json");
}
