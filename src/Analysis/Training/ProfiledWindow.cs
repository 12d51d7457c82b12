// SPDX-License-Identifier: Apache-2.0
using Detector.Analysis.Baselines;
using Detector.Analysis.Corpora;
using Detector.Detection;
using Detector.Detection.Ladder;
using Detector.Metering;
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
            var series = RecordingReader.AsValidated(recipe.Make());
            var profiled = ReadingsCheck.Missing(series, Judgeable).Count > 0
                ? null
                : new ProfiledWindow(recipe, Running(builder, series, recipe.Registration), WindowStatistics.Of(series));
            var now = Interlocked.Increment(ref done);
            if (now % 100 == 0 || now == recipes.Count)
            {
                progress?.Report(new AnalysisProgress(step, now, recipes.Count));
            }

            return profiled;
        }).OfType<ProfiledWindow>()];
    }

    /// <summary>Windows as detection is trained on them.</summary>
    /// <remarks>
    /// The trainer takes the strictest source's threshold, each source left out as a whole. Simulated honest sites must not be
    /// such a source: left out whole, classes of load of which there are no recordings would set the threshold of every real
    /// site. They are dealt to the recorded sources, so that they are left out site by site, as others are.
    /// </remarks>
    public static TrainingSample[] ToSamples(IReadOnlyList<ProfiledWindow> windows)
    {
        string[] recorded = [.. windows.Where(w => w.Recipe is { Real: true, Class: SampleClass.Honest }).Select(w => w.Recipe.Source).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        string[] simulated = [.. windows.Where(w => !w.Recipe.Real).Select(w => w.Recipe.Site).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        return [.. windows.Select(w => w.ToSample(
            w.Recipe is { Class: SampleClass.PureMining, Style: not null } ? SimulatedHonest.Source
            : w.Recipe.Real || recorded.Length == 0 ? w.Recipe.Source
            : recorded[Array.IndexOf(simulated, w.Recipe.Site) % recorded.Length]))];
    }

    /// <summary>The profile that the judge would make.</summary>
    public static LoadProfile Running(ProfileBuilder builder, LoadSeries series, MeterRegistration registration) =>
        builder.Build(series.Meter, RunningLoad.Of(HourlyLoad.From(series, registration.TimeZone), Judgeable.MinimumDays));

    private TrainingSample ToSample(string source) => new(
        Profile, Recipe.Class, Recipe.Share, source, Recipe.Site, Recipe.Style, Recipe.Weight, Recipe is { Real: true, IsSum: false });

    /// <summary>As a baseline is trained on it.</summary>
    public BaselineSample ToBaselineSample() => new(Statistics, Recipe.Class != SampleClass.Honest, Recipe.Weight);
}
