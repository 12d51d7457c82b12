// SPDX-License-Identifier: Apache-2.0
using Detector.Profiles;

namespace Detector.Detection.Change;

/// <summary>Sharpens a change to the hour: how well each hour and each length of ramp explains the load.</summary>
/// <remarks>
/// What exceeds the usual week is whitened by its lag-1 memory and taken as Student-t of 4 degrees of freedom, scale by MAD;
/// the added load sets in at once or over a ramp (detection-change research, section 6.2). A load on a clock is added with
/// its hours of the day. Looked at once, then again around the hour found.
/// </remarks>
internal static class OnsetLikelihood
{
    /// <summary>Hours over which the added load phases in.</summary>
    public static readonly int[] Ramps = [0, 6, 12, 24, 48, 96, 168];

    private const double SmallShare = 0.3; // below it the first look may be days off
    private const int Reach = 96; // hours either way
    private const int WideReach = 14 * 24;
    private const double Clocked = 0.75; // share of the week in which it runs, below which its hours count
    private const double Freedom = 4;
    private const int Week = HourlyLoad.WeekHours;

    /// <summary>The curve of an added load.</summary>
    public static OnsetCurve Of(AddedLoad added)
    {
        var reach = added.Level < SmallShare * added.AfterLevel ? WideReach : Reach;
        var first = Around(added, added.Point.Hour, reach);
        return Math.Abs(first.Likely - added.Point.Hour) > Reach / 4 ? Around(added, first.Likely, reach) : first;
    }

    private static OnsetCurve Around(AddedLoad added, int middle, int reach)
    {
        var steps = added.Steps;
        var first = Math.Max(middle - reach, Math.Min(middle, Week + 24));
        var last = Math.Min(middle + reach, steps.End - 24);
        var origin = Math.Max(1, first - 1);
        var excess = Excess(steps, origin, Math.Min(steps.End, last + Ramps[^1] + 48), first);
        var level = Levels(added, origin, excess.Length);
        var (memory, scale) = Noise(added, excess, level, first - origin, last - origin);
        var curve = new float[Ramps.Length][];
        for (var r = 0; r < Ramps.Length; r++)
        {
            curve[r] = Curve(excess, level, memory, scale, first - origin, last - origin, Ramps[r]);
        }

        return new OnsetCurve(first, curve);
    }

    /// <summary>Load less the usual week from before the earliest onset, that week brought to the level of its last seven days.</summary>
    private static float[] Excess(LoadSteps steps, int origin, int end, int first)
    {
        var last = new float[Math.Min(Week, first)];
        for (var i = 0; i < last.Length; i++)
        {
            last[i] = steps.Hours[first - last.Length + i] - steps.Back(first - last.Length + i);
        }

        var middle = Order.Median(last);
        var centre = float.IsNaN(middle) ? 0 : middle;
        var excess = new float[end - origin];
        for (var i = origin; i < end; i++)
        {
            var place = (((i - first) % Week) + Week) % Week;
            excess[i - origin] = steps.Hours[i] - steps.Back(first + place) - centre;
        }

        return excess;
    }

    private static double[] Levels(AddedLoad added, int origin, int count)
    {
        var level = new double[count];
        var clocked = added.On.Length < Clocked * added.Ascending.Length;
        var byHour = new float[24];
        for (var h = 0; h < 24 && clocked; h++)
        {
            var hour = h;
            byHour[h] = Order.Median([.. added.Added.Where((_, j) => added.Steps.Clock.HourOfWeek(added.Point.Hour + j) % 24 == hour)]);
        }

        for (var i = 0; i < count; i++)
        {
            var own = clocked ? byHour[added.Steps.Clock.HourOfWeek(origin + i) % 24] : added.Point.Median;
            level[i] = float.IsNaN(own) ? added.Point.Median : own;
        }

        return level;
    }

    /// <summary>Memory from hour to hour and scale of what is left, over both sides of the grid and the nearer level within it.</summary>
    private static (double Memory, double Scale) Noise(AddedLoad added, float[] excess, double[] level, int first, int last)
    {
        var noise = new float[excess.Length];
        for (var i = 0; i < noise.Length; i++)
        {
            var (without, with) = (excess[i], excess[i] - (float)level[i]);
            noise[i] = i < first ? without : i > last ? with : Math.Abs(without) < Math.Abs(with) ? without : with;
        }

        var limit = 3 * 1.4826f * Order.Mad(noise);
        double xy = 0, xx = 0;
        for (var i = 1; i < noise.Length; i++)
        {
            double a = Math.Clamp(noise[i - 1], -limit, limit), b = Math.Clamp(noise[i], -limit, limit);
            if (!double.IsNaN(a) && !double.IsNaN(b))
            {
                (xy, xx) = (xy + (a * b), xx + (a * a));
            }
        }

        var memory = xx > 0 ? Math.Clamp(xy / xx, 0.3, 0.97) : 0.3;
        float[] white = [.. noise.Skip(1).Zip(noise, (b, a) => b - (float)(memory * a))];
        return (memory, Math.Max(1.4826 * Order.Mad(white), (0.002 * added.AfterLevel) + (0.01 * added.Level)));
    }

    private static float[] Curve(float[] excess, double[] level, double memory, double scale, int first, int last, int ramp)
    {
        double LogLikelihood(int i, double now, double then)
        {
            var v = excess[i] - (now * level[i]) - (memory * (excess[i - 1] - (then * level[i - 1])));
            return double.IsNaN(v) ? 0 : -(Freedom + 1) / 2 * Math.Log(1 + (v * v / (Freedom * scale * scale)));
        }

        var without = new double[excess.Length + 1];
        var with = new double[excess.Length + 1];
        for (var i = 1; i < excess.Length; i++)
        {
            without[i + 1] = without[i] + LogLikelihood(i, 0, 0);
            with[i + 1] = with[i] + LogLikelihood(i, 1, 1);
        }

        var curve = new float[Math.Max(1, last - first + 1)];
        for (var at = first; at < first + curve.Length; at++)
        {
            var full = Math.Min(excess.Length, at + ramp + 1);
            double Part(int i) => i < at ? 0 : ramp == 0 ? 1 : Math.Min(1, (i - at + 1.0) / ramp);
            var sum = without[Math.Max(at, 1)] + with[^1] - with[full];
            for (var i = Math.Max(at, 1); i < full; i++)
            {
                sum += LogLikelihood(i, Part(i), Part(i - 1));
            }

            curve[at - first] = (float)sum;
        }

        return curve;
    }
}
