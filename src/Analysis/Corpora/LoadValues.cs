// SPDX-License-Identifier: Apache-2.0
namespace Detector.Analysis.Corpora;

/// <summary>Sums over values in which a missing slot is NaN.</summary>
internal static class LoadValues
{
    /// <summary>Mean of what is present; NaN where nothing is.</summary>
    public static double Mean(ReadOnlySpan<float> values)
    {
        double sum = 0;
        var count = 0;
        foreach (var value in values)
        {
            if (!float.IsNaN(value))
            {
                sum += value;
                count++;
            }
        }

        return count > 0 ? sum / count : double.NaN;
    }

    /// <summary>Values at a longer interval: means of whole groups, missing where under half of a group is present.</summary>
    public static float[] Coarser(ReadOnlySpan<float> values, int group)
    {
        var coarser = new float[values.Length / group];
        for (var i = 0; i < coarser.Length; i++)
        {
            var part = values.Slice(i * group, group);
            var present = 0;
            foreach (var value in part)
            {
                present += float.IsNaN(value) ? 0 : 1;
            }

            coarser[i] = present * 2 >= group ? (float)Mean(part) : float.NaN;
        }

        return coarser;
    }
}
