// SPDX-License-Identifier: Apache-2.0

using Detector.Profiles;

namespace Detector.Detection.Trees;

/// <summary>What each group of features adds to a calibrated score: the Shapley values of its features, summed, as log-odds.</summary>
internal sealed class GroupShapley
{
    private readonly ShapleyValues _values;
    private readonly double _slope;
    private readonly string[] _groups;
    private readonly int[] _groupOf;

    /// <summary>Prepares one ensemble.</summary>
    /// <param name="trees">The trees.</param>
    /// <param name="slope">Log-odds per unit of their score.</param>
    /// <param name="features">Their features, group by group.</param>
    public GroupShapley(TreeEnsemble trees, double slope, IReadOnlyList<FeatureDescription> features)
    {
        _values = new ShapleyValues(trees);
        _slope = slope;
        _groups = [.. features.Select(f => f.Group).Distinct(StringComparer.Ordinal)];
        _groupOf = [.. features.Select(f => Array.IndexOf(_groups, f.Group))];
    }

    /// <summary>Every group with what it adds; they and a constant add up to the log-odds.</summary>
    /// <param name="values">A sample; missing values must have been filled in.</param>
    public GroupContribution[] Of(ReadOnlySpan<float> values)
    {
        Span<double> byFeature = stackalloc double[values.Length];
        _values.Attribute(values, byFeature);
        var sums = new double[_groups.Length];
        for (var i = 0; i < values.Length; i++)
        {
            sums[_groupOf[i]] += byFeature[i] * _slope;
        }

        var leading = new int[_groups.Length];
        Array.Fill(leading, -1);
        for (var i = 0; i < values.Length; i++)
        {
            var group = _groupOf[i];
            var sign = Math.Sign(sums[group]);
            if (leading[group] < 0 || byFeature[i] * sign > byFeature[leading[group]] * sign)
            {
                leading[group] = i;
            }
        }

        return [.. _groups.Select((name, g) => new GroupContribution(name, sums[g], leading[g]))];
    }
}
