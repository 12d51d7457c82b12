// SPDX-License-Identifier: Apache-2.0
using Detector.Detection.Explanation;
using Detector.Detection.References;
using Detector.Metering;
using Detector.Testing;

namespace Detector.Detection.Tests.References;

internal sealed class ReferenceTests
{
    private static readonly Judge Judge = new(SmallReferences.Model, SmallModel.Profiles, new JudgeOptions());

    [Test]
    public void The_nearest_references_are_named_by_kind_in_both_languages()
    {
        var finding = Judge.Assess(Loads.Honest(91, 77), Loads.Unregistered, null);
        Assert.Multiple(() =>
        {
            Assert.That(finding.Nearest!.Honest.Kind, Is.EqualTo("building"));
            Assert.That(finding.Nearest.Honest.Text, Is.EqualTo("building by formula, 91 days"));
            Assert.That(finding.Nearest.Honest.TextZh, Does.Contain("91天"));
            Assert.That(finding.Nearest.Mining.Kind, Is.EqualTo("simulated_mining_steady"));
            Assert.That(finding.Nearest.Honest.Distance, Is.LessThan(finding.Nearest.Mining.Distance));
            Assert.That(finding.Declared, Is.Null, "nothing was declared");
        });
    }

    [Test]
    public void Mining_is_nearest_to_mining()
    {
        var nearest = Judge.Assess(Loads.Mining(91, 78), Loads.Unregistered, null).Nearest!;
        Assert.That(nearest.Mining.Distance, Is.LessThan(nearest.Honest.Distance));
    }

    [Test]
    public void A_load_like_its_declared_use_has_that_said_for_it()
    {
        var finding = Judge.Assess(SmallReferences.Cycling(91, 5), Loads.Unregistered with { DeclaredUse = DeclaredUse.ColdStorage }, null);
        var reason = finding.Reasons.Single(r => r.Group == "declared_use");
        Assert.Multiple(() =>
        {
            Assert.That(reason.ForMining, Is.False);
            Assert.That(reason.Weight, Is.GreaterThan(0));
            Assert.That(reason.InTotal, Is.False);
            Assert.That(reason.Number!.Reference, Is.EqualTo("cold_storage"));
            Assert.That(finding.Declared!.MismatchPValue, Is.GreaterThan(0.01));
            Assert.That((finding.Declared.Use, finding.Declared.Sites, finding.Declared.RecordedSites), Is.EqualTo(("cold_storage", 110, 0)));
            Assert.That(finding.Declared.PValue, Is.Null, "110 windows are too few for a p-value of the use");
        });
    }

    [Test]
    public void Mining_declared_as_cold_storage_is_a_mismatch_and_judged_against_that_use()
    {
        var finding = Judge.Assess(Loads.Mining(91, 79), Loads.Unregistered with { DeclaredUse = DeclaredUse.ColdStorage }, null);
        var reason = finding.Reasons.Single(r => r.Group == "declared_use");
        Assert.Multiple(() =>
        {
            Assert.That(reason.ForMining, Is.True);
            Assert.That(reason.Text, Does.Contain("cold storage").And.EndsWith("."));
            Assert.That(reason.TextZh, Does.Contain("冷库").And.EndsWith("。"));
            Assert.That(finding.Declared!.MismatchPValue, Is.LessThan(0.01));
            Assert.That(finding.Reasons.Where(r => r.InTotal).Select(r => r.Number!.Reference), Is.All.EqualTo("cold_storage"));
            Assert.That(finding.Reasons.First(r => r.InTotal).Text, Does.Contain("honest load declared as cold storage lies from"));
        });
    }

    [Test]
    public void A_building_declared_as_cold_storage_is_unlike_it_and_not_lifted_for_that()
    {
        var finding = Judge.Assess(Loads.Honest(91, 80), Loads.Unregistered with { DeclaredUse = DeclaredUse.ColdStorage }, null);
        Assert.That(finding.Verdict, Is.EqualTo(Verdict.Clear));
    }

    [Test]
    public void A_use_of_too_few_sites_has_no_reference_and_nothing_is_said_of_it()
    {
        var finding = Judge.Assess(Loads.Honest(91, 81), Loads.Unregistered with { DeclaredUse = DeclaredUse.Water }, null);
        Assert.Multiple(() =>
        {
            Assert.That(SmallReferences.Book.Uses.Select(u => u.Use), Is.EqualTo(new[] { DeclaredUse.Commercial, DeclaredUse.ColdStorage }));
            Assert.That(finding.Declared, Is.Null);
            Assert.That(finding.Reasons.Select(r => r.Group), Has.None.EqualTo("declared_use"));
        });
    }

    [Test]
    public void A_kind_has_at_most_a_dozen_exemplars_of_as_many_sites() =>
        Assert.That(SmallReferences.Book.Kinds, Is.EqualTo(new[] { ("building", 12), ("cold_store", 12), ("pump", 4), ("simulated_mining_steady", 12) }));

    [Test]
    public void Saved_and_loaded_they_say_the_same_and_are_the_same_file()
    {
        using var folder = new TemporaryFolder();
        var (first, second) = (System.IO.Path.Combine(folder.Path, "first"), System.IO.Path.Combine(folder.Path, "second"));
        SmallReferences.Book.Save(first);
        ReferenceBook.TryLoad(first)!.Save(second);
        var again = SmallReferences.Fit(SmallReferences.Samples());
        again.Save(folder.Path);
        var bytes = File.ReadAllBytes(System.IO.Path.Combine(first, ReferenceBook.FileName));
        Assert.Multiple(() =>
        {
            Assert.That(File.ReadAllBytes(System.IO.Path.Combine(second, ReferenceBook.FileName)), Is.EqualTo(bytes));
            Assert.That(File.ReadAllBytes(System.IO.Path.Combine(folder.Path, ReferenceBook.FileName)), Is.EqualTo(bytes), "the same samples give the same file");
        });
    }

    [Test]
    public void A_model_without_references_judges_and_says_nothing_of_likeness()
    {
        using var folder = new TemporaryFolder();
        SmallModel.Model.Save(folder.Path);
        var judge = new Judge(DetectorModel.Load(folder.Path), SmallModel.Profiles, new JudgeOptions());
        var finding = judge.Assess(Loads.Mining(91, 4242), Loads.Unregistered with { DeclaredUse = DeclaredUse.ColdStorage }, null);
        Assert.That((finding.Verdict, finding.Nearest, finding.Declared), Is.EqualTo((Verdict.Case, (NearestReferences?)null, (DeclaredComparison?)null)));
    }

    [Test]
    public void A_damaged_file_is_refused()
    {
        using var folder = new TemporaryFolder();
        SmallReferences.Book.Save(folder.Path);
        var path = System.IO.Path.Combine(folder.Path, ReferenceBook.FileName);
        File.WriteAllText(path, File.ReadAllText(path).Replace("cold_store", "warm_store", StringComparison.Ordinal));
        Assert.That(() => ReferenceBook.TryLoad(folder.Path), Throws.InstanceOf<InvalidDataException>().With.Message.Contains("checksum"));
    }

    [Test]
    public void Every_use_has_a_name_in_each_language()
    {
        var uses = Enum.GetValues<DeclaredUse>();
        Assert.That(uses.Where(u => DeclaredUseTexts.English(u).Length == 0 || DeclaredUseTexts.Chinese(u).Length == 0), Is.Empty);
    }
}
