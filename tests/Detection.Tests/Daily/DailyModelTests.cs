// SPDX-License-Identifier: Apache-2.0
using Detector.Detection.Daily;
using Detector.Profiles.Daily;
using Detector.Testing;

namespace Detector.Detection.Tests.Daily;

internal sealed class DailyModelTests
{
    [Test]
    public void Saved_and_loaded_it_says_the_same_and_is_the_same_file()
    {
        using var folder = new TemporaryFolder();
        SmallDaily.Model.Save(folder.In("first"));
        var loaded = DailyModel.TryLoad(folder.In("first"))!;
        loaded.Save(folder.In("second"));
        var profile = SmallDaily.Profile(SmallDaily.Mining(182, 77));
        Assert.Multiple(() =>
        {
            Assert.That(File.ReadAllBytes(folder.In("second", DailyModel.FileName)), Is.EqualTo(File.ReadAllBytes(folder.In("first", DailyModel.FileName))));
            Assert.That(loaded.Score(profile).Score, Is.EqualTo(SmallDaily.Model.Score(profile).Score));
            Assert.That(loaded.Thresholds, Is.EqualTo(SmallDaily.Model.Thresholds));
        });
    }

    [Test]
    public void The_same_samples_give_the_same_file()
    {
        using var folder = new TemporaryFolder();
        SmallDaily.Model.Save(folder.In("first"));
        DailyTrainer.Fit(SmallDaily.Samples, SmallDaily.Options, null, CancellationToken.None).Save(folder.In("second"));
        Assert.That(File.ReadAllBytes(folder.In("second", DailyModel.FileName)), Is.EqualTo(File.ReadAllBytes(folder.In("first", DailyModel.FileName))));
    }

    [Test]
    public void A_folder_without_it_has_none_and_a_damaged_one_is_refused()
    {
        using var folder = new TemporaryFolder();
        var absent = DailyModel.TryLoad(folder.Path);
        SmallDaily.Model.Save(folder.Path);
        var path = folder.In(DailyModel.FileName);
        File.WriteAllText(path, File.ReadAllText(path).Replace("\"prior\":0.06", "\"prior\":0.5", StringComparison.Ordinal));
        Assert.Multiple(() =>
        {
            Assert.That(absent, Is.Null);
            Assert.That(() => DailyModel.TryLoad(folder.Path), Throws.InstanceOf<InvalidDataException>().With.Message.Contains("checksum"));
        });
    }

    [Test]
    public void Group_contributions_add_up_to_the_log_odds_but_for_a_constant()
    {
        double[] constants =
        [
            .. SmallDaily.Samples.Take(40).Select(s => SmallDaily.Model.Score(s.Profile)).Select(e => e.LogOdds - e.Groups.Sum(g => g.LogOdds)),
        ];
        Assert.That(constants.Max() - constants.Min(), Is.LessThan(1e-6));
    }

    [Test]
    public void It_tells_mines_from_buildings_of_sites_it_never_saw() => Assert.That(
        SmallDaily.Model.Score(SmallDaily.Profile(SmallDaily.Mining(182, 9001))).Score,
        Is.GreaterThan(SmallDaily.Model.Score(SmallDaily.Profile(SmallDaily.Honest(182, 9002))).Score));

    [Test]
    public void Every_group_has_its_words() =>
        Assert.That(DailyCatalog.Default().Groups.Where(g => !DailyTexts.Has(g.Group)), Is.Empty);

    [Test]
    public void Too_few_sites_are_refused() => Assert.That(
        () => DailyTrainer.Fit([.. SmallDaily.Samples.Where(s => s.Class == SampleClass.Honest)], SmallDaily.Options, null, CancellationToken.None),
        Throws.ArgumentException.With.Message.Contains("Mining samples come from 0 sites"));
}
