// SPDX-License-Identifier: Apache-2.0
namespace Detector.Profiles.Daily;

/// <summary>A daily load and what several groups derive from it, computed once.</summary>
/// <remarks>
/// The level is the median over fifteen days; the template is the median by day of week of load over level; the residual is
/// what is left: x / level - template. The weekless load is the load over its template: for steps and levels, in which a
/// weekend is no event.
/// </remarks>
public sealed class DailyInput
{
    private const int LevelReach = 7; // days before and after: two weekends of a fortnight cannot make the median

    /// <summary>Derives everything from the days.</summary>
    public DailyInput(DailyLoad load)
    {
        ArgumentNullException.ThrowIfNull(load);
        Load = load;
        X = load.Kilowatts;
        Known = Moments.Known(X);
        Array.Sort(Known);
        Mean = Moments.Mean(Known);
        Median = Sorted(0.5);
        Level = ProfileInput.Smooth(X, LevelReach);
        Relative = Divide();
        Template = TemplateOf();
        Residual = Subtract();
        KnownResidual = Moments.Known(Residual);
        ResidualMad = Quantiles.Mad([.. KnownResidual]);
        Weekless = WithoutWeek();
    }

    /// <summary>The days.</summary>
    public DailyLoad Load { get; }

    /// <summary>Mean power of each day in kW; NaN where unknown.</summary>
    public float[] X { get; }

    /// <summary>The known days, ascending.</summary>
    public float[] Known { get; }

    /// <summary>Their mean in kW; NaN where there are none.</summary>
    public double Mean { get; }

    /// <summary>Their median in kW; NaN where there are none.</summary>
    public double Median { get; }

    /// <summary>Level of each day in kW: median of the fortnight around it.</summary>
    public float[] Level { get; }

    /// <summary>Load over level.</summary>
    public float[] Relative { get; }

    /// <summary>Load over level by day of the week, Monday first; 1 where unknown.</summary>
    public float[] Template { get; }

    /// <summary>What neither level nor week explains, as a share of the level.</summary>
    public float[] Residual { get; }

    /// <summary>The known residuals in order of time.</summary>
    public float[] KnownResidual { get; }

    /// <summary>Median absolute deviation of the residual.</summary>
    public float ResidualMad { get; }

    /// <summary>Load over its template, in kW.</summary>
    public float[] Weekless { get; }

    /// <summary>Number of days.</summary>
    public int Count => X.Length;

    /// <summary>Whether there is enough to say anything: a positive median and two weeks of known days.</summary>
    public bool IsUsable => Median > 0 && Known.Length >= 14;

    /// <summary>Quantile of the known days.</summary>
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

    private float[] Divide()
    {
        var relative = new float[Count];
        for (var i = 0; i < Count; i++)
        {
            relative[i] = Level[i] > 0 ? X[i] / Level[i] : float.NaN;
        }

        return relative;
    }

    private float[] TemplateOf()
    {
        var template = new float[7];
        for (var d = 0; d < 7; d++)
        {
            var days = Enumerable.Range(0, Count).Where(i => Load.DayOfWeek(i) == d && !float.IsNaN(Relative[i])).Select(i => Relative[i]).ToArray();
            template[d] = days.Length >= 2 ? Quantiles.Median(days) : 1;
        }

        return template;
    }

    private float[] Subtract()
    {
        var residual = new float[Count];
        for (var i = 0; i < Count; i++)
        {
            residual[i] = Relative[i] - Template[Load.DayOfWeek(i)];
        }

        return residual;
    }

    private float[] WithoutWeek()
    {
        var weekless = new float[Count];
        for (var i = 0; i < Count; i++)
        {
            var usual = Template[Load.DayOfWeek(i)];
            weekless[i] = usual > 0.05f ? X[i] / usual : float.NaN; // a day that is usually off tells nothing of the level
        }

        return weekless;
    }
}
