// SPDX-License-Identifier: Apache-2.0
using Detector.Analysis.Baselines;
using Detector.Analysis.Corpora;
using Detector.Detection;
using Detector.Profiles;
using Detector.Profiles.Daily;

namespace Detector.Analysis.Daily;

/// <summary>A window of daily energy of which only its profile and its statistics are kept.</summary>
internal sealed record DailyWindow(WindowRecipe Recipe, LoadProfile Profile, WindowStatistics Statistics)
{
    private static readonly DailyCatalog Catalog = DailyCatalog.Default();

    /// <summary>Profiles windows on several threads, in their order.</summary>
    public static DailyWindow[] Of(
        IReadOnlyList<WindowRecipe> recipes, string step, int threads, IProgress<AnalysisProgress>? progress, CancellationToken cancel)
    {
        var done = 0;
        return [.. recipes.AsParallel().AsOrdered().WithDegreeOfParallelism(threads).WithCancellation(cancel).Select(recipe =>
        {
            var series = recipe.Make();
            var window = new DailyWindow(recipe, Catalog.Build(series, recipe.Registration.TimeZone), DailyStatistics.Of(series));
            var now = Interlocked.Increment(ref done);
            if (now % 500 == 0 || now == recipes.Count)
            {
                progress?.Report(new AnalysisProgress(step, now, recipes.Count));
            }

            return window;
        })];
    }

    /// <summary>As detection is trained on it; simulated honest sites are dealt to the recorded sources, so that they are left out site by site.</summary>
    public static TrainingSample[] ToSamples(IReadOnlyList<DailyWindow> windows)
    {
        string[] recorded = [.. windows.Where(w => w.Recipe.Real).Select(w => w.Recipe.Source).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        var simulated = windows.Where(w => !w.Recipe.Real).Select(w => w.Recipe.Site).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .Select((site, i) => (site, i)).ToDictionary(p => p.site, p => p.i, StringComparer.Ordinal);
        return [.. windows.Select(w => new TrainingSample(
            w.Profile, w.Recipe.Class, w.Recipe.Share,
            w.Recipe.Class == SampleClass.PureMining ? SimulatedHonest.Source
                : w.Recipe.Real || recorded.Length == 0 ? w.Recipe.Source : recorded[simulated[w.Recipe.Site] % recorded.Length],
            w.Recipe.Site, w.Recipe.Style, w.Recipe.Weight))];
    }

    /// <summary>As a baseline is trained on it.</summary>
    public BaselineSample ToBaselineSample() => new(Statistics, Recipe.Class != SampleClass.Honest, Recipe.Weight);
}
