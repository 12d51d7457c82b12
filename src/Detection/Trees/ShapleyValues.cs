// SPDX-License-Identifier: Apache-2.0

namespace Detector.Detection.Trees;

/// <summary>Exact Shapley values of an ensemble's score by feature: what each adds, averaged over every order of asking.</summary>
/// <remarks>
/// The game is the path-dependent one of TreeSHAP (Lundberg, Erion, Lee, 2018, "Consistent individualized feature attribution
/// for tree ensembles"): a feature that is known sends the sample down its branch, one that is not sends each branch its share
/// of the training samples. Shares are not stored; they follow from the stored means, because a node's mean is that of its
/// children weighted by them. Where both children have one mean the halves stand. Each leaf is treated by itself: with the
/// features on its path that the sample meets, and those that it does not, its part is a polynomial in the number of known
/// features, so that a leaf of d features costs d squared. Immutable; allocates nothing.
/// </remarks>
internal sealed class ShapleyValues
{
    private const int MostConditions = 64; // on the path to a leaf: a bit each

    private readonly double _constant;
    private readonly Leaf[] _leaves;
    private readonly Condition[] _conditions;
    private readonly double[][] _weights;

    /// <summary>Prepares an ensemble.</summary>
    public ShapleyValues(TreeEnsemble trees)
    {
        var leaves = new List<Leaf>();
        var conditions = new List<Condition>();
        _constant = trees.Bias;
        foreach (var tree in trees.Trees)
        {
            _constant += tree.Root;
            if (tree.Features.Length > 0)
            {
                Descend(tree, 0, [], leaves, conditions);
            }
        }

        _leaves = [.. leaves];
        _conditions = [.. conditions];
        if (_leaves.Any(l => l.Count > MostConditions))
        {
            throw new InvalidDataException($"A tree asks of more than {MostConditions} features on one path.");
        }

        _weights = [.. Enumerable.Range(0, 1 + _leaves.Select(l => l.Count).DefaultIfEmpty(0).Max()).Select(OrderWeights)];
    }

    /// <summary>Fills in what each feature adds; returns the constant to which they add up to the score.</summary>
    /// <param name="values">A sample; missing values must have been filled in.</param>
    /// <param name="byFeature">One place a feature; overwritten.</param>
    public double Attribute(ReadOnlySpan<float> values, Span<double> byFeature)
    {
        byFeature.Clear();
        Span<double> polynomial = stackalloc double[_weights.Length];
        foreach (ref readonly var leaf in _leaves.AsSpan())
        {
            Attribute(leaf.Value, _conditions.AsSpan(leaf.First, leaf.Count), values, polynomial, byFeature);
        }

        return _constant;
    }

    private void Attribute(double value, ReadOnlySpan<Condition> path, ReadOnlySpan<float> values, Span<double> polynomial, Span<double> byFeature)
    {
        polynomial[0] = value;
        var (met, holds) = (0, 0UL); // a bit for each condition that the sample meets
        for (var c = 0; c < path.Length; c++)
        {
            ref readonly var condition = ref path[c];
            if (condition.Holds(values))
            {
                holds |= 1UL << c;
                // times (share + t), t standing for one more known feature
                polynomial[met + 1] = polynomial[met];
                for (var k = met; k > 0; k--)
                {
                    polynomial[k] = polynomial[k - 1] + (condition.Share * polynomial[k]);
                }

                polynomial[0] *= condition.Share;
                met++;
            }
            else if (condition.Share == 0)
            {
                return; // neither the sample nor any training sample comes here
            }
            else
            {
                for (var k = 0; k <= met; k++)
                {
                    polynomial[k] *= condition.Share;
                }
            }
        }

        var weights = _weights[path.Length];
        var unmet = met < path.Length ? -Sum(weights, polynomial[..(met + 1)]) : 0;
        for (var c = 0; c < path.Length; c++)
        {
            ref readonly var condition = ref path[c];
            byFeature[condition.Feature] += (holds & (1UL << c)) != 0
                ? (1 - condition.Share) * SumWithout(condition.Share, weights, polynomial[..(met + 1)])
                : unmet;
        }
    }

    private static double Sum(double[] weights, ReadOnlySpan<double> polynomial)
    {
        double sum = 0;
        for (var k = 0; k < polynomial.Length; k++)
        {
            sum += weights[k] * polynomial[k];
        }

        return sum;
    }

    /// <summary>The weighted sum of the polynomial's coefficients with one factor (share + t) divided out.</summary>
    private static double SumWithout(double share, double[] weights, ReadOnlySpan<double> polynomial)
    {
        double sum = 0, coefficient = 0;
        for (var k = polynomial.Length - 1; k > 0; k--)
        {
            coefficient = polynomial[k] - (share * coefficient);
            sum += weights[k - 1] * coefficient;
        }

        return sum;
    }

    /// <summary>Share of the orders of so many features in which exactly k others come before a given one and those are given too.</summary>
    private static double[] OrderWeights(int features)
    {
        var weights = new double[Math.Max(features, 1)];
        var weight = 1.0 / Math.Max(features, 1);
        for (var k = 0; k < features; k++)
        {
            weights[k] = weight;
            weight *= (k + 1.0) / Math.Max(features - 1 - k, 1);
        }

        return weights;
    }

    private static void Descend(FlatTree tree, int node, Condition[] path, List<Leaf> leaves, List<Condition> conditions)
    {
        if (node < 0)
        {
            leaves.Add(new Leaf(tree.Leaves[~node], conditions.Count, path.Length));
            conditions.AddRange(path);
            return;
        }

        var left = tree.LeftShare(node);
        Descend(tree, tree.Left[node], Add(path, new(tree.Features[node], float.NegativeInfinity, tree.Thresholds[node], left)), leaves, conditions);
        Descend(tree, tree.Right[node], Add(path, new(tree.Features[node], tree.Thresholds[node], float.PositiveInfinity, 1 - left)), leaves, conditions);
    }

    /// <summary>A path with one more condition; a feature asked again narrows what it had to be.</summary>
    private static Condition[] Add(Condition[] path, Condition added)
    {
        var at = Array.FindIndex(path, c => c.Feature == added.Feature);
        if (at < 0)
        {
            return [.. path, added];
        }

        var both = (Condition[])path.Clone();
        both[at] = path[at].And(added);
        return both;
    }

    private readonly record struct Leaf(double Value, int First, int Count);

    /// <summary>What a leaf asks of one feature: over <paramref name="Low"/> and at most <paramref name="High"/>, infinite where unbounded.</summary>
    private readonly record struct Condition(int Feature, float Low, float High, double Share)
    {
        // An unknown value goes right, as in scoring: over every bound.
        public bool Holds(ReadOnlySpan<float> values) => !(values[Feature] <= Low) && (values[Feature] <= High || float.IsPositiveInfinity(High));

        public Condition And(Condition other) => new(Feature, Math.Max(Low, other.Low), Math.Min(High, other.High), Share * other.Share);
    }
}
