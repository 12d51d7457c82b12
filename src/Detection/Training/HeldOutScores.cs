// SPDX-License-Identifier: Apache-2.0
using Detector.Detection.Calibration;
using Detector.Detection.Models;

namespace Detector.Detection.Training;

/// <summary>Scores of samples by models that saw neither their site nor, for honest ones, their source.</summary>
internal sealed class HeldOutScores
{
    private const double LeastKilowatts = 2; // as JudgeOptions.MinimumKilowatts by default

    private const double Unasked = -1000; // below any score: a source too small to say what is rare in it

    private readonly TrainingSet _set;
    private readonly Dictionary<Head, double[]> _siteOut;
    private readonly Dictionary<Head, double[]> _sourceOut;

    private HeldOutScores(TrainingSet set, Dictionary<Head, double[]> siteOut, Dictionary<Head, double[]> sourceOut)
    {
        _set = set;
        _siteOut = siteOut;
        _sourceOut = sourceOut;
    }

    public static HeldOutScores Of(TrainingSet set, TrainingOptions options, IProgress<string>? progress, CancellationToken cancel)
    {
        var folds = FoldOfSite(set, options);
        var sources = set.Samples.Where(s => s.Class == SampleClass.Honest).Select(s => s.Source).Distinct().Order(StringComparer.Ordinal).ToArray();
        Dictionary<Head, double[]> siteOut = [], sourceOut = [];
        foreach (var head in Enum.GetValues<Head>())
        {
            siteOut[head] = Empty(set);
            sourceOut[head] = Empty(set);
            for (var k = 0; k < options.Folds; k++)
            {
                cancel.ThrowIfCancellationRequested();
                progress?.Report($"{head}: sites held out, fold {k + 1} of {options.Folds}");
                ScoreLeftOut(set, head, options, i => folds[set.Samples[i].Site] == k, siteOut[head]);
            }

            foreach (var source in sources.Where(_ => sources.Length > 1))
            {
                cancel.ThrowIfCancellationRequested();
                progress?.Report($"{head}: source held out, {source}");
                ScoreLeftOut(set, head, options, i => set.Samples[i].Source == source, sourceOut[head]);
            }
        }

        return new HeldOutScores(set, siteOut, sourceOut);
    }

    /// <summary>The curve from score to log likelihood ratio; each class weighs what its sites weigh, not its windows.</summary>
    public LogisticCalibrator Calibrate(Head head, int honestSites)
    {
        var taken = Enumerable.Range(0, _set.Samples.Count).Where(i => _set.Takes(head, i) && !double.IsNaN(_siteOut[head][i])).ToArray();
        return LogisticCalibrator.Fit(
            [.. taken.Select(i => _siteOut[head][i])],
            [.. taken.Select(i => _set.Samples[i].Class != SampleClass.Honest)],
            [.. taken.Select(i => _set.Samples[i].Weight)],
            honestSites);
    }

    /// <summary>
    /// Thresholds by length of window: the strictest of each source by itself, its sites held out, and of all honest windows
    /// together, each scored without its source. The first guards against the hardest source known, the second estimates what
    /// a source never seen would do.
    /// </summary>
    public ModelThresholds Thresholds(TrainingOptions options)
    {
        int[] judged = Honest().Any(IsJudged) ? [.. Honest().Where(IsJudged)] : [.. Honest()];
        var sources = judged.GroupBy(i => (_set.Samples[i].Source, IsFull(i)))
            .OrderBy(g => g.Key.Source, StringComparer.Ordinal).ThenByDescending(g => g.Key.Item2)
            .Select(g => new SourceThreshold(g.Key.Source, g.Key.Item2, g.Count(), Sites(g), Scores(_siteOut, [.. g], options)));
        var unseen = judged.Where(i => !double.IsNaN(_sourceOut[Head.Pure][i])).GroupBy(IsFull)
            .OrderByDescending(g => g.Key)
            .Select(g => new SourceThreshold(ModelThresholds.Unseen, g.Key, g.Count(), Sites(g), Scores(_sourceOut, [.. g], options)));
        SourceThreshold[] all = [.. sources, .. unseen];
        var full = Known(all.Where(s => s.IsFull).Select(s => s.Scores).DefaultIfEmpty(all[0].Scores).Aggregate(Strictest));
        return new ModelThresholds(full, Known(all.Where(s => !s.IsFull).Select(s => s.Scores).Aggregate(full, Strictest)), all);
    }

    /// <summary>Suspicion of each honest window by its source.</summary>
    public ConformalReference Conformal(ModelContent content)
    {
        var bySource = new SortedDictionary<string, double[]>(StringComparer.Ordinal);
        foreach (var group in Honest().GroupBy(i => _set.Samples[i].Source))
        {
            bySource[group.Key] =
            [
                .. group.Select(i => Math.Round(content.Suspicion(_siteOut[Head.Pure][i], _siteOut[Head.Mixed][i]), 4)).Order(),
            ];
        }

        return new ConformalReference(bySource);
    }

    /// <summary>Where no source is large enough for a watch, a watch begins where a case does.</summary>
    private static ScoreThresholds Known(ScoreThresholds scores) => scores with
    {
        PureWatch = scores.PureWatch <= Unasked ? scores.PureCase : scores.PureWatch,
        MixedWatch = scores.MixedWatch <= Unasked ? scores.MixedCase : scores.MixedWatch,
    };

    private static ScoreThresholds Strictest(ScoreThresholds a, ScoreThresholds b) => new(
        Math.Max(a.PureCase, b.PureCase), Math.Max(a.PureWatch, b.PureWatch), Math.Max(a.MixedCase, b.MixedCase), Math.Max(a.MixedWatch, b.MixedWatch));

    private bool IsFull(int index) => _set.Samples[index].Profile.Window.Length.TotalDays >= ModelThresholds.FullDays - 0.05;

    /// <summary>A load below one machine is never judged, so it must not set a threshold.</summary>
    private bool IsJudged(int index) => _set.Samples[index].Profile.MeanKilowatts >= LeastKilowatts;

    private int Sites(IEnumerable<int> windows) => windows.Select(i => _set.Samples[i].Site).Distinct(StringComparer.Ordinal).Count();

    private static ScoreThresholds Scores(Dictionary<Head, double[]> scores, int[] windows, TrainingOptions options)
    {
        double At(Head head, double rate) => Math.Round(Threshold(scores[head], windows, rate), 6);
        double Watch(Head head) => windows.Length * options.WatchRate >= 1 ? At(head, options.WatchRate) : Unasked;
        return new ScoreThresholds(At(Head.Pure, options.CaseRate), Watch(Head.Pure), At(Head.Mixed, options.CaseRate), Watch(Head.Mixed));
    }

    /// <summary>The score that at most the given share of windows reaches: just above the next lower one, or above the highest.</summary>
    private static double Threshold(double[] scores, int[] windows, double rate)
    {
        var known = windows.Select(i => scores[i]).Where(s => !double.IsNaN(s)).OrderDescending().ToArray();
        if (known.Length == 0)
        {
            return Unasked;
        }

        var allowed = (int)(rate * known.Length);
        return known[allowed] + 1e-6;
    }

    private IEnumerable<int> Honest() =>
        Enumerable.Range(0, _set.Samples.Count).Where(i => _set.Samples[i].Class == SampleClass.Honest);

    private static void ScoreLeftOut(TrainingSet set, Head head, TrainingOptions options, Func<int, bool> leftOut, double[] scores)
    {
        var left = Enumerable.Range(0, set.Samples.Count).Where(i => set.Takes(head, i) && leftOut(i)).ToArray();
        if (left.Length == 0)
        {
            return;
        }

        var trees = set.Fit(head, options, i => !leftOut(i));
        foreach (var i in left)
        {
            scores[i] = trees.Score(set.Row(i));
        }
    }

    /// <summary>Sites dealt to folds in turn, honest ones first, in an order shuffled by the seed whatever the order of the samples.</summary>
    private static Dictionary<string, int> FoldOfSite(TrainingSet set, TrainingOptions options)
    {
        var honest = set.Samples.Where(s => s.Class == SampleClass.Honest).Select(s => s.Site).ToHashSet(StringComparer.Ordinal);
        var sites = set.Samples.Select(s => s.Site).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        new Random(options.Seed).Shuffle(sites);
        return sites.OrderBy(site => honest.Contains(site) ? 0 : 1).Select((site, i) => (site, fold: i % options.Folds)).ToDictionary(p => p.site, p => p.fold, StringComparer.Ordinal);
    }

    private static double[] Empty(TrainingSet set)
    {
        var scores = new double[set.Samples.Count];
        Array.Fill(scores, double.NaN);
        return scores;
    }
}
