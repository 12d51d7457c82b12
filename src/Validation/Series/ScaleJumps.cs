// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Validation.Series;

/// <summary>The whole level jumps by 10, 100 or 1000, within 5 %, and stays: a unit, a transformer ratio or a decimal point was changed.</summary>
/// <remarks>
/// The median of a day or a week before and after must be that far apart, and the quartiles as well, within 10 %: the shape stays, only its scale moves.
/// Of the scales met, the one of most slots is taken as right; the others are marked, and taken out where they are off by 100 or more.
/// Cannot tell apart: a site that really grows tenfold overnight with its shape unchanged; so a jump by 10 is only marked.
/// </remarks>
internal sealed class ScaleJumps : ISeriesRule
{
    private const double Level = 0.05;
    private const double Shape = 0.10;
    private const int LeastBlock = 12;
    private const int Near = 6;

    public string Name => "scale_jump";

    public QualityFlags Flag => QualityFlags.ScaleJump;

    public SeriesEffect Effect => SeriesEffect.Exclude;

    public void Mark(SeriesSubject subject)
    {
        var present = subject.Present();
        var values = present.ConvertAll(slot => subject.Series.PowerKilowatts[slot]).ToArray();
        var perDay = (int)Math.Clamp(86_400 / subject.CadenceSeconds, 1, 86_400);
        var exponents = new int[values.Length];
        var exponent = 0;
        var jumps = 0;
        for (var i = 0; i < values.Length; i++)
        {
            if (i >= LeastBlock && i <= values.Length - LeastBlock && ExponentAt(values, i, perDay) is var jump and not 0)
            {
                exponent += jump;
                jumps++;
            }

            exponents[i] = exponent;
        }

        if (jumps == 0)
        {
            return;
        }

        var usual = exponents.GroupBy(e => e).OrderByDescending(g => g.Count()).ThenBy(g => g.Key).First().Key;
        for (var i = 0; i < values.Length; i++)
        {
            var off = Math.Abs(exponents[i] - usual);
            if (off >= 2)
            {
                subject.Exclude(present[i], QualityFlags.ScaleJump);
            }
            else if (off == 1)
            {
                subject.Mark(present[i], QualityFlags.ScaleJump);
            }
        }
    }

    /// <summary>The power of ten by which the level jumps just before a value; 0 where it does not.</summary>
    private static int ExponentAt(float[] values, int at, int perDay)
    {
        var exponent = ExponentOf(values[at], values[at - 1], 0.5);
        if (exponent == 0 || ExponentOf(Mean(values, at, at + Near), Mean(values, at - Near, at), 0.5) != exponent)
        {
            return 0;
        }

        foreach (var days in (ReadOnlySpan<int>)[7, 1])
        {
            var length = Math.Max(LeastBlock, days * perDay);
            if (at < length || at + length > values.Length)
            {
                continue;
            }

            var before = values[(at - length)..at];
            var after = values[at..(at + length)];
            Array.Sort(before);
            Array.Sort(after);
            if (Agrees(after, before, 0.5, exponent, Level) && Agrees(after, before, 0.25, exponent, Shape) && Agrees(after, before, 0.75, exponent, Shape))
            {
                return exponent;
            }
        }

        return 0;
    }

    private static bool Agrees(float[] after, float[] before, double share, int exponent, double tolerance) =>
        ExponentOf(SeriesSubject.Quantile(after, share), SeriesSubject.Quantile(before, share), tolerance) == exponent;

    private static int ExponentOf(double after, double before, double tolerance)
    {
        if (!(after > 0 && before > 0))
        {
            return 0;
        }

        var ratio = after / before;
        var exponent = (int)Math.Clamp(Math.Round(Math.Log10(ratio)), -3, 3);
        return Math.Abs((ratio / Math.Pow(10, exponent)) - 1) <= tolerance ? exponent : 0;
    }

    private static double Mean(float[] values, int from, int to)
    {
        var sum = 0.0;
        for (var i = from; i < to; i++)
        {
            sum += values[i];
        }

        return sum / (to - from);
    }
}
