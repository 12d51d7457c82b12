// SPDX-License-Identifier: Apache-2.0
namespace Detector.Profiles;

/// <summary>Hours laid out by local day and hour of day; the two equal hours of a 25-hour day are averaged.</summary>
public sealed class DayGrid
{
    private readonly int _firstDay;
    private readonly int[] _days;

    private DayGrid(int firstDay, int[] days, float[] values)
    {
        _firstDay = firstDay;
        _days = days;
        Values = values;
    }

    internal delegate float DayStatistic(Span<float> knownHours);

    /// <summary>Row by row, 24 a local day; NaN where unknown.</summary>
    public float[] Values { get; }

    /// <summary>Number of local days.</summary>
    public int Count => Values.Length / 24;

    /// <summary>Lays out a load.</summary>
    public static DayGrid Of(HourlyLoad load) => Of(load, (load ?? throw new ArgumentNullException(nameof(load))).Kilowatts);

    /// <summary>Lays out what was made of a load's hours, one by one.</summary>
    internal static DayGrid Of(HourlyLoad load, float[] kilowatts)
    {
        var days = load.Local.Day;
        var first = days.Length == 0 ? 0 : days[0];
        var values = new float[days.Length == 0 ? 0 : (days[^1] - first + 1) * 24];
        Array.Fill(values, float.NaN);
        for (var i = 0; i < days.Length; i++)
        {
            ref var cell = ref values[((days[i] - first) * 24) + (load.Local.HourOfWeek[i] % 24)];
            var value = kilowatts[i];
            cell = float.IsNaN(cell) ? value : float.IsNaN(value) ? cell : (cell + value) / 2;
        }

        return new DayGrid(first, days, values);
    }

    /// <summary>The row of hour <paramref name="index"/> of the load.</summary>
    public int RowOf(int index) => _days[index] - _firstDay;

    /// <summary>The 24 hours of a row.</summary>
    public ReadOnlySpan<float> Row(int row) => Values.AsSpan(row * 24, 24);

    /// <summary>Day of the week of a row: 0 is Monday.</summary>
    public int DayOfWeek(int row) => (_firstDay + row) % 7; // 0001-01-01 was a Monday

    /// <summary>Whether a row is a Saturday or a Sunday.</summary>
    public bool IsWeekend(int row) => DayOfWeek(row) >= 5;

    /// <summary>A statistic of each day's known hours; NaN where fewer than <paramref name="least"/> are known.</summary>
    internal float[] Statistic(int least, DayStatistic statistic)
    {
        var result = new float[Count];
        Span<float> known = stackalloc float[24];
        for (var row = 0; row < Count; row++)
        {
            var n = 0;
            foreach (var v in Row(row))
            {
                if (!float.IsNaN(v))
                {
                    known[n++] = v;
                }
            }

            result[row] = n >= least ? statistic(known[..n]) : float.NaN;
        }

        return result;
    }
}
