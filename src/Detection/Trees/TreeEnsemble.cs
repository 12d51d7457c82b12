// SPDX-License-Identifier: Apache-2.0
namespace Detector.Detection.Trees;

/// <summary>A sum of trees: our own scorer of what ML.NET trained. Pure, allocation-free, the same on every machine.</summary>
/// <param name="Bias">Added to the sum.</param>
/// <param name="Trees">The trees, their weights already in their leaves.</param>
internal sealed record TreeEnsemble(double Bias, IReadOnlyList<FlatTree> Trees)
{
    /// <summary>The mean of several ensembles, which is one ensemble, its leaves divided.</summary>
    public static TreeEnsemble Mean(IReadOnlyList<TreeEnsemble> ensembles) => ensembles.Count == 1
        ? ensembles[0]
        : new(ensembles.Average(e => e.Bias), [.. ensembles.SelectMany(e => e.Trees).Select(t => t with
        {
            Leaves = [.. t.Leaves.Select(v => v / ensembles.Count)],
            NodeMeans = [.. t.NodeMeans.Select(v => v / ensembles.Count)],
        })]);

    /// <summary>The raw score; higher is more like mining. Missing values must have been filled in.</summary>
    public double Score(ReadOnlySpan<float> values)
    {
        var sum = Bias;
        for (var i = 0; i < Trees.Count; i++)
        {
            sum += Trees[i].Leaves[Trees[i].LeafOf(values)];
        }

        return sum;
    }
}
