// SPDX-License-Identifier: Apache-2.0
namespace Detector.Simulation;

/// <summary>What the sites of a region share at each step: local clock, kind of day, temperature, light.</summary>
internal sealed class Surroundings
{
    public Surroundings(Grid grid, Region region, long seed)
    {
        Grid = grid;
        Region = region;
        Temperature = Weather.Celsius(grid, region, new Prng(seed).Split("weather").Split(region.Name));
        HourOfDay = new float[grid.Steps];
        Day = new ushort[grid.Steps];
        var local = grid.Start.ToOffset(region.UtcOffset).DateTime;
        var midnight = local.Date;
        var offset = (local - midnight).TotalHours;
        for (var i = 0; i < grid.Steps; i++)
        {
            var hours = offset + ((i + 0.5) * grid.StepHours);
            var day = (int)(hours / 24);
            Day[i] = (ushort)day;
            HourOfDay[i] = (float)(hours - (24.0 * day));
        }

        var days = grid.Steps == 0 ? 1 : Day[^1] + 1;
        FirstMidnightHours = -offset;
        Days = [.. Enumerable.Range(0, days).Select(d => KindOf(midnight.AddDays(d)))];
        DayOfYear = [.. Enumerable.Range(0, days).Select(d => midnight.AddDays(d).DayOfYear)];
    }

    public Grid Grid { get; }

    public Region Region { get; }

    /// <summary>Local clock at the middle of each step, 0 to 24 h.</summary>
    public float[] HourOfDay { get; }

    /// <summary>Index of the local day of each step, from the first.</summary>
    public ushort[] Day { get; }

    /// <summary>Kind of each local day.</summary>
    public DayKind[] Days { get; }

    public int[] DayOfYear { get; }

    /// <summary>Hours from the start of the grid back to the local midnight before it; never over zero.</summary>
    public double FirstMidnightHours { get; }

    /// <summary>Outdoor temperature of each step in degrees Celsius.</summary>
    public double[] Temperature { get; }

    /// <summary>Sine of the sun's height over the horizon at a step; under zero at night.</summary>
    /// <remarks>Cooper's declination (1969), solar time from longitude, no equation of time: edges are right within 16 minutes.</remarks>
    public double SunHeight(int step)
    {
        var declination = 23.45 / 360 * PortableMath.SineOfTurns((284 + DayOfYear[Day[step]]) / 365.0);
        var utcHour = HourOfDay[step] - Region.UtcOffset.TotalHours;
        var hourAngle = (utcHour + (Region.LongitudeDegrees / 15) - 12) / 24;
        var latitude = Region.LatitudeDegrees / 360;
        return (PortableMath.SineOfTurns(latitude) * PortableMath.SineOfTurns(declination))
            + (PortableMath.CosineOfTurns(latitude) * PortableMath.CosineOfTurns(declination) * PortableMath.CosineOfTurns(hourAngle));
    }

    private static DayKind KindOf(DateTime date) =>
        Holidays.IsHoliday(date) ? DayKind.Holiday
        : date.DayOfWeek == DayOfWeek.Saturday ? DayKind.Saturday
        : date.DayOfWeek == DayOfWeek.Sunday ? DayKind.Sunday
        : DayKind.Working;
}
