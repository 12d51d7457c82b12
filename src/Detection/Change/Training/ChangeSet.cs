// SPDX-License-Identifier: Apache-2.0
using Detector.Detection.Calibration;
using Detector.Detection.Trees;

namespace Detector.Detection.Change.Training;

/// <summary>Samples of one head, unknown values filled in, and how to fit trees on some of them.</summary>
/// <remarks>
/// Trees learn from everything. Stumps, which carry better to sources never seen, learn from what was recorded: simulated honest additions tell
/// halls and clusters from mines, and would make both parts forget what recordings say of the rest (docs/decisions/0032).
/// </remarks>
internal sealed class ChangeSet
{
    private readonly float[][] _rows;
    private readonly double[] _all;
    private readonly double[] _recorded;
    private readonly BoostingOptions _trees;
    private readonly ChangeTrainingOptions _options;
    private readonly int _seed;

    public ChangeSet(IReadOnlyList<ChangeSample> samples, IReadOnlyList<FeatureReference> honest, BoostingOptions trees, ChangeTrainingOptions options, int seed)
    {
        Samples = samples;
        _trees = trees;
        _options = options;
        _seed = seed;
        _rows = [.. samples.Select(s => Imputation.Fill(s.Values, honest))];
        _all = Weights(samples, _ => true);
        _recorded = Weights(samples, s => !s.IsSimulated);
        HonestSites = samples.Where(s => !s.IsMining).Select(s => s.Site).Distinct(StringComparer.Ordinal).Count();
    }

    public IReadOnlyList<ChangeSample> Samples { get; }

    public int HonestSites { get; }

    /// <summary>Weight of a sample among those on which nothing simulated was put; 0 of the others.</summary>
    public double Weight(int index) => _recorded[index];

    public ReadOnlySpan<float> Row(int index) => _rows[index];

    /// <summary>Fits on the samples admitted; of an honest window only as many looks as train.</summary>
    public TreeEnsemble Fit(Func<int, bool> include) => TreeEnsemble.Mean([Fit(_trees, _all, include), Fit(_options.Additive, _recorded, include)]);

    private TreeEnsemble Fit(BoostingOptions options, double[] weights, Func<int, bool> include)
    {
        int[] chosen =
        [
            .. Enumerable.Range(0, Samples.Count)
                .Where(i => weights[i] > 0 && (Samples[i].IsMining || Samples[i].Look % _options.TrainEveryLook == 0) && include(i)),
        ];
        return BoostedTrees.Fit([.. chosen.Select(i => _rows[i])], [.. chosen.Select(i => Samples[i].IsMining)], [.. chosen.Select(i => weights[i])], options, _seed);
    }

    /// <summary>Sites weigh by the square root of their candidates, and mining as much as honest load; samples that are not taken weigh nothing.</summary>
    private static double[] Weights(IReadOnlyList<ChangeSample> samples, Func<ChangeSample, bool> takes)
    {
        ChangeSample[] taken = [.. samples.Where(takes)];
        var counts = taken.CountBy(s => (s.Site, s.IsMining)).ToDictionary();
        double[] weights = [.. samples.Select(s => takes(s) ? 1 / Math.Sqrt(counts[(s.Site, s.IsMining)]) : 0)];
        var mining = samples.Select((s, i) => s.IsMining ? weights[i] : 0).Sum();
        var honest = weights.Sum() - mining;
        return [.. samples.Select((s, i) => weights[i] * (s.IsMining ? taken.Length / (2 * mining) : taken.Length / (2 * honest)))];
    }
}
