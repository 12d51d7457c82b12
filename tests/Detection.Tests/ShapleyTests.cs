// SPDX-License-Identifier: Apache-2.0
using System.Numerics;
using Detector.Detection.Trees;

namespace Detector.Detection.Tests;

/// <summary>Attribution against Shapley's formula worked out over every subset of features.</summary>
internal sealed class ShapleyTests
{
    private const int Features = 6;

    private static readonly float[][] Rows = MakeRows();
    private static readonly bool[] Mining = [.. Rows.Select(r => (r[0] * r[1]) + r[2] - (r[3] * r[0]) > 0.4)];
    private static readonly double[] Weights = [.. Rows.Select((_, i) => i % 3 == 0 ? 0.5 : 1)];

    private static IEnumerable<BoostingOptions> Sizes()
    {
        yield return new BoostingOptions { Trees = 10, Leaves = 2, MinimumLeafSamples = 5 };
        yield return new BoostingOptions { Trees = 12, Leaves = 4, MinimumLeafSamples = 5 };
        yield return new BoostingOptions { Trees = 8, Leaves = 24, MinimumLeafSamples = 2 };
    }

    [TestCaseSource(nameof(Sizes))]
    public void Attribution_is_that_of_brute_force_over_all_subsets(BoostingOptions options)
    {
        var trees = BoostedTrees.Fit(Rows, Mining, Weights, options, 1);
        var shapley = new ShapleyValues(trees);
        var covers = trees.Trees.Select(Covers).ToArray();
        var byFeature = new double[Features];
        foreach (var row in Rows.Take(40))
        {
            shapley.Attribute(row, byFeature);
            Assert.That(byFeature, Is.EqualTo(BruteForce(trees, covers, row)).Within(1e-9));
        }
    }

    [TestCaseSource(nameof(Sizes))]
    public void Attribution_and_the_constant_add_up_to_the_score(BoostingOptions options)
    {
        var trees = BoostedTrees.Fit(Rows, Mining, Weights, options, 1);
        var shapley = new ShapleyValues(trees);
        var byFeature = new double[Features];
        foreach (var row in Rows)
        {
            var sum = shapley.Attribute(row, byFeature) + byFeature.Sum();
            Assert.That(sum, Is.EqualTo(trees.Score(row)).Within(1e-9));
        }
    }

    [Test]
    public void Two_features_that_only_count_together_share_alike()
    {
        // Over 0.5 in both: 8, else 0; each half of the samples.
        var tree = new FlatTree([0, 1], [0.5f, 0.5f], [~0, ~1], [1, ~2], [0, 0, 8], [2, 4]);
        var byFeature = new double[2];
        var constant = new ShapleyValues(new TreeEnsemble(0.25, [tree])).Attribute([0.9f, 0.9f], byFeature);
        Assert.That((constant, byFeature[0], byFeature[1]), Is.EqualTo((2.25, 3.0, 3.0)));
    }

    [Test]
    public void A_feature_that_no_tree_asks_about_adds_nothing()
    {
        var tree = new FlatTree([1], [0.5f], [~0], [~1], [-1, 3], [1]);
        var byFeature = new double[] { 7, 7 };
        var constant = new ShapleyValues(new TreeEnsemble(0.25, [tree])).Attribute([9, 0.7f], byFeature);
        Assert.That((constant, byFeature[0], byFeature[1]), Is.EqualTo((1.25, 0.0, 2.0)));
    }

    [Test]
    public void A_tree_of_one_leaf_adds_to_the_constant_alone()
    {
        var byFeature = new double[1];
        var constant = new ShapleyValues(new TreeEnsemble(0, [new FlatTree([], [], [], [], [3], [])])).Attribute([1], byFeature);
        Assert.That((constant, byFeature[0]), Is.EqualTo((3.0, 0.0)));
    }

    [Test]
    public void An_unknown_value_goes_the_way_the_score_goes()
    {
        var trees = BoostedTrees.Fit(Rows, Mining, Weights, new BoostingOptions { Trees = 8, Leaves = 8, MinimumLeafSamples = 5 }, 1);
        var byFeature = new double[Features];
        float[] row = [float.NaN, 0.2f, float.NaN, 0.4f, 0.5f, 0.6f];
        Assert.That(new ShapleyValues(trees).Attribute(row, byFeature) + byFeature.Sum(), Is.EqualTo(trees.Score(row)).Within(1e-9));
    }

    private static double[] BruteForce(TreeEnsemble trees, double[][] covers, float[] row)
    {
        var worth = Enumerable.Range(0, 1 << Features)
            .Select(known => trees.Trees.Select((t, i) => Expected(t, covers[i], row, known, t.Features.Length == 0 ? ~0 : 0)).Sum()).ToArray();
        var values = new double[Features];
        for (var feature = 0; feature < Features; feature++)
        {
            for (var others = 0; others < worth.Length; others++)
            {
                if ((others >> feature & 1) == 0)
                {
                    var size = BitOperations.PopCount((uint)others);
                    values[feature] += Factorial(size) * Factorial(Features - 1 - size) / Factorial(Features) * (worth[others | 1 << feature] - worth[others]);
                }
            }
        }

        return values;
    }

    /// <summary>What a tree is expected to say where only some features are known, by the samples counted at each node.</summary>
    private static double Expected(FlatTree tree, double[] leftShares, float[] row, int known, int node)
    {
        if (node < 0)
        {
            return tree.Leaves[~node];
        }

        var feature = tree.Features[node];
        if ((known >> feature & 1) != 0)
        {
            return Expected(tree, leftShares, row, known, row[feature] <= tree.Thresholds[node] ? tree.Left[node] : tree.Right[node]);
        }

        return (leftShares[node] * Expected(tree, leftShares, row, known, tree.Left[node]))
            + ((1 - leftShares[node]) * Expected(tree, leftShares, row, known, tree.Right[node]));
    }

    /// <summary>Share of the balanced samples at each node that go left, counted.</summary>
    private static double[] Covers(FlatTree tree)
    {
        var (left, all) = (new double[tree.Features.Length], new double[tree.Features.Length]);
        var positive = Weights.Where((_, i) => Mining[i]).Sum();
        var negative = Weights.Where((_, i) => !Mining[i]).Sum();
        for (var i = 0; i < Rows.Length; i++)
        {
            var weight = Weights[i] / (Mining[i] ? positive : negative);
            for (var node = tree.Features.Length == 0 ? -1 : 0; node >= 0;)
            {
                var goesLeft = Rows[i][tree.Features[node]] <= tree.Thresholds[node];
                all[node] += weight;
                left[node] += goesLeft ? weight : 0;
                node = goesLeft ? tree.Left[node] : tree.Right[node];
            }
        }

        return [.. left.Select((w, n) => w / all[n])];
    }

    private static double Factorial(int n) => n <= 1 ? 1 : n * Factorial(n - 1);

    private static float[][] MakeRows()
    {
        var chance = new Random(4);
        return [.. Enumerable.Range(0, 400).Select(_ => Enumerable.Range(0, Features).Select(_ => chance.NextSingle()).ToArray())];
    }
}
