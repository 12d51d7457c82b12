// SPDX-License-Identifier: Apache-2.0
namespace Detector.Metering;

/// <summary>What is kept of a load over one whole UTC hour or day after its readings have expired.</summary>
/// <remarks>Never a reading: it has no cadence of its own, so it must not be mixed with readings. Energy is <see cref="EnergyKilowattHours"/>, over the time that is known.</remarks>
/// <param name="Start">Start of the hour or day, UTC.</param>
/// <param name="PowerKilowatts">Mean power in kW over the time that is known; NaN where none is.</param>
/// <param name="LowestKilowatts">Lowest interval in kW; NaN where none is known.</param>
/// <param name="HighestKilowatts">Highest interval in kW; NaN where none is known.</param>
/// <param name="Covered">Time whose load is known; what validation excludes is not.</param>
/// <param name="Cadence">Interval of the readings it was made of.</param>
/// <param name="Readings">Readings it was made of, the excluded ones included.</param>
/// <param name="Quality">Every flag that any of its intervals had.</param>
/// <param name="RegisterKilowattHours">Last energy register in kWh within it; NaN where none was given.</param>
public readonly record struct LoadAggregate(
    DateTimeOffset Start,
    double PowerKilowatts,
    double LowestKilowatts,
    double HighestKilowatts,
    TimeSpan Covered,
    TimeSpan Cadence,
    int Readings,
    QualityFlags Quality,
    double RegisterKilowattHours)
{
    /// <summary>Energy of the time that is known, in kWh; zero where none is.</summary>
    public double EnergyKilowattHours => Covered == TimeSpan.Zero ? 0 : PowerKilowatts * Covered.TotalHours;

    /// <summary>One aggregate of several, in order of time: energies and times add up, and the mean follows from them.</summary>
    /// <param name="start">Start of the whole.</param>
    /// <param name="parts">At least one.</param>
    public static LoadAggregate Of(DateTimeOffset start, ReadOnlySpan<LoadAggregate> parts)
    {
        ArgumentOutOfRangeException.ThrowIfZero(parts.Length);
        var whole = parts[0] with { Start = start };
        var energy = parts[0].EnergyKilowattHours;
        foreach (ref readonly var part in parts[1..])
        {
            energy += part.EnergyKilowattHours;
            whole = whole with
            {
                LowestKilowatts = Finite(whole.LowestKilowatts, part.LowestKilowatts, Math.Min(whole.LowestKilowatts, part.LowestKilowatts)),
                HighestKilowatts = Finite(whole.HighestKilowatts, part.HighestKilowatts, Math.Max(whole.HighestKilowatts, part.HighestKilowatts)),
                Covered = whole.Covered + part.Covered,
                Readings = whole.Readings + part.Readings,
                Quality = whole.Quality | part.Quality,
                RegisterKilowattHours = double.IsNaN(part.RegisterKilowattHours) ? whole.RegisterKilowattHours : part.RegisterKilowattHours,
            };
        }

        return whole with { PowerKilowatts = whole.Covered == TimeSpan.Zero ? double.NaN : energy / whole.Covered.TotalHours };
    }

    private static double Finite(double one, double other, double both) => double.IsNaN(one) ? other : double.IsNaN(other) ? one : both;
}

/// <summary>The hours or days that are kept of one meter, in order of time.</summary>
/// <param name="Meter">The meter.</param>
/// <param name="Aggregates">Its hours or days; one without readings is left out.</param>
public sealed record LoadAggregates(MeterId Meter, IReadOnlyList<LoadAggregate> Aggregates);
