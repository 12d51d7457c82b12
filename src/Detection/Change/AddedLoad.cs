// SPDX-License-Identifier: Apache-2.0
using Detector.Profiles;

namespace Detector.Detection.Change;

/// <summary>What was added at one moment, and the load on both sides of it: all that its features are made of.</summary>
internal sealed class AddedLoad
{
    private const int Span = WeekMedians.Weeks * HourlyLoad.WeekHours;
    private const int Reach = 8 * HourlyLoad.WeekHours;

    /// <summary>The added load at a moment of a look.</summary>
    public AddedLoad(LoadSteps steps, StepPoint point)
    {
        Steps = steps;
        Point = point;
        for (var j = 0; j < HourlyLoad.WeekHours; j++)
        {
            Before[j] = steps.Back(point.Hour + j);
            After[j] = steps.Ahead(point.Hour + j);
            Added[j] = After[j] - Before[j];
        }

        Ascending = Order.Known(Added);
        var half = Order.At(Ascending, 0.9) / 2;
        On = [.. Ascending.Where(v => v > half)];
        Level = Order.At(On, 0.5);
        BeforeLevel = Order.Median(Before);
        AfterLevel = Order.Median(After);
        FirstExcess = Math.Max(0, point.Hour - Reach);
        Excess = new float[Math.Min(steps.End, point.Hour + Reach) - FirstExcess];
        for (var i = 0; i < Excess.Length; i++)
        {
            Excess[i] = steps.Hours[FirstExcess + i] - Before[Place(FirstExcess + i)];
        }
    }

    /// <summary>The look.</summary>
    public LoadSteps Steps { get; }

    /// <summary>The moment.</summary>
    public StepPoint Point { get; }

    /// <summary>Usual load by hour of week before, from the moment's own hour of week on.</summary>
    public float[] Before { get; } = new float[HourlyLoad.WeekHours];

    /// <summary>Usual load after.</summary>
    public float[] After { get; } = new float[HourlyLoad.WeekHours];

    /// <summary>Their difference.</summary>
    public float[] Added { get; } = new float[HourlyLoad.WeekHours];

    /// <summary>The known differences, ascending.</summary>
    public float[] Ascending { get; }

    /// <summary>Those of the hours at which it runs: above half of its 90th percentile.</summary>
    public float[] On { get; }

    /// <summary>Level of the added load while it runs, kW: a load on a clock is judged on that.</summary>
    public double Level { get; }

    /// <summary>Median load by hour of week before, kW.</summary>
    public double BeforeLevel { get; }

    /// <summary>The same after.</summary>
    public double AfterLevel { get; }

    /// <summary>First local hour of <see cref="Excess"/>.</summary>
    public int FirstExcess { get; }

    /// <summary>Load less what was usual before the moment, up to eight weeks either way.</summary>
    public float[] Excess { get; }

    /// <summary>Mean added load over the mean load after, over the hours of the week, 0 to 1.</summary>
    public double Share
    {
        get
        {
            double added = 0, after = 0;
            for (var j = 0; j < Added.Length; j++)
            {
                added += float.IsNaN(Added[j]) ? 0 : Added[j];
                after += float.IsNaN(Added[j]) ? 0 : After[j];
            }

            return after > 0 ? Math.Clamp(added / after, 0, 1) : 0;
        }
    }

    /// <summary>Whether the added load has a level at all.</summary>
    public bool Rises => Level > 0;

    /// <summary>Excess from an hour relative to the moment on; shorter at either end of what is known.</summary>
    public ReadOnlySpan<float> ExcessOf(int fromRelative, int hours)
    {
        var first = Math.Clamp(Point.Hour + fromRelative - FirstExcess, 0, Excess.Length);
        var end = Math.Clamp(Point.Hour + fromRelative + hours - FirstExcess, first, Excess.Length);
        return Excess.AsSpan(first, end - first);
    }

    /// <summary>The load in the four weeks after, shorter at the end.</summary>
    public ReadOnlySpan<float> HoursAfter => Steps.Hours[Point.Hour..Math.Min(Steps.End, Point.Hour + Span)];

    /// <summary>The load in the four weeks before, shorter at the start.</summary>
    public ReadOnlySpan<float> HoursBefore => Steps.Hours[Math.Max(0, Point.Hour - Span)..Point.Hour];

    /// <summary>Place of a local hour in the profiles by hour of week.</summary>
    public int Place(int index) => (((index - Point.Hour) % HourlyLoad.WeekHours) + HourlyLoad.WeekHours) % HourlyLoad.WeekHours;

    /// <summary>A quantity in kW as a multiple of the added level, within ±50.</summary>
    public float Relative(double kilowatts) => (float)Math.Clamp(kilowatts / Level, -50, 50);
}
