// SPDX-License-Identifier: Apache-2.0
namespace Detector.Metering;

/// <summary>A meter's load on a regular grid at its native interval; a missing slot is <see cref="float.NaN"/>.</summary>
public sealed class LoadSeries
{
    /// <summary>A series of slots that start at <paramref name="start"/>, each <paramref name="cadence"/> long.</summary>
    /// <param name="meter">The meter.</param>
    /// <param name="start">Start of the first slot, UTC.</param>
    /// <param name="cadence">Length of a slot; over zero.</param>
    /// <param name="powerKilowatts">Mean power of each slot in kW.</param>
    /// <param name="quality">Flags of each slot; as many as there are values.</param>
    public LoadSeries(MeterId meter, DateTimeOffset start, TimeSpan cadence, float[] powerKilowatts, QualityFlags[] quality)
    {
        ArgumentNullException.ThrowIfNull(powerKilowatts);
        ArgumentNullException.ThrowIfNull(quality);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(cadence, TimeSpan.Zero);
        if (powerKilowatts.Length != quality.Length)
        {
            throw new ArgumentException($"{quality.Length} flags for {powerKilowatts.Length} values.", nameof(quality));
        }

        Meter = meter;
        Start = start;
        Cadence = cadence;
        PowerKilowatts = powerKilowatts;
        Quality = quality;
    }

    /// <summary>The meter.</summary>
    public MeterId Meter { get; }

    /// <summary>Start of the first slot, UTC.</summary>
    public DateTimeOffset Start { get; }

    /// <summary>Length of a slot.</summary>
    public TimeSpan Cadence { get; }

    /// <summary>Mean power of each slot in kW; NaN where missing or excluded.</summary>
    public float[] PowerKilowatts { get; }

    /// <summary>Flags of each slot.</summary>
    public QualityFlags[] Quality { get; }

    /// <summary>Number of slots.</summary>
    public int Count => PowerKilowatts.Length;

    /// <summary>The time covered, from the first slot's start to the last slot's end.</summary>
    public TimeRange Range => new(Start, Start + (Cadence * Count));

    /// <summary>Share of slots with a value, 0 to 1; 0 for an empty series.</summary>
    public double Coverage => Count == 0 ? 0 : (double)PowerKilowatts.Count(v => !float.IsNaN(v)) / Count;

    /// <summary>When slot <paramref name="index"/> starts.</summary>
    public DateTimeOffset TimeOf(int index) => Start + (Cadence * index);

    /// <summary>The part of the series whose slots start in <paramref name="range"/>; may be empty.</summary>
    public LoadSeries Slice(TimeRange range)
    {
        var first = IndexAtOrAfter(range.From);
        var end = Math.Max(first, IndexAtOrAfter(range.To));
        return new LoadSeries(Meter, TimeOf(first), Cadence, PowerKilowatts[first..end], Quality[first..end]);
    }

    private int IndexAtOrAfter(DateTimeOffset moment)
    {
        var offset = (moment - Start).Ticks;
        var index = offset <= 0 ? 0 : (offset + Cadence.Ticks - 1) / Cadence.Ticks;
        return (int)Math.Min(index, Count);
    }
}
