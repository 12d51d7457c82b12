// SPDX-License-Identifier: Apache-2.0
using Detector.Detection.Calibration;
using Detector.Detection.Trees;

namespace Detector.Detection.Change.Training;

/// <summary>Samples of one head, unknown values filled in, and how to fit trees on some of them.</summary>
internal sealed class ChangeSet
{
    private readonly float[][] _rows;
    private readonly double[] _weights;
    private readonly ChangeTrainingOptions _options;
    private readonly int _seed;

    public ChangeSet(IReadOnlyList<ChangeSample> samples, IReadOnlyList<FeatureReference> honest, ChangeTrainingOptions options, int seed)
    {
        Samples = samples;
        _options = options;
        _seed = seed;
        _rows = [.. samples.Select(s => Imputation.Fill(s.Values, honest))];
        _weights = Weights(samples);
        HonestSites = samples.Where(s => !s.IsMining).Select(s => s.Site).Distinct(StringComparer.Ordinal).Count();
    }

    public IReadOnlyList<ChangeSample> Samples { get; }

    public int HonestSites { get; }

    public double Weight(int index) => _weights[index];

    public ReadOnlySpan<float> Row(int index) => _rows[index];

    /// <summary>Fits on the samples admitted; of an honest window only as many looks as train.</summary>
    public TreeEnsemble Fit(Func<int, bool> include)
    {
        var chosen = Enumerable.Range(0, Samples.Count)
            .Where(i => (Samples[i].IsMining || Samples[i].Look % _options.TrainEveryLook == 0) && include(i)).ToArray();
        float[][] rows = [.. chosen.Select(i => _rows[i])];
        bool[] mining = [.. chosen.Select(i => Samples[i].IsMining)];
        double[] weights = [.. chosen.Select(i => _weights[i])];
        return TreeEnsemble.Mean([BoostedTrees.Fit(rows, mining, weights, _options.Trees, _seed), BoostedTrees.Fit(rows, mining, weights, _options.Additive, _seed)]);
    }

    /// <summary>Sites weigh by the square root of their candidates, and mining as much as honest load.</summary>
    private static double[] Weights(IReadOnlyList<ChangeSample> samples)
    {
        var counts = samples.CountBy(s => (s.Site, s.IsMining)).ToDictionary();
        double[] weights = [.. samples.Select(s => 1 / Math.Sqrt(counts[(s.Site, s.IsMining)]))];
        var mining = samples.Select((s, i) => s.IsMining ? weights[i] : 0).Sum();
        var honest = weights.Sum() - mining;
        return [.. samples.Select((s, i) => weights[i] * (s.IsMining ? samples.Count / (2 * mining) : samples.Count / (2 * honest)))];
    }
}
