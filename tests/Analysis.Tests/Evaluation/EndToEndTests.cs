// SPDX-License-Identifier: Apache-2.0
using Detector.Analysis.Changes;
using Detector.Analysis.Contest;
using Detector.Analysis.Corpora;
using Detector.Analysis.Evaluation;
using Detector.Analysis.Injection;
using Detector.Analysis.Training;
using Detector.Detection;
using Detector.Metering;
using Detector.Profiles;
using Detector.Testing;

namespace Detector.Analysis.Tests.Evaluation;

/// <summary>Training and judging on simulated sites only, small enough for every build.</summary>
internal sealed class EndToEndTests
{
    private static readonly PlanSizes Small = new()
    {
        HonestPerSite = 2,
        ShortHonestPerSite = 1,
        MixturesPerSite = 1,
        CompositesPerWindow = 0.2,
        PurePerStyle = 12,
        ShortPurePerStyle = 4,
        ReferenceSitesPerUse = 12,
        JudgedHonestPerSite = 2,
        JudgedShortPerSite = 1,
        JudgedPurePerStyle = 4,
        JudgedShortPurePerStyle = 2,
        JudgedAtCadencePerStyle = 2,
        JudgedHostsPerSite = 1,
        Changes = ChangeSizes.Quick,
    };

    private static readonly HonestCorpus Simulated = HonestCorpus.Empty.With(SimulatedHonest.Of(45, ["north", "south", "west"], 5));

    [Test]
    public void An_evaluation_holds_out_each_source_and_reports_figures_tables_and_files()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.In("card.md"), "# Model\n\n## Figures\n\nsuperseded\n\n## After\n");
        var options = new EvaluationRunOptions { BootstrapRepeats = 30, Training = Quick(), Ablation = true };
        var report = EvaluationRun.Run(Simulated, Small, options, null, CancellationToken.None);
        report.WriteAsync(folder.Path, CancellationToken.None).GetAwaiter().GetResult();
        var pure = report.Figures.Single(f => f is { Name: FigureNames.AveragePrecision, Source: Tables.All, Population: "pure", Method: "detector, p-value" });
        Assert.Multiple(() =>
        {
            Assert.That(report.Figures.Select(f => f.Source).Distinct(), Is.EquivalentTo(new[] { "north", "south", "west", Tables.All, ContestRun.SitesOut, ContestRun.SourcesOut }));
            Assert.That(pure.Value.Value, Is.GreaterThan(10 * options.Prevalence)); // chance would give the prevalence
            Assert.That(report.Tables.Select(t => t.Rows.All(r => r.Count == t.Columns.Count)), Is.All.True);
            Assert.That(report.Tables.SelectMany(t => t.Columns), Has.None.Contains("accuracy"));
            Assert.That(report.Hardest, Is.Not.Empty);
            Assert.That(Cadence(report, "minute"), Is.EqualTo(Cadence(report, "hour")).Within(0.1), "the same mines, seen closer, are the same hours");
            Assert.That(Cadence(report, "day"), Is.LessThanOrEqualTo(Cadence(report, "hour")));
            Assert.That(report.Figures.Where(f => f.Name == FigureNames.OpenedCases).Select(f => f.Population), Has.Member("honest, read every day").And.No.Member("honest, read every minute"));
            Assert.That(report.Figures.Where(f => f is { Name: FigureNames.Detection, Source: Tables.All }).Select(f => f.Population), Is.SupersetOf(MiningLoads.Unseen));
            Assert.That(
                report.Figures.Where(f => f is { Name: ChangeFigures.FalseOfAdditions, Source: Tables.All, Windows: > 0 }).Select(f => f.Population),
                Has.Member(ChangePopulation.Honest(0.5, history: false).Name), "honest additions are judged, too");
            Assert.That(
                report.Figures.Where(f => f.Name == Ablation.Auc && f.Source == "north" && f.Population == "pure").Select(f => f.Method),
                Is.EquivalentTo(FeatureCatalog.Default().Groups.Select(g => g.Group).Prepend("no group left out")));
            Assert.That(File.ReadAllText(folder.In("evaluation.html")), Does.Contain("<svg").And.Contain("90 % bootstrap").And.Not.Contain("http://"));
            Assert.That(File.ReadAllText(folder.In("evaluation.json")), Does.Contain("false_cases_per_1000_site_years"));
            Assert.That(File.ReadAllText(folder.In("card.md")), Does.StartWith("# Model\n\n## Figures\n\nMade by").And.EndsWith("## After\n").And.Not.Contain("superseded"));
        });
    }

    private static double Cadence(EvaluationReport report, string every) =>
        report.Figures.Single(f => f.Name == FigureNames.Detection && f.Method == FigureBook.CaseOrWatch.Name && f.Population == $"pure, read every {every}").Value.Value;

    [Test]
    public void A_fold_refuses_material_of_the_source_or_the_sites_it_holds_out()
    {
        var material = TrainingMaterial.Of(Simulated, new MiningLoads(1), Small with { PurePerStyle = 3, ShortPurePerStyle = 1 }, 2, null, CancellationToken.None);
        var site = material.First(m => m.Source == "south").Windows[0].Recipe.Site;
        Assert.Multiple(() =>
        {
            Assert.That(material.Select(m => m.Windows.All(w => w.Recipe.Source == m.Source)), Is.All.True);
            Assert.That(
                () => Fold.Train("north", material, new HashSet<string> { site }, new EvaluationRunOptions(), null, CancellationToken.None),
                Throws.InvalidOperationException.With.Message.Contains("held out"));
        });
    }

    [Test]
    public void Training_without_recordings_makes_a_model_that_says_so_and_is_the_same_again()
    {
        using var folder = new TemporaryFolder();
        TrainingRunOptions Options(string version) => new()
        {
            ModelsFolder = folder.Path,
            Training = Quick(version),
            Overwrite = true,
        };
        var corpus = HonestCorpus.Empty.With(SimulatedHonest.Of(30, [SimulatedHonest.Source], 5));
        var first = TrainingRun.Run(corpus, Small, Options("a"), null, CancellationToken.None);
        var model = File.ReadAllText(folder.In("hashrate", "a", "model.json"));
        var references = File.ReadAllText(folder.In("hashrate", "a", "reference.json"));
        TrainingRun.Run(corpus, Small, Options("a"), null, CancellationToken.None);
        Assert.Multiple(() =>
        {
            Assert.That(first.SimulationOnly, Is.True);
            Assert.That(File.ReadAllText(folder.In("current")), Is.EqualTo("hashrate/a\n"));
            Assert.That(File.ReadAllText(folder.In("hashrate", "a", "card.md")), Does.Contain("simulated sites only"));
            Assert.That(File.ReadAllText(folder.In("hashrate", "a", "model.json")), Is.EqualTo(model));
            Assert.That(File.ReadAllText(folder.In("hashrate", "a", "reference.json")), Is.EqualTo(references));
            Assert.That(DetectorModel.Load(first.Folder).Id, Is.EqualTo("hashrate/a"));
            Assert.That(DetectorModel.Load(first.Folder).References!.Uses.Select(u => u.Use), Does.Contain(DeclaredUse.Telecom).And.Contain(DeclaredUse.AiCompute));
            Assert.That(DetectorModel.Load(first.Folder).References!.Kinds.Select(k => k.Kind), Does.Contain("simulated_mining_steady").And.Contain("simulated_cold_storage"));
        });
    }

    private static TrainingOptions Quick(string version = "1") => new()
    {
        Version = version,
        Folds = 2,
        Pure = new() { Trees = 30, Leaves = 4 },
        Mixed = new() { Trees = 30, Leaves = 4 },
        Daily = new() { Trees = 30, Leaves = 4 },
        Change = new() { Folds = 2, Trees = new() { Trees = 30, Leaves = 4 }, HistoryTrees = new() { Trees = 30, Leaves = 4 }, Additive = new() { Trees = 30, Leaves = 2 } },
    };
}
