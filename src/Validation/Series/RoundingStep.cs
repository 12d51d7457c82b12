// SPDX-License-Identifier: Apache-2.0
namespace Detector.Validation.Series;

/// <summary>The step by which a meter rounds, told from the values it sent.</summary>
internal static class RoundingStep
{
    /// <summary>Share of the value below which a difference is arithmetic, not the meter's.</summary>
    public const double Noise = 1e-9;

    /// <summary>Distinct values in rising order.</summary>
    public static double[] Distinct(ReadOnlySpan<double> values)
    {
        var sorted = new double[values.Length];
        var finite = 0;
        foreach (var value in values)
        {
            if (double.IsFinite(value))
            {
                sorted[finite++] = value;
            }
        }

        sorted.AsSpan(0, finite).Sort();
        var count = 0;
        for (var i = 0; i < finite; i++)
        {
            if (count == 0 || sorted[i] - sorted[count - 1] > Noise * Math.Abs(sorted[i]))
            {
                sorted[count++] = sorted[i];
            }
        }

        return sorted[..count];
    }

    /// <summary>Smallest difference between distinct values; zero of fewer than two.</summary>
    public static double Smallest(ReadOnlySpan<double> distinct)
    {
        var step = double.PositiveInfinity;
        for (var i = 1; i < distinct.Length; i++)
        {
            step = Math.Min(step, distinct[i] - distinct[i - 1]);
        }

        return double.IsInfinity(step) ? 0 : step;
    }

    /// <summary>The step about a level: of the values within a fifth of it, or, of fewer than five, the finer of the whole series' and of the level's own decimals.</summary>
    public static double About(double[] distinct, double level)
    {
        var from = Array.BinarySearch(distinct, level * 0.8);
        var to = Array.BinarySearch(distinct, level * 1.2);
        from = from < 0 ? ~from : from;
        to = to < 0 ? ~to : to;
        if (to - from >= 5)
        {
            return Smallest(distinct.AsSpan(from, to - from));
        }

        var overall = Smallest(distinct);
        return overall > 0 ? Math.Min(overall, OfDecimals(level)) : OfDecimals(level);
    }

    /// <summary>One unit of a value's last decimal: 0.1 of 98.7; at most 1, at least a millionth.</summary>
    public static double OfDecimals(double value)
    {
        var unit = 1.0;
        for (var places = 0; places < 6; places++, unit /= 10)
        {
            if (Math.Abs((value / unit) - Math.Round(value / unit)) < 1e-6)
            {
                break;
            }
        }

        return unit;
    }
}
