// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Profiles;

/// <summary>An hourly load and what several feature groups derive from it, computed once.</summary>
/// <remarks>
/// Levels are upper quartiles, of all hours or of a day's: what a load runs at that rests for up to three quarters of its time. A median would lie between rest and running where both last as long, and turn with
/// the noise. A day's level is smoothed by the median over the week centred on it; the template is the median by hour of week of load over level; the residual is what is left: x / level - template. Robust at
/// each step, so that a drop or a step stays in the residual instead of bending the template. What stands by counts as standing by, however much or little that is: a load that is judged has no hour below
/// <see cref="StandbyShare"/> of the level it runs at, so that a contactor that opens and fans that go on turning are the same to every feature; hours at which its own week rests have no residual
/// (<see cref="RestShare"/>), so that what moves is measured while it runs.
/// </remarks>
public sealed class ProfileInput
{
    private const int LeastHoursOfDay = 12; // a day with fewer known hours has no median of its own
    private const int LevelReach = 3; // days before and after that share a day's level
    private const double RunningQuantile = 0.75;

    /// <summary>Of the 95th percentile of a load, what every hour below it is taken for when it is judged.</summary>
    /// <remarks>
    /// What a simulated hall draws while its machines are off is our guess; trees that saw it told mines by a hundredth of the load, and a mine that is switched off altogether was no mine to them.
    /// Controls, fans and lights of a hall at rest draw some hundredths.
    /// </remarks>
    public const double StandbyShare = 0.03;

    /// <summary>Of the level, what a load is at rest below.</summary>
    /// <remarks>Above what halls at rest draw, below what machines that are throttled do.</remarks>
    public const double RestShare = 0.2;

    /// <summary>Derives everything from the hours as they are.</summary>
    public ProfileInput(HourlyLoad load)
        : this(load, leastShare: 0)
    {
    }

    private ProfileInput(HourlyLoad load, double leastShare)
    {
        ArgumentNullException.ThrowIfNull(load);
        Load = load;
        X = load.Kilowatts;
        Known = [.. X.Where(v => !float.IsNaN(v))];
        Ascending.Sort(Known);
        MeanKilowatts = Known.Length == 0 ? float.NaN : Known.Average(v => (double)v);
        Mean = MeanKilowatts;
        if ((float)(leastShare * Sorted(0.95)) is > 0 and var least && Known[0] < least)
        {
            float Raised(float v) => v < least ? least : v; // leaves an unknown hour unknown, and what ascends ascending
            X = Array.ConvertAll(X, Raised);
            Known = Array.ConvertAll(Known, Raised);
            Mean = Known.Average(v => (double)v);
        }

        Level = Sorted(RunningQuantile);
        Days = DayGrid.Of(load, X);
        DayLevel = Days.Statistic(LeastHoursOfDay, static hours => Quantiles.At(hours, RunningQuantile));
        SmoothLevel = Smooth(DayLevel, LevelReach);
        Relative = Divide();
        Template = TemplateOf(Relative);
        Residual = Subtract();
        KnownResidual = [.. Residual.Where(v => !float.IsNaN(v))];
        ResidualMad = Quantiles.Mad([.. KnownResidual]);
    }

    /// <summary>What a load is judged by: no hour below <see cref="StandbyShare"/>.</summary>
    public static ProfileInput OfJudged(HourlyLoad load) => new(load, StandbyShare);

    /// <summary>The hours as they are.</summary>
    public HourlyLoad Load { get; }

    /// <summary>Mean power of each hour in kW, raised to standby where the load is judged; NaN where unknown.</summary>
    public float[] X { get; }

    /// <summary>The known hours, ascending.</summary>
    public float[] Known { get; }

    /// <summary>Mean of the hours as they are, kW; NaN where there are none.</summary>
    public double MeanKilowatts { get; }

    /// <summary>Mean of the known hours of <see cref="X"/> in kW; NaN where there are none.</summary>
    public double Mean { get; }

    /// <summary>What the load runs at in kW, their upper quartile; NaN where there are none.</summary>
    public double Level { get; }

    /// <summary>Below this the load rests, kW.</summary>
    public double Rest => RestShare * Level;

    /// <summary>The hours by local day and hour of day.</summary>
    public DayGrid Days { get; }

    /// <summary>What each local day runs at in kW, its upper quartile; NaN where less than half the day is known.</summary>
    public float[] DayLevel { get; }

    /// <summary>Level of each local day in kW: median over the week around it.</summary>
    public float[] SmoothLevel { get; }

    /// <summary>Load over its level, each hour.</summary>
    public float[] Relative { get; }

    /// <summary>Median of <see cref="Relative"/> for each hour of the local week.</summary>
    public float[] Template { get; }

    /// <summary><see cref="Relative"/> minus <see cref="Template"/>, each hour; NaN where the template rests.</summary>
    public float[] Residual { get; }

    /// <summary>The known residuals, in order of time.</summary>
    public float[] KnownResidual { get; }

    /// <summary>Median absolute deviation of the residual.</summary>
    public float ResidualMad { get; }

    /// <summary>Number of hours.</summary>
    public int Count => X.Length;

    /// <summary>A quantile of the known hours in kW.</summary>
    public double Sorted(double share)
    {
        if (Known.Length == 0)
        {
            return double.NaN;
        }

        var position = share * (Known.Length - 1);
        var lower = (int)position;
        var upper = Math.Min(lower + 1, Known.Length - 1);
        return Known[lower] + ((position - lower) * (Known[upper] - Known[lower]));
    }

    internal static float[] Smooth(float[] daily, int reach)
    {
        var smooth = new float[daily.Length];
        Span<float> near = stackalloc float[(2 * reach) + 1];
        for (var d = 0; d < daily.Length; d++)
        {
            var n = 0;
            for (var k = Math.Max(0, d - reach); k <= Math.Min(daily.Length - 1, d + reach); k++)
            {
                if (!float.IsNaN(daily[k]))
                {
                    near[n++] = daily[k];
                }
            }

            smooth[d] = Quantiles.Median(near[..n]);
        }

        return smooth;
    }

    private float[] Divide()
    {
        var relative = new float[Count];
        for (var i = 0; i < Count; i++)
        {
            var level = SmoothLevel[Days.RowOf(i)];
            relative[i] = level > 0 ? X[i] / level : float.NaN;
        }

        return relative;
    }

    private float[] TemplateOf(float[] relative)
    {
        var weeks = (Count / HourlyLoad.WeekHours) + 2;
        var buffer = new float[HourlyLoad.WeekHours * weeks];
        var counts = new int[HourlyLoad.WeekHours];
        for (var i = 0; i < Count; i++)
        {
            var hour = Load.Local.HourOfWeek[i];
            if (!float.IsNaN(relative[i]) && counts[hour] < weeks)
            {
                buffer[(hour * weeks) + counts[hour]++] = relative[i];
            }
        }

        var template = new float[HourlyLoad.WeekHours];
        for (var h = 0; h < template.Length; h++)
        {
            template[h] = Quantiles.Median(buffer.AsSpan(h * weeks, counts[h]));
        }

        return template;
    }

    private float[] Subtract()
    {
        var residual = new float[Count];
        for (var i = 0; i < Count; i++)
        {
            var usual = Template[Load.Local.HourOfWeek[i]];
            residual[i] = usual < RestShare ? float.NaN : Relative[i] - usual;
        }

        return residual;
    }
}
