// SPDX-License-Identifier: Apache-2.0
namespace Detector.Profiles;

/// <summary>Takes readings one by one, in order of time, and keeps hourly means: the only way from readings to hours.</summary>
/// <remarks>
/// State is bounded: four bytes for each hour kept and one open hour (sum, count), whatever the cadence of the readings, 8.7 KB for 91 days. A reading costs
/// no allocation. Reading by reading or from a whole history it is the same code, so the same hours.
/// </remarks>
public sealed class HourlyAccumulator
{
    /// <summary>Share of an hour's readings that must be known for the hour to be known.</summary>
    /// <remarks>Half: with fewer, one half hour would stand for the whole.</remarks>
    public const double KnownShare = 0.5;

    private readonly TimeSpan _cadence;
    private readonly float[] _closed;
    private long _first = long.MinValue;
    private long _open;
    private double _sum;
    private int _known;

    /// <summary>An accumulator of readings of one cadence.</summary>
    /// <param name="cadence">Interval of the readings; over zero. An interval over an hour leaves hours between unknown.</param>
    /// <param name="mostHours">Hours kept, the open one included; over zero. Older ones are dropped as time goes on.</param>
    public HourlyAccumulator(TimeSpan cadence, int mostHours)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(cadence, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(mostHours);
        _closed = new float[mostHours];
        _cadence = cadence;
    }

    /// <summary>Adds one reading; a value that is not finite counts as missing. A reading before the open hour is refused.</summary>
    /// <returns>Whether it was taken.</returns>
    public bool Add(DateTimeOffset time, float kilowatts)
    {
        var hour = Math.DivRem(time.UtcTicks, TimeSpan.TicksPerHour).Quotient;
        if (_first == long.MinValue)
        {
            _first = hour;
            _open = hour;
        }

        if (hour < _open)
        {
            return false;
        }

        if (hour - _open > _closed.Length)
        {
            // Nothing that is kept was before the gap.
            Array.Fill(_closed, float.NaN);
            (_sum, _known) = (0, 0);
            (_first, _open) = (hour - _closed.Length + 1, hour);
        }

        while (hour > _open)
        {
            Close();
        }

        if (float.IsFinite(kilowatts))
        {
            _sum += kilowatts;
            _known++;
        }

        return true;
    }

    /// <summary>The hours so far, the open one included.</summary>
    public HourlyLoad ToLoad(string timeZone)
    {
        var values = new float[_first == long.MinValue ? 0 : (int)(_open - _first) + 1];
        for (var i = 0; i < values.Length - 1; i++)
        {
            values[i] = _closed[(_first + i) % _closed.Length];
        }

        if (values.Length > 0)
        {
            values[^1] = OpenValue();
        }

        var start = new DateTimeOffset(_first == long.MinValue ? 0 : _first * TimeSpan.TicksPerHour, TimeSpan.Zero);
        return new HourlyLoad(start, values, LocalHours.Of(start, values.Length, timeZone), _cadence);
    }

    /// <summary>Whether an hour of so many known intervals is known.</summary>
    /// <param name="intervals">Its known intervals.</param>
    /// <param name="cadence">Their length; over zero.</param>
    public static bool IsKnown(long intervals, TimeSpan cadence) =>
        intervals >= Math.Max(1, (KnownShare * Math.Max(1, TimeSpan.TicksPerHour / (double)cadence.Ticks)) - 0.5);

    private float OpenValue() => IsKnown(_known, _cadence) ? (float)(_sum / _known) : float.NaN;

    private void Close()
    {
        _closed[_open % _closed.Length] = OpenValue();
        (_sum, _known) = (0, 0);
        _open++;
        _first = Math.Max(_first, _open - _closed.Length + 1);
    }
}
