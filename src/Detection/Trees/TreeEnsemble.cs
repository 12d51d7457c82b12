// SPDX-License-Identifier: Apache-2.0
namespace Detector.Detection.Trees;

/// <summary>A sum of trees: our own scorer of what ML.NET trained. Pure, allocation-free, the same on every machine.</summary>
/// <param name="Bias">Added to the sum.</param>
/// <param name="Trees">The trees, their weights already in their leaves.</param>
internal sealed record TreeEnsemble(double Bias, IReadOnlyList<FlatTree> Trees)
{
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
