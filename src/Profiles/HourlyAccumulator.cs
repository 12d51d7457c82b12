// SPDX-License-Identifier: Apache-2.0
namespace Detector.Profiles;

/// <summary>Takes readings one by one, in order of time, and keeps hourly means: the only way from readings to hours.</summary>
/// <remarks>State is one open hour (sum, count) and four bytes for each closed one, whatever the cadence of the readings.</remarks>
public sealed class HourlyAccumulator
{
    /// <summary>Share of an hour's readings that must be known for the hour to be known.</summary>
    /// <remarks>Half: with fewer, one half hour would stand for the whole.</remarks>
    public const double KnownShare = 0.5;

    private readonly TimeSpan _cadence;
    private readonly double _due;
    private readonly List<float> _hours = [];
    private long _first = long.MinValue;
    private long _open;
    private double _sum;
    private int _known;

    /// <summary>An accumulator of readings of one cadence.</summary>
    /// <param name="cadence">Interval of the readings; over zero. An interval over an hour leaves hours between unknown.</param>
    public HourlyAccumulator(TimeSpan cadence)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(cadence, TimeSpan.Zero);
        _cadence = cadence;
        _due = Math.Max(1, TimeSpan.TicksPerHour / (double)cadence.Ticks);
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
        var open = _first == long.MinValue ? 0 : 1;
        var values = new float[_hours.Count + open];
        _hours.CopyTo(values);
        if (open == 1)
        {
            values[^1] = OpenValue();
        }

        var start = new DateTimeOffset(_first == long.MinValue ? 0 : _first * TimeSpan.TicksPerHour, TimeSpan.Zero);
        return new HourlyLoad(start, values, LocalHours.Of(start, values.Length, timeZone), _cadence);
    }

    private float OpenValue() => _known >= Math.Max(1, KnownShare * _due - 0.5) ? (float)(_sum / _known) : float.NaN;

    private void Close()
    {
        _hours.Add(OpenValue());
        _sum = 0;
        _known = 0;
        _open++;
    }
}
