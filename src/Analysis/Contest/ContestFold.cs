// SPDX-License-Identifier: Apache-2.0
using Detector.Analysis.Baselines;
using Detector.Analysis.Corpora;
using Detector.Analysis.Daily;
using Detector.Analysis.Evaluation;
using Detector.Analysis.Statistics;
using Detector.Detection.Daily;

namespace Detector.Analysis.Contest;

/// <summary>A judged customer: what it is, and by how much each method's score is beyond the threshold of its fold.</summary>
/// <param name="Recipe">What it is.</param>
/// <param name="Margins">One a method, in the order of <see cref="ContestFold.Methods"/>; flagged from zero on.</param>
internal sealed record JudgedCustomer(WindowRecipe Recipe, double[] Margins);

/// <summary>One fold of the contest: methods trained and their thresholds set without the customers that are judged.</summary>
internal sealed class ContestFold
{
    private const int BaselineFolds = 3;

    private readonly IReadOnlyList<IBaseline> _baselines;
    private readonly double[] _thresholds;

    private ContestFold(DailyModel model, IReadOnlyList<IBaseline> baselines, double[] thresholds)
    {
        Model = model;
        _baselines = baselines;
        _thresholds = thresholds;
    }

    /// <summary>The methods compared: the product at the threshold of the contest, the product's own case, the baselines.</summary>
    public static IReadOnlyList<string> Methods { get; } =
        ["detector, daily energy", "detector, as it opens cases", .. BaselineCatalog.Default().All.Select(b => b.Name)];

    /// <summary>The evidence of daily energy of this fold.</summary>
    public DailyModel Model { get; }

    /// <summary>Trains on windows none of which may share a site with what will be judged.</summary>
    public static ContestFold Train(
        IReadOnlyList<DailyWindow> training, EvaluationRunOptions options, IProgress<AnalysisProgress>? progress, CancellationToken cancel)
    {
        var fit = DailyTrainer.FitWithScores(
            DailyWindow.ToSamples(training), options.Training, progress is null ? null : new DailyTraining.Lines(progress), cancel);
        BaselineSample[] samples = [.. training.Select(w => w.ToBaselineSample())];
        var baselines = BaselineCatalog.Default().All;
        foreach (var baseline in baselines)
        {
            baseline.Fit(samples, options.Seed);
        }

        var left = LeftOut(training, samples, options.Seed);
        return new ContestFold(fit.Model, baselines, [ContestThreshold.Best(training, fit.SiteOut), 0, .. left.Select(scores => ContestThreshold.Best(training, scores))]);
    }

    /// <summary>Judges customers.</summary>
    public IEnumerable<JudgedCustomer> Judge(IEnumerable<DailyWindow> customers) => customers.Select(window =>
    {
        var evidence = Model.Score(window.Profile);
        var days = window.Recipe.Days;
        var threshold = Model.Thresholds.Of(days);
        var beyond = evidence.Score - threshold.Case;
        var asCase = threshold.IsCase(evidence, 0) ? Math.Max(0, beyond) : Math.Min(beyond, -1e-9);
        double[] scores = [evidence.Score, asCase, .. _baselines.Select(b => b.Score(window.Statistics))];
        return new JudgedCustomer(window.Recipe, [.. scores.Select((s, m) => s - _thresholds[m])]);
    });

    /// <summary>Scores of the baselines by fits that saw nothing of the window's site.</summary>
    private static double[][] LeftOut(IReadOnlyList<DailyWindow> training, BaselineSample[] samples, int seed)
    {
        var fold = SiteIndex.Folds(training.Select(w => w.Recipe.Site), BaselineFolds, seed);
        var scores = BaselineCatalog.Default().All.Select(_ => new double[samples.Length]).ToArray();
        for (var k = 0; k < BaselineFolds; k++)
        {
            BaselineSample[] rest = [.. samples.Where((_, i) => fold[training[i].Recipe.Site] != k)];
            var baselines = BaselineCatalog.Default().All;
            for (var b = 0; b < baselines.Count; b++)
            {
                baselines[b].Fit(rest, seed);
                for (var i = 0; i < samples.Length; i++)
                {
                    scores[b][i] = fold[training[i].Recipe.Site] == k ? baselines[b].Score(training[i].Statistics) : scores[b][i];
                }
            }
        }

        return scores;
    }
}
