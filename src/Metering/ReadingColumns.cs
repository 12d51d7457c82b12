// SPDX-License-Identifier: Apache-2.0
namespace Detector.Metering;

/// <summary>Readings of one meter by column, in any order of time: what a recording or a stored range hands to assessment.</summary>
/// <remarks>Every array is as long as <see cref="UnixMicroseconds"/>, or empty where no reading carries the quantity.</remarks>
public sealed record ReadingColumns
{
    /// <summary>The meter.</summary>
    public required MeterId Meter { get; init; }

    /// <summary>Microseconds since 1970, UTC.</summary>
    public required long[] UnixMicroseconds { get; init; }

    /// <summary>Active power in kW; NaN where not given.</summary>
    public required double[] PowerKilowatts { get; init; }

    /// <summary>Cumulative energy register in kWh; NaN where not given.</summary>
    public double[] RegisterKilowattHours { get; init; } = [];

    /// <summary>Flags the readings arrived with.</summary>
    public QualityFlags[] Quality { get; init; } = [];

    /// <summary>Number of readings.</summary>
    public int Count => UnixMicroseconds.Length;

    /// <summary>Whether a reading says what the load was: a power is given, and no flag says that it is something else.</summary>
    public bool IsLoad(int index) => double.IsFinite(PowerKilowatts[index]) && (Quality.Length == 0 || (Quality[index] & QualityFlagSets.NotTheLoad) == 0);

    /// <summary>The readings from a moment on and before another, of columns that are in order of time.</summary>
    public ReadingColumns Between(DateTimeOffset from, DateTimeOffset to) => Part(IndexOf(from), IndexOf(to));

    /// <summary>The same readings in order of time; readings of one moment stay in the order they had.</summary>
    public ReadingColumns InOrder()
    {
        var ascending = true;
        for (var i = 1; i < Count && ascending; i++)
        {
            ascending = UnixMicroseconds[i - 1] <= UnixMicroseconds[i];
        }

        if (ascending)
        {
            return this;
        }

        var order = Enumerable.Range(0, Count).OrderBy(i => UnixMicroseconds[i]).ToArray();
        return this with
        {
            UnixMicroseconds = Array.ConvertAll(order, i => UnixMicroseconds[i]),
            PowerKilowatts = Array.ConvertAll(order, i => PowerKilowatts[i]),
            RegisterKilowattHours = RegisterKilowattHours.Length == 0 ? [] : Array.ConvertAll(order, i => RegisterKilowattHours[i]),
            Quality = Quality.Length == 0 ? [] : Array.ConvertAll(order, i => Quality[i]),
        };
    }

    /// <summary>Index of the first reading at or after a moment.</summary>
    private int IndexOf(DateTimeOffset moment)
    {
        var sought = Instants.ToUnixMicroseconds(moment);
        var found = Array.BinarySearch(UnixMicroseconds, sought);
        if (found < 0)
        {
            return ~found;
        }

        // Of repeats the search may find any.
        while (found > 0 && UnixMicroseconds[found - 1] == sought)
        {
            found--;
        }

        return found;
    }

    private ReadingColumns Part(int first, int end) => first == 0 && end == Count ? this : this with
    {
        UnixMicroseconds = UnixMicroseconds[first..end],
        PowerKilowatts = PowerKilowatts[first..end],
        RegisterKilowattHours = RegisterKilowattHours.Length == 0 ? [] : RegisterKilowattHours[first..end],
        Quality = Quality.Length == 0 ? [] : Quality[first..end],
    };

    /// <summary>The columns of readings that are all of one meter.</summary>
    public static ReadingColumns Of(MeterId meter, IReadOnlyList<Reading> readings)
    {
        ArgumentNullException.ThrowIfNull(readings);
        var times = new long[readings.Count];
        var power = new double[readings.Count];
        var register = new double[readings.Count];
        var quality = new QualityFlags[readings.Count];
        for (var i = 0; i < readings.Count; i++)
        {
            var reading = readings[i];
            times[i] = Instants.ToUnixMicroseconds(reading.Time);
            power[i] = reading.PowerKilowatts;
            register[i] = reading.RegisterKilowattHours;
            quality[i] = reading.Quality;
        }

        return new ReadingColumns { Meter = meter, UnixMicroseconds = times, PowerKilowatts = power, RegisterKilowattHours = register, Quality = quality };
    }
}
