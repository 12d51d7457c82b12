// SPDX-License-Identifier: Apache-2.0
namespace Detector.Profiles;

/// <summary>Means and correlations that skip unknown values.</summary>
internal static class Moments
{
    private const float Nothing = -30; // logarithm of what is too small to matter; features end there or above

    /// <summary>Mean of the known values; NaN where there are none.</summary>
    public static double Mean(ReadOnlySpan<float> values)
    {
        double sum = 0;
        var known = 0;
        foreach (var v in values)
        {
            if (!float.IsNaN(v))
            {
                sum += v;
                known++;
            }
        }

        return known == 0 ? double.NaN : sum / known;
    }

    /// <summary>Correlation of pairs known on both sides; NaN under three pairs or without variation.</summary>
    public static double Correlation(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var (slopeless, covariance, varianceA, varianceB) = Joint(a, b);
        return slopeless ? double.NaN : covariance / Math.Sqrt(varianceA * varianceB);
    }

    /// <summary>Least-squares slope of <paramref name="b"/> on <paramref name="a"/>; NaN where there is none.</summary>
    public static double Slope(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var (slopeless, covariance, varianceA, _) = Joint(a, b);
        return slopeless ? double.NaN : covariance / varianceA;
    }

    /// <summary>Natural logarithm; of zero the lowest value a feature may take, below zero NaN.</summary>
    /// <remarks>A spread of zero is knowledge: a flat load whose meter rounds repeats its digits.</remarks>
    public static float Log(double value) => value > 0 ? (float)Math.Max(Math.Log(value), Nothing) : value == 0 ? Nothing : float.NaN;

    /// <summary>The known values of a span, copied.</summary>
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

        return known[..n];
    }

    private static (bool Slopeless, double Covariance, double VarianceA, double VarianceB) Joint(
        ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        double sa = 0, sb = 0;
        var n = 0;
        for (var i = 0; i < a.Length; i++)
        {
            if (!float.IsNaN(a[i]) && !float.IsNaN(b[i]))
            {
                sa += a[i];
                sb += b[i];
                n++;
            }
        }

        double ma = sa / n, mb = sb / n, ab = 0, aa = 0, bb = 0;
        for (var i = 0; i < a.Length; i++)
        {
            if (!float.IsNaN(a[i]) && !float.IsNaN(b[i]))
            {
                ab += (a[i] - ma) * (b[i] - mb);
                aa += (a[i] - ma) * (a[i] - ma);
                bb += (b[i] - mb) * (b[i] - mb);
            }
        }

        return (n < 3 || !(aa > 0) || !(bb > 0), ab, aa, bb);
    }
}
