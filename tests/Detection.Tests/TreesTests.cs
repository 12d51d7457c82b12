// SPDX-License-Identifier: Apache-2.0
using Detector.Detection.Trees;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Detector.Detection.Tests;

internal sealed class TreesTests
{
    private static readonly float[][] Rows = MakeRows();
    private static readonly bool[] Mining = [.. Rows.Select(r => (r[0] * r[1]) + r[2] > 0.4)];
    private static readonly double[] Weights = [.. Rows.Select((_, i) => i % 3 == 0 ? 0.5 : 1)];
    private static readonly BoostingOptions Options = new() { Trees = 30, Leaves = 6, MinimumLeafSamples = 5 };

    [Test]
    public void Our_scorer_gives_the_raw_score_of_mlnet()
    {
        var context = new MLContext(1);
        var model = BoostedTrees.FitMlNet(context, Rows, Mining, Weights, Options);
        var ours = BoostedTrees.Read(model.Model.SubModel);
        var theirs = model.Transform(BoostedTrees.View(context, Rows, Mining, Weights)).GetColumn<float>("Score").ToArray();
        Assert.That(Rows.Select(r => (float)ours.Score(r)), Is.EqualTo(theirs).Within(1e-4f));
    }

    [Test]
    public void A_value_at_the_threshold_goes_left()
    {
        var tree = new FlatTree([0], [0.5f], [~0], [~1], [-1, 3], [1]);
        Assert.That((tree.LeafOf([0.5f]), tree.LeafOf([0.51f])), Is.EqualTo((0, 1)));
    }

    private static float[][] MakeRows()
    {
        var chance = new Random(4);
        return [.. Enumerable.Range(0, 400).Select(_ => new[] { chance.NextSingle(), chance.NextSingle(), chance.NextSingle(), chance.NextSingle() })];
    }
}
