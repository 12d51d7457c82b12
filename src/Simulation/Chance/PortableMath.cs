// SPDX-License-Identifier: Apache-2.0
namespace Detector.Simulation;

/// <summary>Logarithm, exponential and sine from basic arithmetic, so that a seed gives the same bits on every machine.</summary>
/// <remarks>
/// The mathematical functions of the runtime come from the platform's C library and differ in the last digit between platforms;
/// IEEE 754 fixes addition, multiplication, division and square root. Relative error here is under 1e-13.
/// </remarks>
internal static class PortableMath
{
    private const double Ln2 = 0.693147180559945309417232;

    // Coefficients of the power series, highest power first; each is a correctly rounded quotient.
    private static readonly double[] LogSeries = [1.0 / 17, 1.0 / 15, 1.0 / 13, 1.0 / 11, 1.0 / 9, 1.0 / 7, 1.0 / 5, 1.0 / 3, 1];

    private static readonly double[] ExpSeries =
    [
        1 / 6227020800.0, 1 / 479001600.0, 1 / 39916800.0, 1 / 3628800.0, 1 / 362880.0, 1 / 40320.0, 1 / 5040.0, 1 / 720.0, 1 / 120.0, 1 / 24.0,
        1 / 6.0, 1 / 2.0, 1, 1,
    ];

    private static readonly double[] SineSeries =
    [
        1 / 355687428096000.0, -1 / 1307674368000.0, 1 / 6227020800.0, -1 / 39916800.0, 1 / 362880.0, -1 / 5040.0, 1 / 120.0, -1 / 6.0, 1,
    ];

    /// <summary>Natural logarithm; <paramref name="x"/> over zero and finite.</summary>
    public static double Log(double x)
    {
        if (x < 2.2250738585072014e-308)
        {
            return -708.396418532264;
        }

        var bits = BitConverter.DoubleToInt64Bits(x);
        var exponent = (int)(bits >> 52) - 1023;
        var mantissa = BitConverter.Int64BitsToDouble((bits & 0xFFFFFFFFFFFFFL) | 0x3FF0000000000000L);
        if (mantissa > 1.4142135623730951)
        {
            mantissa /= 2;
            exponent++;
        }

        // log m = 2 atanh((m - 1) / (m + 1)); |s| is at most 0.172, so eight terms suffice.
        var s = (mantissa - 1) / (mantissa + 1);
        var q = s * s;
        var series = Horner(LogSeries, q);

        return (exponent * Ln2) + (2 * s * series);
    }

    /// <summary>e to the power of <paramref name="x"/>; zero under -700, bounded over 700.</summary>
    public static double Exp(double x)
    {
        if (x < -700)
        {
            return 0;
        }

        x = Math.Min(x, 700);
        var power = Math.Floor((x / Ln2) + 0.5);
        var r = x - (power * Ln2);
        var series = Horner(ExpSeries, r);

        return series * BitConverter.Int64BitsToDouble((long)(power + 1023) << 52);
    }

    /// <summary>Sine of a number of whole turns: 0.25 gives 1.</summary>
    public static double SineOfTurns(double turns)
    {
        var t = turns - Math.Floor(turns);
        var sign = 1.0;
        if (t >= 0.5)
        {
            t -= 0.5;
            sign = -1;
        }

        if (t > 0.25)
        {
            t = 0.5 - t;
        }

        var x = t * 6.283185307179586476925;
        var q = x * x;
        return sign * x * Horner(SineSeries, q);
    }

    /// <summary>Cosine of a number of whole turns: 0.5 gives -1.</summary>
    public static double CosineOfTurns(double turns) => SineOfTurns(turns + 0.25);

    private static double Horner(double[] coefficients, double x)
    {
        var sum = coefficients[0];
        for (var i = 1; i < coefficients.Length; i++)
        {
            sum = (sum * x) + coefficients[i];
        }

        return sum;
    }
}
