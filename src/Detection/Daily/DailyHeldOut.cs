// SPDX-License-Identifier: Apache-2.0
using Detector.Detection.Calibration;

namespace Detector.Detection.Daily;

/// <summary>Scores of daily windows by trees that saw neither their site nor, for the second set, their source.</summary>
internal sealed class DailyHeldOut
{
    private readonly DailySet _set;
    private readonly double[] _siteOut;
    private readonly double[] _sourceOut;

    private DailyHeldOut(DailySet set, double[] siteOut, double[] sourceOut)
    {
        _set = set;
        _siteOut = siteOut;
        _sourceOut = sourceOut;
    }

    public IReadOnlyList<double> SiteOut => _siteOut;

    public IReadOnlyList<double> SourceOut => _sourceOut;

    public static DailyHeldOut Of(DailySet set, TrainingOptions options, IProgress<string>? progress, CancellationToken cancel)
    {
        var fold = FoldOfSite(set, options);
        var siteOut = new double[set.Samples.Count];
        var sourceOut = new double[set.Samples.Count];
        Array.Fill(siteOut, double.NaN);
        Array.Fill(sourceOut, double.NaN);
        for (var k = 0; k < options.Folds; k++)
        {
            cancel.ThrowIfCancellationRequested();
            progress?.Report($"daily energy: sites held out, fold {k + 1} of {options.Folds}");
            ScoreLeftOut(set, i => fold[set.Samples[i].Site] == k, siteOut);
        }

        string[] sources = [.. set.Samples.Where(s => s.Class == SampleClass.Honest).Select(s => s.Source).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        foreach (var source in sources.Where(_ => sources.Length > 1))
        {
            cancel.ThrowIfCancellationRequested();
            progress?.Report($"daily energy: source held out, {source}");
            ScoreLeftOut(set, i => set.Samples[i].Source == source, sourceOut);
        }

        return new DailyHeldOut(set, siteOut, sourceOut);
    }

    public LogisticCalibrator Calibrate()
    {
        int[] all = [.. Enumerable.Range(0, _set.Samples.Count).Where(i => !double.IsNaN(_siteOut[i]))];
        var sites = Honest().Select(i => _set.Samples[i].Site).Distinct(StringComparer.Ordinal).Count();
        return LogisticCalibrator.Fit(
            [.. all.Select(i => _siteOut[i])], [.. all.Select(_set.IsMining)], [.. all.Select(i => _set.Samples[i].Weight)], sites);
    }

    /// <summary>The strictest of each source by itself, its sites held out, and of all honest windows, each scored without its source.</summary>
    /// <param name="options">Rates of a case and of a watch.</param>
    /// <param name="even">Score at which mining and honest load are equally likely: no threshold lies below it.</param>
    public DailyThresholds Thresholds(TrainingOptions options, double even)
    {
        var quarter = Strictest(days => days is >= DailyThresholds.QuarterDays - 0.05 and < DailyThresholds.LongDays, options, even);
        var year = Strictest(days => days >= DailyThresholds.LongDays, options, even) ?? quarter;
        var month = Strictest(days => days < DailyThresholds.QuarterDays - 0.05, options, even) ?? quarter;
        var known = quarter ?? year ?? month ?? throw new ArgumentException("There is no honest window to set a threshold on.");
        return new DailyThresholds(month ?? known, quarter ?? known, year ?? known);
    }

    public ConformalReference Conformal()
    {
        var bySource = new SortedDictionary<string, double[]>(StringComparer.Ordinal);
        foreach (var group in Honest().GroupBy(i => _set.Samples[i].Source, StringComparer.Ordinal))
        {
            bySource[group.Key] = [.. group.Select(i => Math.Round(_siteOut[i], 4)).Order()];
        }

        return new ConformalReference(bySource);
    }

    private DailyThreshold? Strictest(Func<double, bool> length, TrainingOptions options, double even)
    {
        int[] windows = [.. Honest().Where(i => length(_set.Samples[i].Profile.Window.Length.TotalDays))];
        if (windows.Length == 0)
        {
            return null;
        }

        var sets = windows.GroupBy(i => _set.Samples[i].Source, StringComparer.Ordinal).Select(g => Scores(_siteOut, g)).Append(Scores(_sourceOut, windows)).ToArray();
        double Highest(double rate) => sets.Where(s => s.Length > 0 && (rate == options.CaseRate || s.Length * rate >= 1))
            .Select(s => s[(int)(rate * s.Length)] + 1e-6).Append(even).Max();
        var atCase = Math.Round(Highest(options.CaseRate), 6);
        var isWatchKnown = sets.Any(s => s.Length * options.WatchRate >= 1);
        return new DailyThreshold(atCase, isWatchKnown ? Math.Min(Math.Round(Highest(options.WatchRate), 6), atCase) : atCase);
    }

    private static double[] Scores(double[] scores, IEnumerable<int> windows) =>
        [.. windows.Select(i => scores[i]).Where(s => !double.IsNaN(s)).OrderDescending()];

    private IEnumerable<int> Honest() => Enumerable.Range(0, _set.Samples.Count).Where(i => !_set.IsMining(i));

    private static void ScoreLeftOut(DailySet set, Func<int, bool> leftOut, double[] scores)
    {
        int[] left = [.. Enumerable.Range(0, set.Samples.Count).Where(leftOut)];
        if (left.Length == 0)
        {
            return;
        }

        var trees = set.Fit(i => !leftOut(i));
        foreach (var i in left)
        {
            scores[i] = trees.Score(set.Row(i));
        }
    }

    /// <summary>Sites dealt to folds in turn, honest ones first, in an order shuffled by the seed whatever the order of the samples.</summary>
    private static Dictionary<string, int> FoldOfSite(DailySet set, TrainingOptions options)
    {
        var honest = set.Samples.Where(s => s.Class == SampleClass.Honest).Select(s => s.Site).ToHashSet(StringComparer.Ordinal);
        string[] sites = [.. set.Samples.Select(s => s.Site).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        new Random(options.Seed).Shuffle(sites);
        return sites.OrderBy(site => honest.Contains(site) ? 0 : 1).Select((site, i) => (site, i)).ToDictionary(p => p.site, p => p.i % options.Folds, StringComparer.Ordinal);
    }
}
