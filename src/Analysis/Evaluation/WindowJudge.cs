// SPDX-License-Identifier: Apache-2.0
using Detector.Analysis.Baselines;
using Detector.Analysis.Corpora;
using Detector.Detection;
using Detector.Metering;
using Detector.Profiles;

namespace Detector.Analysis.Evaluation;

/// <summary>Judges windows of a held-out source as the product would, and scores them by the baselines.</summary>
internal sealed class WindowJudge(Fold fold, JudgeOptions options)
{
    private readonly Judge _judge = new(fold.Model, new ProfileBuilder(FeatureCatalog.Default()), options) { Explains = false };

    /// <summary>Judges windows on several threads, in their order.</summary>
    public JudgedWindow[] Judge(IReadOnlyList<WindowRecipe> recipes, int threads, IProgress<AnalysisProgress>? progress, CancellationToken cancel)
    {
        var done = 0;
        return [.. recipes.AsParallel().AsOrdered().WithDegreeOfParallelism(threads).WithCancellation(cancel).Select(recipe =>
        {
            var judged = Judge(recipe);
            var now = Interlocked.Increment(ref done);
            if (now % 100 == 0 || now == recipes.Count)
            {
                progress?.Report(new AnalysisProgress($"judge {fold.Source}", now, recipes.Count));
            }

            return judged;
        })];
    }

    private JudgedWindow Judge(WindowRecipe recipe)
    {
        var series = RecordingReader.AsValidated(recipe.Make());
        var finding = _judge.Assess(series, recipe.Registration, null, out var suspicion);
        var sufficient = finding.Verdict != Verdict.Insufficient;
        var judged = new JudgedWindow
        {
            Source = fold.Source,
            Site = recipe.Site,
            Name = recipe.Name,
            Start = series.Start,
            Days = recipe.Days,
            Class = recipe.Class,
            Share = recipe.Share,
            Style = recipe.Style,
            Since = recipe.Since,
            Verdict = finding.Verdict,
            Missing = sufficient ? string.Empty : string.Join('|', finding.Missing.Select(m => m.Code)),
            Probability = finding.Probability ?? 0,
            PValue = finding.PValue ?? 1,
            Suspicion = sufficient && !double.IsNaN(suspicion) ? suspicion : double.MinValue,
            Baselines = fold.Baselines.Count == 0 ? [] : Baselines(WindowStatistics.Of(series)),
        };
        return finding.Onset is { } onset && recipe.Onset is { } truth
            ? judged with
            {
                OnsetErrorHours = (onset.Likely - truth).TotalHours,
                OnsetCovered = truth >= onset.Earliest && truth <= onset.Latest,
            }
            : judged;
    }

    private double[] Baselines(WindowStatistics window) => [.. fold.Baselines.Select(b => b.Score(window))];
}
