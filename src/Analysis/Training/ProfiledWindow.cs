// SPDX-License-Identifier: Apache-2.0
using Detector.Analysis.Baselines;
using Detector.Analysis.Corpora;
using Detector.Detection;
using Detector.Profiles;

namespace Detector.Analysis.Training;

/// <summary>A training window of which only its profile and its statistics are kept.</summary>
internal sealed record ProfiledWindow(WindowRecipe Recipe, LoadProfile Profile, WindowStatistics Statistics)
{
    private static readonly JudgeOptions Judgeable = new();

    /// <summary>Profiles windows on several threads, in their order; those that would be judged insufficient are left out.</summary>
    /// <remarks>A model is trained on what it will be asked about, and only that sets its thresholds.</remarks>
    public static ProfiledWindow[] Of(
        IReadOnlyList<WindowRecipe> recipes, string step, int threads, IProgress<AnalysisProgress>? progress, CancellationToken cancel)
    {
        var builder = new ProfileBuilder(FeatureCatalog.Default());
        var done = 0;
        return [.. recipes.AsParallel().AsOrdered().WithDegreeOfParallelism(threads).WithCancellation(cancel).Select(recipe =>
        {
            var series = RecordingReader.AsValidated(recipe.Make(), recipe.Registration);
            var profiled = ReadingsCheck.Missing(series, Judgeable).Count > 0
                ? null
                : new ProfiledWindow(recipe, builder.Build(series, recipe.Registration), WindowStatistics.Of(series));
            var now = Interlocked.Increment(ref done);
            if (now % 100 == 0 || now == recipes.Count)
            {
                progress?.Report(new AnalysisProgress(step, now, recipes.Count));
            }

            return profiled;
        }).OfType<ProfiledWindow>()];
    }

    /// <summary>As detection is trained on it.</summary>
    public TrainingSample ToSample() => new(
        Profile, Recipe.Class, Recipe.Share, Recipe.Class == SampleClass.PureMining ? "simulation" : Recipe.Source, Recipe.Site, Recipe.Style, Recipe.Weight);

    /// <summary>As a baseline is trained on it.</summary>
    public BaselineSample ToBaselineSample() => new(Statistics, Recipe.Class != SampleClass.Honest, Recipe.Weight);
}
