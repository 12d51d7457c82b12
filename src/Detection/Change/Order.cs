// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Detection.Change;

/// <summary>Order statistics of known values.</summary>
internal static class Order
{
    /// <summary>How many values are known.</summary>
    public static int Count(ReadOnlySpan<float> values)
    {
        var n = 0;
        foreach (var v in values)
        {
            n += float.IsNaN(v) ? 0 : 1;
        }

        return n;
    }

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
        Ascending.Sort(known);
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

    private static float Middle(ReadOnlySpan<float> lowerHalf, int count)
    {
        var position = 0.5 * (count - 1);
        var lower = (int)position;
        var upper = Math.Min(lower + 1, lowerHalf.Length - 1);
        return (float)(lowerHalf[lower] + ((position - lower) * (lowerHalf[upper] - lowerHalf[lower])));
    }

    /// <summary>Median distance from the median of known values; NaN for none.</summary>
    public static float Mad(ReadOnlySpan<float> values)
    {
        var known = Known(values);
        if (known.Length == 0)
        {
            return float.NaN;
        }

        // Of ascending values the distances rise both ways from the middle: the nearer end is next, as far as the median is.
        var middle = At(known, 0.5);
        var distances = new float[(known.Length / 2) + 1];
        var above = known.AsSpan().BinarySearch(middle);
        above = above < 0 ? ~above : above;
        var below = above - 1;
        for (var i = 0; i < distances.Length; i++)
        {
            var down = below >= 0 ? Math.Abs(known[below] - middle) : float.PositiveInfinity;
            var up = above < known.Length ? Math.Abs(known[above] - middle) : float.PositiveInfinity;
            distances[i] = Math.Min(down, up);
            (below, above) = down < up ? (below - 1, above) : (below, above + 1);
        }

        return Middle(distances, known.Length);
    }
}
