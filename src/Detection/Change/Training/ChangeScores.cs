// SPDX-License-Identifier: Apache-2.0
using Detector.Detection.Calibration;
using Detector.Detection.Trees;

namespace Detector.Detection.Change.Training;

/// <summary>Scores of candidates by trees that never saw their site, and what follows from them.</summary>
internal sealed class ChangeScores
{
    private const double None = -1000; // below any score
    private const string Together = "all sources";
    private const int LeastAllowed = 2; // stretches that may pass before a source sets a threshold by itself

    private static readonly JudgeOptions Judging = new(); // what a case needs where nothing else is configured

    private readonly ChangeSet _set;
    private readonly double[] _siteOut;

    private ChangeScores(ChangeSet set, double[] siteOut)
    {
        _set = set;
        _siteOut = siteOut;
    }

    public static ChangeScores Of(ChangeSet set, ChangeTrainingOptions options, int seed, IProgress<string>? progress, CancellationToken cancel)
    {
        var sites = set.Samples.Select(s => s.Site).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        new Random(seed).Shuffle(sites);
        var foldOf = sites.Select((site, i) => (site, i)).ToDictionary(p => p.site, p => p.i % options.Folds, StringComparer.Ordinal);
        var scores = new double[set.Samples.Count];
        Parallel.For(0, options.Folds, new ParallelOptions { MaxDegreeOfParallelism = options.Threads, CancellationToken = cancel }, k =>
        {
            progress?.Report($"change: sites held out, fold {k + 1} of {options.Folds}");
            var trees = set.Fit(i => foldOf[set.Samples[i].Site] != k);
            for (var i = 0; i < scores.Length; i++)
            {
                if (foldOf[set.Samples[i].Site] == k)
                {
                    scores[i] = trees.Score(set.Row(i));
                }
            }
        });

        return new ChangeScores(set, scores);
    }

    /// <summary>The head that these trees become.</summary>
    public ChangeHead Head(TreeEnsemble trees, ChangeTrainingOptions options)
    {
        var sources = Sources(options);
        return new ChangeHead(trees, Calibrator(), sources.Max(s => s.Case), sources.Max(s => s.Watch), sources, Conformal());
    }

    /// <summary>Trials of changes that would be put forward: intervals are stated of no others.</summary>
    public IEnumerable<OnsetTrial> Stated(ChangeHead head) =>
        Enumerable.Range(0, _siteOut.Length).Where(i => _siteOut[i] >= head.Watch).Select(i => _set.Samples[i].Trial).OfType<OnsetTrial>();

    private LogisticCalibrator Calibrator()
    {
        int[] met = [.. Enumerable.Range(0, _siteOut.Length).Where(i => !_set.Samples[i].IsMade)];
        return LogisticCalibrator.Fit(
            [.. met.Select(i => _siteOut[i])], [.. met.Select(i => _set.Samples[i].IsMining)], [.. met.Select(_set.Weight)], _set.HonestSites);
    }

    private ConformalReference Conformal()
    {
        var bySource = new SortedDictionary<string, double[]>(StringComparer.Ordinal);
        foreach (var source in Honest().GroupBy(i => _set.Samples[i].Source))
        {
            bySource[source.Key] = [.. Highest(source, _ => true).Select(v => Math.Round(v, 4)).Order()];
        }

        return new ConformalReference(bySource);
    }

    /// <summary>
    /// Each source by itself and all together, sites held out: what the rates of their stretches reach, a stretch by its highest
    /// candidate over all looks. A source of which fewer than two may pass sets no threshold by itself, but counts among all:
    /// its highest stretch is one event of one building.
    /// </summary>
    private ChangeSourceThreshold[] Sources(ChangeTrainingOptions options) =>
    [
        .. Honest().GroupBy(i => _set.Samples[i].Source).OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(source => Threshold(source.Key, [.. source], options)).Append(Threshold(Together, [.. Honest()], options)),
    ];

    private ChangeSourceThreshold Threshold(string source, int[] candidates, ChangeTrainingOptions options)
    {
        var all = Highest(candidates, _ => true);
        var counting = Highest(candidates, i => ChangeGuard.Allows(_set.Samples[i].Values, _set.Samples[i].LevelKilowatts, Judging));
        var sites = candidates.Select(i => _set.Samples[i].Site).Distinct(StringComparer.Ordinal).Count();
        var least = source == Together ? 0 : LeastAllowed;
        double At(double[] highest, double rate) => rate * all.Length >= least ? Reached(highest, (int)(rate * all.Length)) : None;
        return new ChangeSourceThreshold(source, all.Length, sites, At(counting, options.CaseRate), At(all, options.WatchRate));
    }

    /// <summary>Highest score of each stretch, of the candidates that count.</summary>
    private double[] Highest(IEnumerable<int> candidates, Func<int, bool> counts) =>
    [
        .. candidates.GroupBy(i => _set.Samples[i].Window, StringComparer.Ordinal)
            .Select(w => w.Where(counts).Select(i => _siteOut[i]).DefaultIfEmpty(None).Max()).OrderDescending(),
    ];

    private static double Reached(double[] descending, int allowed) => Math.Round(descending[Math.Min(descending.Length - 1, allowed)] + 1e-6, 6);

    private IEnumerable<int> Honest() => Enumerable.Range(0, _set.Samples.Count).Where(i => _set.Samples[i] is { IsMining: false, IsMade: false });
}
