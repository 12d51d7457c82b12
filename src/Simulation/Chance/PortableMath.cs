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
        var series = 1.0 / 17;
        for (var k = 15; k >= 1; k -= 2)
        {
            series = (series * q) + (1.0 / k);
        }

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
        var series = 1.0;
        for (var k = 13; k >= 1; k--)
        {
            series = 1 + (r * series / k);
        }

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
        var series = 1.0;
        for (var k = 18; k >= 2; k -= 2)
        {
            series = 1 - (q * series / (k * (k + 1.0)));
        }

        return sign * x * series;
    }

    /// <summary>Cosine of a number of whole turns: 0.5 gives -1.</summary>
    public static double CosineOfTurns(double turns) => SineOfTurns(turns + 0.25);
}
