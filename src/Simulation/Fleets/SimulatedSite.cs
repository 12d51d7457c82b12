// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Simulation;

/// <summary>One site of a fleet with one meter.</summary>
/// <param name="Registration">Its row in the register; what it declares, not what it is.</param>
/// <param name="Truth">What it is.</param>
/// <param name="Load">Its true mean power in each slot, in kW, unrounded and complete.</param>
/// <param name="Readings">What its meter sends, in the order sent; made as they are read.</param>
public sealed record SimulatedSite(MeterRegistration Registration, SiteTruth Truth, LoadSeries Load, IReadOnlyList<Reading> Readings)
{
    /// <summary>How its meter rounds.</summary>
    public MeterRounding Rounding { get; init; }
}
