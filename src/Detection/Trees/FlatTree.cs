// SPDX-License-Identifier: Apache-2.0
namespace Detector.Detection.Trees;

/// <summary>One regression tree as flat arrays.</summary>
/// <remarks>
/// A child of zero or more is a node, a negative one is the leaf <c>~child</c>. A value at most the threshold goes left.
/// <see cref="NodeMeans"/> holds what the tree is expected to say at each node, over training samples in which honest load
/// and mining weigh the same: the differences along a path attribute the score to features (Saabas, 2014, "Interpreting
/// random forests"), and add up to the leaf exactly.
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

    /// <summary>Adds what each feature on the sample's path contributes.</summary>
    public void Attribute(ReadOnlySpan<float> values, Span<double> byFeature)
    {
        if (Features.Length == 0)
        {
            return;
        }

        var node = 0;
        while (node >= 0)
        {
            var child = values[Features[node]] <= Thresholds[node] ? Left[node] : Right[node];
            var after = child >= 0 ? NodeMeans[child] : Leaves[~child];
            byFeature[Features[node]] += after - NodeMeans[node];
            node = child;
        }
    }
}
