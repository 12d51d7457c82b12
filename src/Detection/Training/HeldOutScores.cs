// SPDX-License-Identifier: Apache-2.0
using Detector.Detection.Calibration;
using Detector.Detection.Models;

namespace Detector.Detection.Training;

/// <summary>Scores of samples by trees that did not see their site, and what follows from them.</summary>
internal sealed class HeldOutScores
{
    private const double LeastKilowatts = 2; // as JudgeOptions.MinimumKilowatts by default

    private const double Unasked = -1000; // below any score: a source too small to say what is rare in it

    private readonly TrainingSet _set;
    private readonly Dictionary<Head, double[]> _siteOut;
    private readonly double[] _mixedKindOut;

    private HeldOutScores(TrainingSet set, Dictionary<Head, double[]> siteOut, double[] mixedKindOut)
    {
        _set = set;
        _siteOut = siteOut;
        _mixedKindOut = mixedKindOut;
    }

    public static HeldOutScores Of(TrainingSet set, TrainingOptions options, IProgress<string>? progress, CancellationToken cancel)
    {
        Dictionary<Head, double[]> siteOut = [];
        foreach (var head in Enum.GetValues<Head>())
        {
            double[][] dealings = [.. Enumerable.Range(0, head == Head.Pure ? options.Dealings : 1)
                .Select(d => Dealt(set, head, options, FoldOfSite(set, options, d), $"sites held out, dealing {d + 1}", progress, cancel))];
            siteOut[head] = [.. Enumerable.Range(0, set.Samples.Count).Select(i => dealings.Average(scores => scores[i]))];
        }

        return new HeldOutScores(set, siteOut, Dealt(set, Head.Mixed, options, FoldOfKind(set, options), "kinds held out", progress, cancel));
    }

    /// <summary>The curve from score to log likelihood ratio; each class weighs what its sites weigh, not its windows.</summary>
    /// <remarks>
    /// Of the mixed head by kinds of honest load held out: its traits are faint, and by sites held out honest windows of a source never seen got a mean likelihood ratio of 4.7, where 1 is right; the pure head
    /// got 0.6 (docs/decisions/0025).
    /// </remarks>
    public LogisticCalibrator Calibrate(Head head, int honestSites)
    {
        var scores = head == Head.Mixed ? _mixedKindOut : _siteOut[head];
        var taken = Enumerable.Range(0, _set.Samples.Count).Where(i => _set.Takes(head, i) && !double.IsNaN(scores[i])).ToArray();
        return LogisticCalibrator.Fit(
            [.. taken.Select(i => scores[i])],
            [.. taken.Select(i => _set.Samples[i].Class != SampleClass.Honest)],
            [.. taken.Select(i => _set.Samples[i].Weight)],
            honestSites);
    }

    /// <summary>
    /// Thresholds by length of window. A case: as many cases as the budget allows over the honest site-years of all sources
    /// together, a part of the budget kept for sources never seen, and never where mining is less likely than it must be. A watch: what its
    /// rate allows in the strictest source.
    /// </summary>
    /// <param name="options">Budget, rates and priors.</param>
    /// <param name="pure">The calibration of the pure head: it says where mining becomes as likely as a case asks for.</param>
    public ModelThresholds Thresholds(TrainingOptions options, LogisticCalibrator pure)
    {
        int[] counting = [.. Honest().Where(i => _set.Samples[i].SetsThresholds && IsJudged(i))];
        int[] judged = counting.Length > 0 ? counting : [.. Honest()];
        SourceThreshold[] sources =
        [
            .. judged.GroupBy(i => (_set.Samples[i].Source, IsFull: IsFull(i)))
                .OrderBy(g => g.Key.Source, StringComparer.Ordinal).ThenByDescending(g => g.Key.IsFull)
                .Select(g => Threshold(g.Key.Source, g.Key.IsFull, [.. g], options)),
            .. judged.GroupBy(IsFull).OrderByDescending(g => g.Key).Select(g => Threshold(ModelThresholds.Together, g.Key, [.. g], options)),
        ];
        var likely = pure.ScoreAt(Math.Log((1 - options.PurePrior - options.MixedPrior) / options.PurePrior) + Math.Log(options.LeastCaseProbability / (1 - options.LeastCaseProbability)));
        ScoreThresholds Of(bool isFull) => Known(
            sources.Last(s => s.IsFull == isFull).Scores,
            sources.Where(s => s.IsFull == isFull).Select(s => s.Scores).Aggregate(Strictest),
            likely);
        var full = sources.Any(s => s.IsFull) ? Of(true) : Of(false);
        return new ModelThresholds(full, sources.Any(s => !s.IsFull) ? Strictest(full, Of(false)) : full, sources)
        {
            Year = new HonestYears(_set.Samples, judged.Where(IsFull), (head, i) => _siteOut[head][i]).Thresholds(options, full, likely),
        };
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

    /// <summary>A case by the budget of all sources together; a watch by the strictest source, and no higher than a case.</summary>
    private static ScoreThresholds Known(ScoreThresholds together, ScoreThresholds strictest, double likely)
    {
        var pureCase = Math.Round(Math.Max(together.PureCase, likely), 6);
        static double Watch(double watch, double atCase) => watch <= Unasked ? atCase : Math.Min(watch, atCase);
        return new ScoreThresholds(
            pureCase, Watch(strictest.PureWatch, pureCase), together.MixedCase, Watch(strictest.MixedWatch, together.MixedCase));
    }

    private static ScoreThresholds Strictest(ScoreThresholds a, ScoreThresholds b) => new(
        Math.Max(a.PureCase, b.PureCase), Math.Max(a.PureWatch, b.PureWatch), Math.Max(a.MixedCase, b.MixedCase), Math.Max(a.MixedWatch, b.MixedWatch));

    private bool IsFull(int index) => _set.Samples[index].Profile.Window.Length.TotalDays >= ModelThresholds.FullDays - 0.05;

    /// <summary>A load below one machine is never judged, so it must not set a threshold.</summary>
    private bool IsJudged(int index) => _set.Samples[index].Profile.MeanKilowatts >= LeastKilowatts;

    private int Sites(IEnumerable<int> windows) => windows.Select(i => _set.Samples[i].Site).Distinct(StringComparer.Ordinal).Count();

    private SourceThreshold Threshold(string source, bool isFull, int[] windows, TrainingOptions options)
    {
        var years = windows.Sum(i => _set.Samples[i].Profile.Window.Length.TotalDays) / CaseBudget.DaysOfYear;
        var allowed = CaseBudget.Allowed(years, options);
        double Case(Head head) => Math.Round(Math.Max(Unasked, CaseBudget.Threshold(windows.Select(i => Score(head, i)), allowed)), 6);
        double Watch(Head head) => windows.Length * options.WatchRate >= 1 ? Math.Round(Reached(head, windows, options.WatchRate), 6) : Unasked;
        return new SourceThreshold(
            source, isFull, windows.Length, Sites(windows), new ScoreThresholds(Case(Head.Pure), Watch(Head.Pure), Case(Head.Mixed), Watch(Head.Mixed)));
    }

    private HonestScore Score(Head head, int index) =>
        new(_set.Samples[index].Site, _set.Samples[index].Profile.Window.From, _siteOut[head][index]);

    /// <summary>The score that at most the given share of windows reaches.</summary>
    private double Reached(Head head, int[] windows, double rate)
    {
        double[] known = [.. windows.Select(i => _siteOut[head][i]).Where(s => !double.IsNaN(s)).OrderDescending()];
        return known.Length == 0 ? Unasked : known[(int)(rate * known.Length)] + 1e-6;
    }

    private IEnumerable<int> Honest() =>
        Enumerable.Range(0, _set.Samples.Count).Where(i => _set.Samples[i].Class == SampleClass.Honest);

    /// <summary>Scores by trees that did not see a sample's fold; NaN where the head does not take it.</summary>
    private static double[] Dealt(
        TrainingSet set, Head head, TrainingOptions options, Dictionary<string, int> folds, string what, IProgress<string>? progress, CancellationToken cancel)
    {
        var scores = new double[set.Samples.Count];
        Array.Fill(scores, double.NaN);
        Parallel.For(0, options.Folds, new ParallelOptions { MaxDegreeOfParallelism = options.Threads, CancellationToken = cancel }, k =>
        {
            progress?.Report($"{head}: {what}, fold {k + 1} of {options.Folds}");
            ScoreLeftOut(set, head, options, i => folds[set.Samples[i].Site] == k, scores);
        });

        return scores;
    }

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
    private static Dictionary<string, int> FoldOfSite(TrainingSet set, TrainingOptions options, int dealing)
    {
        var honest = set.Samples.Where(s => s.Class == SampleClass.Honest).Select(s => s.Site).ToHashSet(StringComparer.Ordinal);
        var sites = set.Samples.Select(s => s.Site).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        new Random(options.Seed + dealing).Shuffle(sites);
        return sites.OrderBy(site => honest.Contains(site) ? 0 : 1).Select((site, i) => (site, fold: i % options.Folds)).ToDictionary(p => p.site, p => p.fold, StringComparer.Ordinal);
    }

    /// <summary>Honest sites dealt by their kinds, the largest first and each to the fold that has the fewest sites; what mines by itself in turn.</summary>
    /// <remarks>A kind of more than half of the sites stays dealt site by site: without it there would be little to learn from.</remarks>
    private static Dictionary<string, int> FoldOfKind(TrainingSet set, TrainingOptions options)
    {
        var folds = FoldOfSite(set, options, dealing: 0);
        var groups = SiteGroups.Of(set, options.Kinds, options.Seed);
        var sites = new int[options.Folds];
        foreach (var kind in groups.GroupBy(s => s.Value, s => s.Key).Where(g => 2 * g.Count() <= groups.Count).OrderByDescending(g => g.Count()).ThenBy(g => g.Key))
        {
            var fold = Array.IndexOf(sites, sites.Min());
            sites[fold] += kind.Count();
            foreach (var site in kind)
            {
                folds[site] = fold;
            }
        }

        return folds;
    }
}
