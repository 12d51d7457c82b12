// SPDX-License-Identifier: Apache-2.0
namespace Detector.Profiles.Daily;

/// <summary>Least-squares fits of a few fixed curves to weekly levels.</summary>
internal static class Curve
{
    private const double WeeksOfYear = 365.25 / 7;

    /// <summary>A straight line and a parabola, made orthogonal to the mean and to one another.</summary>
    public static double[][] Slow(int count)
    {
        var line = Of(count, t => t - ((count - 1) / 2.0));
        var square = line.Sum(v => v * v) / count;
        return [line, [.. line.Select(v => (v * v) - square)]];
    }

    /// <summary>Cosine and sine of the year, taken from the mean.</summary>
    public static double[][] Year(int count)
    {
        var cosine = Of(count, t => Math.Cos(2 * Math.PI * t / WeeksOfYear));
        var sine = Of(count, t => Math.Sin(2 * Math.PI * t / WeeksOfYear));
        var (c, s) = (cosine.Average(), sine.Average());
        cosine = [.. cosine.Select(v => v - c)];
        sine = [.. sine.Select(v => v - s)];
        var shared = Dot(cosine, sine) / Math.Max(Dot(cosine, cosine), 1e-12);
        return [cosine, [.. sine.Select((v, i) => v - (shared * cosine[i]))]];
    }

    /// <summary>Share of the variance that orthogonal curves explain, 0 to 1; NaN of a constant.</summary>
    public static float Explained(float[] values, double[][] curves)
    {
        var mean = values.Average(v => (double)v);
        double[] centred = [.. values.Select(v => v - mean)];
        var all = Dot(centred, centred);
        return all > 0 ? (float)(curves.Sum(c => Dot(c, centred) * Dot(c, centred) / Math.Max(Dot(c, c), 1e-12)) / all) : float.NaN;
    }

    /// <summary>Highest less lowest value of the fitted curves.</summary>
    public static double Swing(float[] values, double[][] curves)
    {
        var mean = values.Average(v => (double)v);
        double[] centred = [.. values.Select(v => v - mean)];
        double[] weights = [.. curves.Select(c => Dot(c, centred) / Math.Max(Dot(c, c), 1e-12))];
        double[] fit = [.. Enumerable.Range(0, values.Length).Select(i => curves.Select((c, k) => c[i] * weights[k]).Sum())];
        return fit.Max() - fit.Min();
    }

    private static double[] Of(int count, Func<int, double> value) => [.. Enumerable.Range(0, count).Select(value)];

    private static double Dot(double[] a, double[] b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }
}
