// SPDX-License-Identifier: Apache-2.0
using Microsoft.ML;
using Microsoft.ML.Calibrators;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.FastTree;

namespace Detector.Detection.Trees;

/// <summary>Trains boosted trees with ML.NET FastTree and reads them out. The only place that touches ML.NET.</summary>
internal static class BoostedTrees
{
    /// <summary>A trained ensemble, its node means filled in.</summary>
    /// <param name="rows">Samples without missing values, all of one length.</param>
    /// <param name="mining">Whether each is mining.</param>
    /// <param name="weights">Weight of each.</param>
    /// <param name="options">Size and pace.</param>
    /// <param name="seed">Seed.</param>
    public static TreeEnsemble Fit(
        IReadOnlyList<float[]> rows, IReadOnlyList<bool> mining, IReadOnlyList<double> weights, BoostingOptions options, int seed)
    {
        var balanced = Balance(mining, weights);
        return TreeEnsemble.Mean([.. Enumerable.Range(0, options.Ensembles).Select(number =>
        {
            var read = Read(FitMlNet(new MLContext(seed), rows, mining, weights, options, number).Model.SubModel);
            return read with { Trees = [.. read.Trees.Select(t => NodeMeans.Fill(t, rows, balanced))] };
        })]);
    }

    internal static BinaryPredictionTransformer<CalibratedModelParametersBase<FastTreeBinaryModelParameters, PlattCalibrator>> FitMlNet(
        MLContext context, IReadOnlyList<float[]> rows, IReadOnlyList<bool> mining, IReadOnlyList<double> weights, BoostingOptions options, int number = 0)
    {
        var trainer = context.BinaryClassification.Trainers.FastTree(new FastTreeBinaryTrainer.Options
        {
            NumberOfTrees = options.Trees,
            NumberOfLeaves = options.Leaves,
            LearningRate = options.LearningRate,
            MinimumExampleCountPerLeaf = options.MinimumLeafSamples,
            ExampleWeightColumnName = nameof(Row.Weight),
            FeatureColumnName = nameof(Row.Features),
            LabelColumnName = nameof(Row.Label),
            NumberOfThreads = 1, // sums in one order: the same trees every time
            Seed = number + 1,
            FeatureSelectionSeed = number + 1,
            FeatureFraction = options.FeatureShare,
            BaggingSize = options.SampleShare < 1 ? 1 : 0,
            BaggingExampleFraction = options.SampleShare,
        });
        return trainer.Fit(View(context, rows, mining, weights));
    }

    internal static IDataView View(
        MLContext context, IReadOnlyList<float[]> rows, IReadOnlyList<bool> mining, IReadOnlyList<double> weights)
    {
        var schema = SchemaDefinition.Create(typeof(Row));
        schema[nameof(Row.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, rows[0].Length);
        var data = rows.Select((row, i) => new Row { Features = row, Label = mining[i], Weight = (float)weights[i] });
        return context.Data.LoadFromEnumerable(data.ToArray(), schema);
    }

    internal static TreeEnsemble Read(FastTreeBinaryModelParameters model)
    {
        var ensemble = model.TrainedTreeEnsemble;
        var trees = ensemble.Trees.Select((tree, i) => Read(tree, ensemble.TreeWeights[i])).ToArray();
        return new TreeEnsemble(ensemble.Bias, trees);
    }

    private static FlatTree Read(RegressionTreeBase tree, double weight)
    {
        var features = tree.NumericalSplitFeatureIndexes.ToArray();
        return new FlatTree(
            features,
            [.. tree.NumericalSplitThresholds],
            [.. tree.LeftChild],
            [.. tree.RightChild],
            [.. tree.LeafValues.Select(v => v * weight)],
            new double[features.Length]);
    }

    /// <summary>Weights under which honest load and mining weigh the same.</summary>
    private static double[] Balance(IReadOnlyList<bool> mining, IReadOnlyList<double> weights)
    {
        double positive = 0, negative = 0;
        for (var i = 0; i < weights.Count; i++)
        {
            positive += mining[i] ? weights[i] : 0;
            negative += mining[i] ? 0 : weights[i];
        }

        return [.. weights.Select((w, i) => w / (mining[i] ? positive : negative))];
    }

    private sealed class Row
    {
        public float[] Features { get; set; } = [];

        public bool Label { get; set; }

        public float Weight { get; set; }
    }
}
