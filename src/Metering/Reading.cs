// SPDX-License-Identifier: Apache-2.0
namespace Detector.Metering;

/// <summary>What a meter said of one moment or interval, decoded but not judged.</summary>
/// <remarks>
/// Quantities that were not given are <see cref="double.NaN"/>. A reading is identified by
/// (<see cref="Meter"/>, <see cref="Time"/>); the same pair twice is a duplicate, a conflict, or parts of one reading that came one by one.
/// </remarks>
public readonly record struct Reading
{
    /// <summary>A reading with no quantity given yet.</summary>
    public Reading(MeterId meter, DateTimeOffset time)
    {
        Meter = meter;
        Time = time;
    }

    /// <summary>The meter that measured.</summary>
    public MeterId Meter { get; init; }

    /// <summary>UTC, in whole microseconds: the moment of an instantaneous value, the start of an interval.</summary>
    public DateTimeOffset Time { get; init; }

    /// <summary>What the value means in time.</summary>
    public ReadingKind Kind { get; init; } = ReadingKind.Instantaneous;

    /// <summary>Length of the interval the value covers; zero where unknown or instantaneous.</summary>
    public TimeSpan Interval { get; init; }

    /// <summary>Active power in kW: at the moment, or the mean over the interval.</summary>
    public double PowerKilowatts { get; init; } = double.NaN;

    /// <summary>Cumulative energy register in kWh.</summary>
    public double RegisterKilowattHours { get; init; } = double.NaN;

    /// <summary>Reactive power in kvar.</summary>
    public double ReactiveKilovars { get; init; } = double.NaN;

    /// <summary>Power factor, -1 to 1.</summary>
    public double PowerFactor { get; init; } = double.NaN;

    /// <summary>Voltage in V.</summary>
    public double Volts { get; init; } = double.NaN;

    /// <summary>Current in A.</summary>
    public double Amperes { get; init; } = double.NaN;

    /// <summary>What is known against this reading; marks, never deletes.</summary>
    public QualityFlags Quality { get; init; }

    /// <summary>Whether a quantity is infinite.</summary>
    public bool HasInfinity() =>
        double.IsInfinity(PowerKilowatts) || double.IsInfinity(RegisterKilowattHours) || double.IsInfinity(ReactiveKilovars)
        || double.IsInfinity(PowerFactor) || double.IsInfinity(Volts) || double.IsInfinity(Amperes);
}
