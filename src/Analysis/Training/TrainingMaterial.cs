// SPDX-License-Identifier: Apache-2.0
using Detector.Analysis.Corpora;
using Detector.Analysis.Injection;

namespace Detector.Analysis.Training;

/// <summary>Training windows of one source: honest, sums of honest, pure mining with its gaps, mixtures on it.</summary>
/// <remarks>Made source by source, so that a fold's training set is the material of the other sources and nothing else.</remarks>
/// <param name="Source">The source.</param>
/// <param name="Windows">What there is to train on.</param>
/// <param name="Insufficient">How many windows were left out because they would be judged insufficient.</param>
internal sealed record TrainingMaterial(string Source, IReadOnlyList<ProfiledWindow> Windows, int Insufficient)
{
    /// <summary>Role of training windows: no mining load of another role is among them.</summary>
    public const string Role = "train";

    /// <summary>The material of each source of a corpus.</summary>
    public static IReadOnlyList<TrainingMaterial> Of(
        HonestCorpus corpus, MiningLoads mining, PlanSizes sizes, int threads, IProgress<AnalysisProgress>? progress, CancellationToken cancel)
    {
        // Pure mining needs no host: it is shared out evenly, so that a left-out source takes as much of it as another.
        var mines = corpus.Sources.Count(s => s != SimulatedHonest.Source || corpus.Sources.Count == 1);
        return
        [
            .. corpus.Sources.Select(source =>
            {
                var recipes = Recipes(source, corpus, mining, sizes, mines);
                var windows = ProfiledWindow.Of(recipes, $"profile training windows, {source}", threads, progress, cancel);
                progress?.Report(new AnalysisProgress($"left out as insufficient, {source}", recipes.Count - windows.Length, recipes.Count));
                return new TrainingMaterial(source, windows, recipes.Count - windows.Length);
            }),
        ];
    }

    /// <summary>The material of mines that inspections found; none where they found none.</summary>
    public static IEnumerable<TrainingMaterial> Of(InspectedLoads inspected, int threads, IProgress<AnalysisProgress>? progress, CancellationToken cancel)
    {
        if (inspected.Mines.Count > 0)
        {
            var windows = ProfiledWindow.Of(inspected.Mines, "profile inspected mines", threads, progress, cancel);
            yield return new TrainingMaterial(InspectedLoads.Source, windows, inspected.Mines.Count - windows.Length);
        }
    }

    private static List<WindowRecipe> Recipes(string source, HonestCorpus corpus, MiningLoads mining, PlanSizes sizes, int mines)
    {
        var plan = new WindowPlan(corpus.Loads.Where(l => l.Source == source), mining, Role, sizes.HonestPerSite, sizes.ShortHonestPerSite);
        List<WindowRecipe> recipes = [.. plan.Honest(brief: false), .. plan.Honest(brief: true)];
        if (source != SimulatedHonest.Source || corpus.Sources.Count == 1)
        {
            recipes.AddRange(plan.Composites(sizes.CompositesPerWindow));
            recipes.AddRange(plan.Pure(Math.Max(1, sizes.PurePerStyle / mines), brief: false, sizes.CompanyShare));
            recipes.AddRange(plan.Pure(Math.Max(1, sizes.ShortPurePerStyle / mines), brief: true, sizes.CompanyShare));
            recipes.AddRange(plan.TrainingMixtures(sizes.MixturesPerSite));
        }

        return recipes;
    }
}
