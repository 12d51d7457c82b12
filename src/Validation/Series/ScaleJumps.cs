// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Validation.Series;

/// <summary>The whole level jumps by 10, 100 or 1000, within 5 % (15 % from 100 on), and stays: a unit, a transformer ratio or a decimal point was changed.</summary>
/// <remarks>
/// The median of a day or a week before and after must be that far apart, and the quartiles as well, within 10 %: the shape stays, only its scale moves.
/// Of a jump by 100 and more, which loads hardly make by themselves, the median is asked for within 15 % and the quartiles within 25 %.
/// A load that idles and works at ten times the power jumps often and is at both levels on either side: such is passed over. By a thousand no load does:
/// more than two such jumps are a unit that nobody has settled, and all up to the last of them is marked. Zeros are passed over: one at the change hides nothing.
/// Of the scales met, the last is taken as right where it has lasted for four weeks, since faults are corrected and not made for good; before, that of most slots.
/// The others are marked, and taken out where they are off by 100 or more.
/// Cannot tell apart: a site that really grows tenfold overnight with its shape unchanged; so a jump by 10 is only marked.
/// </remarks>
internal sealed class ScaleJumps : ISeriesRule
{
    private const double Level = 0.05;
    private const double Shape = 0.10;
    private const double FarLevel = 0.15; // a hundredfold and more is no load's own doing, and its weeks may differ
    private const double FarShape = 0.25;
    private const double Step = 0.5;
    private const double FarStep = 2;
    private const int LeastBlock = 12;
    private const int Near = 6;
    private const int MostJumps = 2; // a change and its repair
    private const double NoJumpFrom = 0.32; // within a factor of the root of ten either way the nearest power is the zeroth
    private const double NoJumpTo = 3.1;
    private const double MostOverlap = 0.05;
    private const int Thousandfold = 3;
    private const int LeastDaysOfLast = 28; // the shortest window that is judged

    public string Name => "scale_jump";

    public QualityFlags Flag => QualityFlags.ScaleJump;

    public SeriesEffect Effect => SeriesEffect.Exclude;

    public void Mark(SeriesSubject subject)
    {
        var present = subject.Present().FindAll(slot => subject.Series.PowerKilowatts[slot] > 0);
        var values = present.ConvertAll(slot => subject.Series.PowerKilowatts[slot]).ToArray();
        var perDay = (int)Math.Clamp(86_400 / subject.CadenceSeconds, 1, 86_400);
        var jumps = Jumps(values, perDay);
        if (jumps.Count(j => Math.Abs(j.By) == Thousandfold) > MostJumps)
        {
            present[..jumps[^1].At].ForEach(slot => subject.Mark(slot, QualityFlags.ScaleJump));
            return;
        }

        if (jumps.Count is 0 or > MostJumps || !jumps.TrueForAll(jump => IsParted(values, jumps, jump.At)))
        {
            return;
        }

        var exponents = new int[values.Length];
        foreach (var (at, by) in jumps)
        {
            for (var i = at; i < values.Length; i++)
            {
                exponents[i] += by;
            }
        }

        var lastDays = (present[^1] - present[jumps[^1].At] + 1) * subject.CadenceSeconds / 86_400;
        var usual = lastDays >= LeastDaysOfLast
            ? exponents[^1]
            : exponents.GroupBy(e => e).OrderByDescending(g => g.Count()).ThenBy(g => g.Key).First().Key;
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

    private static List<(int At, int By)> Jumps(float[] values, int perDay)
    {
        var jumps = new List<(int At, int By)>();
        for (var i = LeastBlock; i <= values.Length - LeastBlock; i++)
        {
            if (ExponentAt(values, i, perDay) is var by and not 0)
            {
                jumps.Add((i, by));
            }
        }

        return jumps;
    }

    /// <summary>Whether hardly a value on one side of a jump is at the other side's level, up to the next jump: a load that idles and works is at both.</summary>
    private static bool IsParted(float[] values, List<(int At, int By)> jumps, int at)
    {
        var from = jumps.Where(j => j.At < at).Select(j => j.At).DefaultIfEmpty(0).Max();
        var to = jumps.Where(j => j.At > at).Select(j => j.At).DefaultIfEmpty(values.Length).Min();
        var (before, after) = (values[from..at], values[at..to]);
        Array.Sort(before);
        Array.Sort(after);
        var (low, high) = (SeriesSubject.Quantile(before, 0.5), SeriesSubject.Quantile(after, 0.5));
        return before.Count(v => v > high / 2 && v < high * 2) < MostOverlap * before.Length
            && after.Count(v => v > low / 2 && v < low * 2) < MostOverlap * after.Length;
    }

    /// <summary>The power of ten by which the level jumps just before a value; 0 where it does not.</summary>
    private static int ExponentAt(float[] values, int at, int perDay)
    {
        var exponent = StepOf(values[at], values[at - 1]);
        if (exponent == 0 || StepOf(Mean(values, at, at + Near), Mean(values, at - Near, at)) != exponent)
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
            var (level, shape) = Math.Abs(exponent) >= 2 ? (FarLevel, FarShape) : (Level, Shape);
            if (Agrees(after, before, 0.5, exponent, level) && Agrees(after, before, 0.25, exponent, shape) && Agrees(after, before, 0.75, exponent, shape))
            {
                return exponent;
            }
        }

        return 0;
    }

    /// <summary>The exponent of one step, at which the load itself may be on its way: by a half, or by a factor of three where the step is a hundredfold.</summary>
    private static int StepOf(double after, double before) =>
        ExponentOf(after, before, FarStep) is var far && Math.Abs(far) >= 2 ? far : ExponentOf(after, before, Step);

    private static bool Agrees(float[] after, float[] before, double share, int exponent, double tolerance) =>
        ExponentOf(SeriesSubject.Quantile(after, share), SeriesSubject.Quantile(before, share), tolerance) == exponent;

    private static int ExponentOf(double after, double before, double tolerance)
    {
        if (!(after > 0 && before > 0))
        {
            return 0;
        }

        var ratio = after / before;
        if (ratio is > NoJumpFrom and < NoJumpTo)
        {
            return 0; // the usual case, without a logarithm
        }

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
