// SPDX-License-Identifier: Apache-2.0
namespace Detector.Detection.Trees;

/// <summary>Fills in what each node of a tree is expected to say.</summary>
internal static class NodeMeans
{
    /// <summary>The tree with its node means over weighted samples.</summary>
    /// <param name="tree">A tree; its node means are not read.</param>
    /// <param name="rows">Samples without missing values.</param>
    /// <param name="weights">Weight of each sample.</param>
    public static FlatTree Fill(FlatTree tree, IReadOnlyList<float[]> rows, IReadOnlyList<double> weights)
    {
        var leafWeights = new double[tree.Leaves.Length];
        for (var i = 0; i < rows.Count; i++)
        {
            leafWeights[tree.LeafOf(rows[i])] += weights[i];
        }

        var means = new double[tree.Features.Length];
        if (means.Length > 0)
        {
            Visit(tree, 0, leafWeights, means);
        }

        return tree with { NodeMeans = means };
    }

    private static (double Weight, double Mean) Visit(FlatTree tree, int node, double[] leafWeights, double[] means)
    {
        if (node < 0)
        {
            return (leafWeights[~node], tree.Leaves[~node]);
        }

        var left = Visit(tree, tree.Left[node], leafWeights, means);
        var right = Visit(tree, tree.Right[node], leafWeights, means);
        var weight = left.Weight + right.Weight;
        var mean = weight > 0 ? ((left.Weight * left.Mean) + (right.Weight * right.Mean)) / weight : (left.Mean + right.Mean) / 2;
        means[node] = mean;
        return (weight, mean);
    }
}
