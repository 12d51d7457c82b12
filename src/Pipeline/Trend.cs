// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using Detector.Metering;

namespace Detector.Pipeline;

/// <summary>A meter's last four weeks, as small as a picture of them needs: the mean load of each six hours, in 254 steps of the highest.</summary>
/// <remarks>144 bytes, so that it can be kept for every meter: a list that is scrolled then asks nothing of the store.</remarks>
public sealed class Trend
{
    /// <summary>How much time it covers.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromDays(28); // four weeks tell a rhythm from none

    /// <summary>Parts of it: four a day.</summary>
    public const int Parts = 112;

    private const int Steps = byte.MaxValue - 1; // a level of 0 is a part without a load

    private readonly long _untilMicroseconds;
    private readonly float _highest;
    private Levels _levels;

    private Trend(long untilMicroseconds, float highest) => (_untilMicroseconds, _highest) = (untilMicroseconds, highest);

    /// <summary>Time of the reading that it ends with.</summary>
    public DateTimeOffset Until => Instants.FromUnixMicroseconds(_untilMicroseconds);

    /// <summary>The highest mean load of a part in kW; 0 where none is over it.</summary>
    public double Highest => _highest;

    /// <summary>Mean load of a part in kW, the oldest first, negative ones as 0; NaN where none is known.</summary>
    public double this[int part] => _levels[part] == 0 ? double.NaN : (double)_highest * (_levels[part] - 1) / Steps;

    /// <summary>What has to be read for a trend that ends with a reading.</summary>
    public static TimeRange WindowUntil(DateTimeOffset latest)
    {
        var end = Instants.Truncate(latest).AddTicks(TimeSpan.TicksPerMicrosecond); // stores keep microseconds
        return new TimeRange(end - Length, end);
    }

    /// <summary>The trend that ends with a reading, of readings of at least its window.</summary>
    public static Trend Of(ReadingColumns readings, DateTimeOffset latest)
    {
        ArgumentNullException.ThrowIfNull(readings);
        Span<double> sums = stackalloc double[Parts];
        Span<int> counts = stackalloc int[Parts];
        var window = WindowUntil(latest);
        var within = readings.Between(window.From, window.To);
        var from = Instants.ToUnixMicroseconds(window.From);
        var length = (long)(Length.TotalMicroseconds / Parts);
        for (var i = 0; i < within.Count; i++)
        {
            if (within.IsLoad(i))
            {
                var part = (int)((within.UnixMicroseconds[i] - from) / length);
                sums[part] += within.PowerKilowatts[i];
                counts[part]++;
            }
        }

        var highest = 0.0;
        for (var part = 0; part < Parts; part++)
        {
            highest = counts[part] == 0 ? highest : Math.Max(highest, sums[part] / counts[part]);
        }

        var trend = new Trend(Instants.ToUnixMicroseconds(latest), (float)highest);
        for (var part = 0; part < Parts; part++)
        {
            trend._levels[part] = counts[part] == 0 ? (byte)0
                : highest <= 0 ? (byte)1
                : (byte)(1 + Math.Round(Steps * Math.Clamp(sums[part] / counts[part] / highest, 0, 1)));
        }

        return trend;
    }

    [InlineArray(Parts)]
    private struct Levels
    {
        private byte _first;
    }
}
