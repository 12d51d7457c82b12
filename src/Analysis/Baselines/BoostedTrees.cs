// SPDX-License-Identifier: Apache-2.0
namespace Detector.Analysis.Baselines;

/// <summary>Gradient-boosted trees on window means and deviations: what a generic learner makes of the problem.</summary>
/// <remarks>
/// Friedman, Greedy Function Approximation, Annals of Statistics 2001: logistic loss, Newton leaves, histogram splits.
/// Written here, small, so that it shares nothing with the product's own learner but the windows.
/// </remarks>
internal sealed class BoostedTrees : IBaseline
{
    private const int Rounds = 150;
    private const int Depth = 3;
    private const int Bins = 32;
    private const double Rate = 0.1;
    private const double Ridge = 1;
    private const double LeastLeafWeight = 5;

    private readonly List<double[]> _cuts = [];
    private readonly List<Node> _trees = [];
    private double _prior;

    /// <inheritdoc />
    public string Name => "boosted trees on means and deviations";

    /// <inheritdoc />
    public void Fit(IReadOnlyList<BaselineSample> samples, int seed)
    {
        _trees.Clear();
        _cuts.Clear();
        if (samples.Count == 0)
        {
            return;
        }

        _cuts.AddRange(Enumerable.Range(0, samples[0].Window.Values.Length).Select(f => Cuts(samples, f)));
        var table = new Table(samples, [.. samples.Select(s => Binned(s.Window.Values))]);
        _prior = table.Prior();
        table.Start(_prior);
        for (var round = 0; round < Rounds; round++)
        {
            table.Differentiate();
            var tree = Grow(table, [.. Enumerable.Range(0, samples.Count)], Depth);
            _trees.Add(tree);
            table.Advance(row => Leaf(tree, table.Bins[row]));
        }
    }

    /// <inheritdoc />
    public double Score(WindowStatistics window)
    {
        var bins = _cuts.Count == 0 ? [] : Binned(window.Values);
        return _prior + _trees.Sum(t => Leaf(t, bins));
    }

    private static double[] Cuts(IReadOnlyList<BaselineSample> samples, int feature)
    {
        var sorted = samples.Select(s => s.Window.Values[feature]).Order().ToArray();
        return [.. Enumerable.Range(1, Bins - 1).Select(b => sorted[b * sorted.Length / Bins]).Distinct()];
    }

    private static double Leaf(Node node, byte[] bins)
    {
        while (node.Below is not null)
        {
            node = bins[node.Feature] <= node.Bin ? node.Below : node.Above!;
        }

        return node.Value;
    }

    private static double Gain(double gradient, double curvature) => gradient * gradient / (curvature + Ridge);

    private byte[] Binned(double[] values)
    {
        var bins = new byte[values.Length];
        for (var f = 0; f < values.Length; f++)
        {
            var at = Array.BinarySearch(_cuts[f], values[f]);
            bins[f] = (byte)(at >= 0 ? at : ~at);
        }

        return bins;
    }

    private Node Grow(Table table, int[] rows, int depth)
    {
        var (gradient, curvature) = table.Sum(rows);
        var leaf = new Node(-1, 0, Rate * gradient / (curvature + Ridge), null, null);
        var best = depth == 0 ? (Feature: -1, Bin: 0, Gain: 0) : Split(table, rows, gradient, curvature);
        if (best.Feature < 0)
        {
            return leaf;
        }

        var below = rows.Where(r => table.Bins[r][best.Feature] <= best.Bin).ToArray();
        var above = rows.Where(r => table.Bins[r][best.Feature] > best.Bin).ToArray();
        return new Node(best.Feature, best.Bin, 0, Grow(table, below, depth - 1), Grow(table, above, depth - 1));
    }

    private (int Feature, int Bin, double Gain) Split(Table table, int[] rows, double gradient, double curvature)
    {
        (int Feature, int Bin, double Gain) best = (-1, 0, 1e-6);
        var whole = Gain(gradient, curvature);
        var histogram = new (double Gradient, double Curvature, double Weight)[Bins];
        for (var f = 0; f < _cuts.Count; f++)
        {
            table.Fill(rows, f, histogram);
            var all = histogram.Sum(h => h.Weight);
            double g = 0, c = 0, w = 0;
            for (var b = 0; b < _cuts[f].Length; b++)
            {
                (g, c, w) = (g + histogram[b].Gradient, c + histogram[b].Curvature, w + histogram[b].Weight);
                var gain = Gain(g, c) + Gain(gradient - g, curvature - c) - whole;
                if (w >= LeastLeafWeight && all - w >= LeastLeafWeight && gain > best.Gain)
                {
                    best = (f, b, gain);
                }
            }
        }

        return best;
    }

    private sealed record Node(int Feature, int Bin, double Value, Node? Below, Node? Above);

    /// <summary>The training windows with their present score, gradient and curvature.</summary>
    private sealed class Table(IReadOnlyList<BaselineSample> samples, byte[][] bins)
    {
        private readonly double[] _score = new double[samples.Count];
        private readonly double[] _gradient = new double[samples.Count];
        private readonly double[] _curvature = new double[samples.Count];

        public byte[][] Bins => bins;

        public double Prior()
        {
            var positive = samples.Where(s => s.Mining).Sum(s => s.Weight);
            var negative = samples.Where(s => !s.Mining).Sum(s => s.Weight);
            return Math.Log((positive + 1) / (negative + 1));
        }

        public void Start(double score) => Array.Fill(_score, score);

        public void Differentiate()
        {
            for (var i = 0; i < _score.Length; i++)
            {
                var p = 1 / (1 + Math.Exp(-_score[i]));
                _gradient[i] = samples[i].Weight * ((samples[i].Mining ? 1 : 0) - p);
                _curvature[i] = samples[i].Weight * p * (1 - p);
            }
        }

        public void Advance(Func<int, double> by)
        {
            for (var i = 0; i < _score.Length; i++)
            {
                _score[i] += by(i);
            }
        }

        public (double Gradient, double Curvature) Sum(int[] rows) => (rows.Sum(r => _gradient[r]), rows.Sum(r => _curvature[r]));

        public void Fill(int[] rows, int feature, (double Gradient, double Curvature, double Weight)[] histogram)
        {
            Array.Clear(histogram);
            foreach (var row in rows)
            {
                ref var bin = ref histogram[bins[row][feature]];
                bin = (bin.Gradient + _gradient[row], bin.Curvature + _curvature[row], bin.Weight + samples[row].Weight);
            }
        }
    }
}
