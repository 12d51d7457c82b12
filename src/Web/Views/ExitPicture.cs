// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using System.Text;
using Detector.Cases.Measures;

namespace Detector.Web.Views;

/// <summary>Where the parts of an exit plan's chart stand, in a box of 720 by 240.</summary>
/// <param name="plan">The plan.</param>
/// <param name="course">The plan beside the readings.</param>
/// <param name="zone">The zone whose days are meant.</param>
public sealed class ExitPicture(ExitPlan plan, ExitCourse course, TimeZoneInfo zone)
{
    /// <summary>Left, right, upper and lower edge of the field.</summary>
    public const double Left = 52, Right = 712, Upper = 12, Lower = 206;

    private const int DaysAfter = 14; // the last ceiling is shown so far beyond its date, or beyond now

    private readonly DateOnly _first = course.Days[0].Day;
    private readonly DateOnly _last = Later(course.Days[^1].Day, DayOf(plan.Ceilings[^1].From, zone)).AddDays(DaysAfter);

    /// <summary>The highest line, kW.</summary>
    public double Top => Step * Math.Max(1, Math.Ceiling(Highest / Step));

    /// <summary>Powers at which a line is drawn, kW.</summary>
    public IEnumerable<double> Marks => Enumerable.Range(0, (int)Math.Round(Top / Step) + 1).Select(i => i * Step);

    /// <summary>Days at which the axis is marked: some six, evenly.</summary>
    public IEnumerable<DateOnly> Ticks
    {
        get
        {
            var every = Math.Max(1, (int)Math.Ceiling(Span / 6.0));
            for (var day = _first; day < _last; day = day.AddDays(every))
            {
                yield return day;
            }
        }
    }

    /// <summary>Width of a day's bar.</summary>
    public double BarWidth => Math.Max(0.8, DayWidth * 0.72);

    /// <summary>The edge between the past and what is to come.</summary>
    public string Now => Number(X(course.Days[^1].Day.DayNumber + 1));

    /// <summary>The ceilings as a stair.</summary>
    public string Stair => StairOf(0);

    /// <summary>The room of the tolerance above the ceilings, as an area; empty without one.</summary>
    public string Room
    {
        get
        {
            if (plan.Tolerance == 0)
            {
                return string.Empty;
            }

            var back = Corners(0).Reverse().Select(c => $"L{c}");
            return StairOf(plan.Tolerance) + string.Concat(back) + "Z";
        }
    }

    /// <summary>Horizontal place of a day's middle.</summary>
    public string MiddleOf(DateOnly day) => Number(X(day.DayNumber + 0.5));

    /// <summary>Left edge of a day's bar.</summary>
    public string BarOf(DateOnly day) => Number(X(day.DayNumber + 0.5) - (BarWidth / 2));

    /// <summary>Vertical place of a power.</summary>
    public double Y(double kilowatts) => Lower - ((Lower - Upper) * Math.Max(0, kilowatts) / Top);

    /// <summary>A number as SVG reads it.</summary>
    public static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    private int Span => Math.Max(1, _last.DayNumber - _first.DayNumber);

    private double DayWidth => (Right - Left) / Span;

    private double Highest => Math.Max(
        (double)course.Days.Max(d => d.PeakKilowatts ?? 0), Math.Max(1, (double)(plan.Ceilings[0].Kilowatts * (1 + plan.Tolerance))));

    /// <summary>A round step that makes three to six lines.</summary>
    private double Step
    {
        get
        {
            var power = Math.Pow(10, Math.Floor(Math.Log10(Highest / 4)));
            return power * ((Highest / 4 / power) switch { < 1.5 => 1, < 3.5 => 2, < 7.5 => 5, _ => 10 });
        }
    }

    private static DateOnly Later(DateOnly a, DateOnly b) => a > b ? a : b;

    private static DateOnly DayOf(DateTimeOffset at, TimeZoneInfo zone) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, zone).DateTime);

    private double X(double day) => Math.Clamp(Left + ((day - _first.DayNumber) * DayWidth), Left, Right);

    private string StairOf(decimal above)
    {
        var path = new StringBuilder();
        foreach (var corner in Corners(above))
        {
            path.Append(path.Length == 0 ? 'M' : 'L').Append(corner);
        }

        return path.ToString();
    }

    private IEnumerable<string> Corners(decimal above)
    {
        for (var i = 0; i < plan.Ceilings.Count; i++)
        {
            var height = Number(Y((double)(plan.Ceilings[i].Kilowatts * (1 + above))));
            var until = i + 1 < plan.Ceilings.Count ? X(DayOf(plan.Ceilings[i + 1].From, zone).DayNumber) : Right;
            yield return $"{Number(X(DayOf(plan.Ceilings[i].From, zone).DayNumber))} {height}";
            yield return $"{Number(until)} {height}";
        }
    }
}
