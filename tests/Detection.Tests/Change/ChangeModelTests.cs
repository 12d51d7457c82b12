// SPDX-License-Identifier: Apache-2.0
using Detector.Detection.Change;
using Detector.Detection.Change.Features;
using Detector.Detection.Explanation;
using Detector.Testing;

namespace Detector.Detection.Tests.Change;

internal sealed class ChangeModelTests
{
    [Test]
    public void Contributions_of_the_groups_and_a_constant_add_up_to_the_log_odds()
    {
        var constants = SmallChange.Samples.Where(s => s.WithHistory).Take(20)
            .Select(s => SmallChange.Model.Score(s.Values, true).LogOdds - SmallChange.Model.Groups(s.Values, true).Sum(g => g.LogOdds)).ToArray();
        Assert.That(constants, Is.All.EqualTo(constants[0]).Within(1e-6));
    }

    [Test]
    public void The_same_samples_and_seed_give_the_same_file_and_it_is_read_back()
    {
        using var folder = new TemporaryFolder();
        SmallModel.Model.With(SmallChange.Model).Save(folder.In("a"));
        SmallModel.Model.With(SmallChange.Fit()).Save(folder.In("b"));
        var read = DetectorModel.Load(folder.In("a")).Change!;
        var sample = SmallChange.Samples[0];
        Assert.Multiple(() =>
        {
            Assert.That(File.ReadAllBytes(folder.In("a", ChangeFile.FileName)), Is.EqualTo(File.ReadAllBytes(folder.In("b", ChangeFile.FileName))));
            Assert.That(read.Score(sample.Values, sample.WithHistory), Is.EqualTo(SmallChange.Model.Score(sample.Values, sample.WithHistory)));
        });
    }

    [Test]
    public void A_model_without_change_evidence_still_loads_and_says_so()
    {
        using var folder = new TemporaryFolder();
        SmallModel.Model.Save(folder.Path);
        Assert.That(DetectorModel.Load(folder.Path).Change, Is.Null);
    }

    [Test]
    public void Damaged_change_evidence_is_refused()
    {
        using var folder = new TemporaryFolder();
        SmallModel.Model.With(SmallChange.Model).Save(folder.Path);
        var file = folder.In(ChangeFile.FileName);
        File.WriteAllText(file, File.ReadAllText(file).Replace("\"slope\":", "\"slope\":1", StringComparison.Ordinal));
        Assert.That(() => DetectorModel.Load(folder.Path), Throws.TypeOf<InvalidDataException>().With.Message.Contains("checksum"));
    }

    [Test]
    public void The_same_samples_give_the_same_file_however_many_folds_are_fitted_at_once()
    {
        using var folder = new TemporaryFolder();
        var files = new[] { 1, 3 }.Select(threads =>
        {
            var options = SmallChange.Options;
            options.Threads = threads;
            SmallModel.Model.With(ChangeTrainer.Fit(SmallChange.Samples, options, 1, null, CancellationToken.None)).Save(folder.In($"{threads}"));
            return File.ReadAllBytes(Path.Combine(folder.In($"{threads}"), ChangeFile.FileName));
        }).ToArray();
        Assert.That(files[1], Is.EqualTo(files[0]));
    }

    [Test]
    public void A_stretch_of_honest_load_counts_once_over_all_looks()
    {
        var sample = SmallChange.Samples.Where(s => !s.IsMining && !s.WithHistory).MaxBy(s => SmallChange.Model.Score(s.Values, false).Score)!;
        var looks = Enumerable.Range(0, 50).Select(look => sample with { Look = look });
        var again = ChangeTrainer.Fit([.. SmallChange.Samples, .. looks], SmallChange.Options, 1, null, CancellationToken.None)!;
        var all = again.Content.Window.Sources.Single(s => s.Source == "all sources");
        Assert.That(all.Windows, Is.EqualTo(SmallChange.Samples.Where(s => !s.IsMining && !s.WithHistory).Select(s => s.Window).Distinct().Count()));
    }

    [Test]
    public void Simulated_honest_additions_teach_the_trees_and_say_nothing_of_how_rare_a_score_is()
    {
        ChangeSample[] mining = [.. SmallChange.Samples.Where(s => s is { IsMining: true, WithHistory: false })];
        var halls = mining.Select(s => s with { IsMining = false, IsMade = true, IsSimulated = true, Style = null, Trial = null, Window = string.Empty });
        var taught = ChangeTrainer.Fit([.. SmallChange.Samples, .. halls, .. halls], SmallChange.Options, 1, null, CancellationToken.None)!;
        double Score(ChangeModel model) => mining.Average(s => model.Content.Window.Trees.Score(s.Values));
        Assert.Multiple(() =>
        {
            Assert.That(Score(taught), Is.LessThan(Score(SmallChange.Model)), "what a hall may look like, too, speaks less for mining");
            Assert.That(taught.Content.Window.Sources.Select(s => (s.Source, s.Windows, s.Sites)), Is.EqualTo(SmallChange.Model.Content.Window.Sources.Select(s => (s.Source, s.Windows, s.Sites))));
            Assert.That(taught.Content.Honest, Is.EqualTo(SmallChange.Model.Content.Honest));
        });
    }

    [Test]
    public void Too_few_sites_give_no_evidence() =>
        Assert.That(ChangeTrainer.Fit([.. SmallChange.Samples.Take(10)], SmallChange.Options, 1, null, CancellationToken.None), Is.Null);

    [Test]
    public void Every_group_has_its_texts() =>
        Assert.That(ChangeCatalog.Default().Groups.Select(g => GroupTexts.Has(g.Group)), Is.All.True);

    [Test]
    public void A_group_twice_is_refused()
    {
        var catalog = ChangeCatalog.Default();
        Assert.That(() => catalog.Add(new ShapeGroup()), Throws.ArgumentException);
    }
}
