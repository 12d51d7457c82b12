// SPDX-License-Identifier: Apache-2.0
namespace Detector.Detection.Change;

/// <summary>Order statistics of known values.</summary>
internal static class Order
{
    /// <summary>The known values, ascending.</summary>
    public static float[] Known(ReadOnlySpan<float> values)
    {
        var known = new float[values.Length];
        var n = 0;
        foreach (var v in values)
        {
            if (!float.IsNaN(v))
            {
                known[n++] = v;
            }
        }

        Array.Resize(ref known, n);
        Array.Sort(known);
        return known;
    }

    /// <summary>A quantile of ascending values, linear between neighbours; NaN for none.</summary>
    public static float At(ReadOnlySpan<float> ascending, double share)
    {
        if (ascending.IsEmpty)
        {
            return float.NaN;
        }

        var position = share * (ascending.Length - 1);
        var lower = (int)position;
        var upper = Math.Min(lower + 1, ascending.Length - 1);
        return (float)(ascending[lower] + ((position - lower) * (ascending[upper] - ascending[lower])));
    }

    /// <summary>The median of values in any order, unknown ones left out; NaN for none.</summary>
    public static float Median(ReadOnlySpan<float> values) => At(Known(values), 0.5);

    /// <summary>Median distance from the median of known values; NaN for none.</summary>
    public static float Mad(ReadOnlySpan<float> values)
    {
        var known = Known(values);
        var middle = At(known, 0.5);
        for (var i = 0; i < known.Length; i++)
        {
            known[i] = Math.Abs(known[i] - middle);
        }

        Array.Sort(known);
        return At(known, 0.5);
    }
}
