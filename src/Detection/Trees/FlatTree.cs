// SPDX-License-Identifier: Apache-2.0
namespace Detector.Detection.Trees;

/// <summary>One regression tree as flat arrays.</summary>
/// <remarks>
/// A child of zero or more is a node, a negative one is the leaf <c>~child</c>. A value at most the threshold goes left.
/// <see cref="NodeMeans"/> holds what the tree is expected to say at each node, over training samples in which honest load
/// and mining weigh the same: <see cref="ShapleyValues"/> attributes the score to features by them.
/// </remarks>
internal sealed record FlatTree(int[] Features, float[] Thresholds, int[] Left, int[] Right, double[] Leaves, double[] NodeMeans)
{
    /// <summary>What the tree is expected to say before anything is known.</summary>
    public double Root => NodeMeans.Length == 0 ? Leaves[0] : NodeMeans[0];

    /// <summary>The leaf that a sample falls into.</summary>
    public int LeafOf(ReadOnlySpan<float> values)
    {
        if (Features.Length == 0)
        {
            return 0;
        }

        var node = 0;
        while (node >= 0)
        {
            node = values[Features[node]] <= Thresholds[node] ? Left[node] : Right[node];
        }

        return ~node;
    }

    /// <summary>Share of the training samples at a node that go left, 0 to 1: what makes the node's mean of its children's.</summary>
    /// <remarks>Where both children have one mean it cannot be told, and is a half.</remarks>
    public double LeftShare(int node)
    {
        var (left, right) = (Mean(Left[node]), Mean(Right[node]));
        return left.Equals(right) ? 0.5 : Math.Clamp((NodeMeans[node] - right) / (left - right), 0, 1);
    }

    private double Mean(int child) => child >= 0 ? NodeMeans[child] : Leaves[~child];
}
