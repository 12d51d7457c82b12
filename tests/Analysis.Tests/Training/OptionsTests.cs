// SPDX-License-Identifier: Apache-2.0
using Detector.Analysis.Evaluation;
using Detector.Analysis.Training;
using Detector.Testing;

namespace Detector.Analysis.Tests.Training;

internal sealed class OptionsTests
{
    [Test]
    public void Every_fault_is_named_at_once_with_its_remedy()
    {
        var options = new TrainingRunOptions { RecordingsFolder = "/nowhere/at/all", Threads = 0, Training = { Name = "a/b" } };
        Assert.That(options.Faults(), Has.Count.EqualTo(3)
            .And.Some.Contains("/nowhere/at/all").And.Some.Contains("DETECTOR_RECORDINGS").And.Some.Contains("Threads").And.Some.Contains("Training:Name"));
    }

    [Test]
    public void A_version_that_exists_is_not_written_over_unasked()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.In("hashrate", "1"));
        File.WriteAllText(folder.In("hashrate", "1", "model.json"), "{}");
        Assert.Multiple(() =>
        {
            Assert.That(new TrainingRunOptions { ModelsFolder = folder.Path }.Faults(), Has.Count.EqualTo(1));
            Assert.That(new TrainingRunOptions { ModelsFolder = folder.Path, Overwrite = true }.Faults(), Is.Empty);
        });
    }

    [Test]
    public void Judging_without_recordings_says_what_to_give() => Assert.That(
        async () => await EvaluationRun.RunAsync(new EvaluationRunOptions(), null, CancellationToken.None),
        Throws.InstanceOf<AnalysisException>().With.Message.Contains("--recordings"));

    [Test]
    public void Defaults_are_free_of_faults() => Assert.Multiple(() =>
    {
        Assert.That(new EvaluationRunOptions().Faults(), Is.Empty);
        Assert.That(new TrainingRunOptions { ModelsFolder = "no-such-models" }.Faults(), Is.Empty);
    });

    [Test]
    public void A_nominal_rate_of_a_half_is_a_fault() =>
        Assert.That(new EvaluationRunOptions { NominalRates = [0.5] }.Faults(), Has.Count.EqualTo(1));
}
