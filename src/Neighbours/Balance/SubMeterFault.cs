// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Neighbours;

/// <summary>What is wrong with a meter of a balance.</summary>
public enum SubMeterFaultKind
{
    /// <summary>It registers a fraction or a multiple of its load: a wrong transformer ratio.</summary>
    Multiplier = 1,

    /// <summary>Its clock is off.</summary>
    ClockOffset = 2,
}

/// <summary>A fault that the balance betrays and that was taken out of it.</summary>
/// <param name="Meter">The meter; the parent where all sub-meters agree against it.</param>
/// <param name="Kind">The fault.</param>
/// <param name="Amount">True load over what is registered; or hours by which its clock is ahead.</param>
public sealed record SubMeterFault(MeterId Meter, SubMeterFaultKind Kind, double Amount);
