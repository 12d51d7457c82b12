// SPDX-License-Identifier: Apache-2.0
namespace Detector.Profiles;

/// <summary>Order statistics without a full sort. Spans are reordered; they must hold no NaN.</summary>
internal static class Quantiles
{
    /// <summary>Factor that makes a median absolute deviation a standard deviation for normal noise.</summary>
    public const double NormalMad = 1.4826;

    /// <summary>The median; NaN for an empty span.</summary>
    public static float Median(Span<float> values) => At(values, 0.5);

    /// <summary>The quantile, linear between neighbours (Hyndman and Fan, 1996, type 7); NaN for an empty span.</summary>
    public static float At(Span<float> values, double share)
    {
        if (values.IsEmpty)
        {
            return float.NaN;
        }

        var position = share * (values.Length - 1);
        var lower = (int)position;
        var value = Select(values, lower);
        if (lower + 1 >= values.Length || position == lower)
        {
            return value;
        }

        var next = float.PositiveInfinity;
        foreach (var v in values[(lower + 1)..])
        {
            next = Math.Min(next, v);
        }

        return (float)(value + ((position - lower) * (next - value)));
    }

    /// <summary>Median distance from the median; NaN for an empty span.</summary>
    public static float Mad(Span<float> values)
    {
        var middle = Median(values);
        foreach (ref var v in values)
        {
            v = Math.Abs(v - middle);
        }

        return Median(values);
    }

    /// <summary>Moves the value of rank <paramref name="k"/> to its place, lower ones before it (Hoare's quickselect).</summary>
    private static float Select(Span<float> values, int k)
    {
        int low = 0, high = values.Length - 1;
        while (low < high)
        {
            var pivot = MiddleOf(values[low], values[(low + high) / 2], values[high]);
            int i = low, j = high;
            while (i <= j)
            {
                while (values[i] < pivot)
                {
                    i++;
                }

                while (values[j] > pivot)
                {
                    j--;
                }

                if (i <= j)
                {
                    (values[i], values[j]) = (values[j], values[i]);
                    i++;
                    j--;
                }
            }

            if (k <= j)
            {
                high = j;
            }
            else if (k >= i)
            {
                low = i;
            }
            else
            {
                break;
            }
        }

        return values[k];
    }

    private static float MiddleOf(float a, float b, float c) => Math.Max(Math.Min(a, b), Math.Min(Math.Max(a, b), c));
}
