// SPDX-License-Identifier: Apache-2.0
using Detector.Analysis.Corpora;
using Detector.Analysis.Evaluation;
using Detector.Analysis.Injection;
using Detector.Analysis.Training;

namespace Detector.Analysis.Tests.Evaluation;

internal sealed class RealOrSimulatedTests
{
    private static readonly PlanSizes Sizes = new()
    {
        HonestPerSite = 2,
        ShortHonestPerSite = 1,
        PurePerStyle = 2,
        ShortPurePerStyle = 1,
        MixturesPerSite = 1,
    };

    private static ReportSection Of(IEnumerable<RecordedLoad> loads)
    {
        var material = TrainingMaterial.Of(HonestCorpus.Empty.With(loads), new MiningLoads(1), Sizes, 2, null, CancellationToken.None);
        return RealOrSimulated.Of(material, new EvaluationRunOptions { BootstrapRepeats = 20 }, null, CancellationToken.None);
    }

    private static double Auc(ReportSection section) => section.Figures.Single(f => f.Population == "every class").Value.Value;

    [Test]
    public void Simulated_sites_called_recorded_cannot_be_told_from_the_others()
    {
        var loads = SimulatedHonest.Of(120, [SimulatedHonest.Source], 5).Select((load, i) => i / SimulatedHonest.Classes.Count % 2 == 0 ? load with { Real = true } : load);
        Assert.That(Auc(Of(loads)), Is.InRange(0.3, 0.7));
    }

    [Test]
    public void Another_kind_of_load_is_told()
    {
        var buildings = Enumerable.Range(0, 24).Select(i => Loads.Building($"b{i}", i, 189));
        var section = Of(buildings.Concat(SimulatedHonest.Of(30, [SimulatedHonest.Source], 5)));
        Assert.Multiple(() =>
        {
            Assert.That(Auc(section), Is.GreaterThan(0.95));
            Assert.That(section.Figures.Select(f => f.Population), Is.SupersetOf(SimulatedHonest.Classes));
        });
    }

    [Test]
    public void With_one_side_alone_nothing_is_said() =>
        Assert.That(Of(SimulatedHonest.Of(15, [SimulatedHonest.Source], 5)).Tables, Is.Empty);
}
