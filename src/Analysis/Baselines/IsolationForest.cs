// SPDX-License-Identifier: Apache-2.0
namespace Detector.Analysis.Baselines;

/// <summary>Isolation forest on window statistics, trained on honest windows only: what is isolated early is unusual.</summary>
/// <remarks>
/// Liu, Ting and Zhou, Isolation Forest, ICDM 2008: 100 trees of 256 windows, height limited to 8,
/// score 2^(-mean path / c(n)). It says unusual, not mining: a strange honest load ranks as high.
/// </remarks>
internal sealed class IsolationForest : IBaseline
{
    private const int Trees = 100;
    private const int SampleSize = 256;
    private const double EulerGamma = 0.5772156649;

    private readonly List<Node> _roots = [];
    private double _usualPath = 1;

    /// <inheritdoc />
    public string Name => "isolation forest";

    /// <inheritdoc />
    public void Fit(IReadOnlyList<BaselineSample> samples, int seed)
    {
        var honest = samples.Where(s => !s.Mining).Select(s => s.Window.Values).ToArray();
        var random = new Random(seed);
        var size = Math.Min(SampleSize, honest.Length);
        _usualPath = Math.Max(UnbuiltPath(size), 1e-9);
        _roots.Clear();
        for (var t = 0; t < Trees && size > 0; t++)
        {
            random.Shuffle(honest);
            _roots.Add(Grow(honest[..size], (int)Math.Ceiling(Math.Log2(Math.Max(2, size))), random));
        }
    }

    /// <inheritdoc />
    public double Score(WindowStatistics window) =>
        _roots.Count == 0 ? 0 : Math.Pow(2, -_roots.Average(root => Path(root, window.Values)) / _usualPath);

    /// <summary>Mean path length of an unsuccessful search among n: what a leaf of n windows still stands for.</summary>
    private static double UnbuiltPath(int n) => n <= 1 ? 0 : (2 * (Math.Log(n - 1) + EulerGamma)) - (2.0 * (n - 1) / n);

    private static Node Grow(double[][] windows, int height, Random random)
    {
        if (height == 0 || windows.Length <= 1)
        {
            return new Node(-1, 0, UnbuiltPath(windows.Length), null, null);
        }

        var feature = random.Next(windows[0].Length);
        var low = windows.Min(w => w[feature]);
        var high = windows.Max(w => w[feature]);
        if (high <= low)
        {
            return new Node(-1, 0, UnbuiltPath(windows.Length), null, null);
        }

        var cut = low + (random.NextDouble() * (high - low));
        var below = windows.Where(w => w[feature] < cut).ToArray();
        var above = windows.Where(w => w[feature] >= cut).ToArray();
        return new Node(feature, cut, 0, Grow(below, height - 1, random), Grow(above, height - 1, random));
    }

    private static double Path(Node node, double[] values)
    {
        var depth = 0;
        while (node.Feature >= 0)
        {
            node = values[node.Feature] < node.Cut ? node.Below! : node.Above!;
            depth++;
        }

        return depth + node.Rest;
    }

    private sealed record Node(int Feature, double Cut, double Rest, Node? Below, Node? Above);
}
