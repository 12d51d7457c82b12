// SPDX-License-Identifier: Apache-2.0
using Detector.Analysis.Injection;
using Detector.Metering;

namespace Detector.Analysis.Corpora;

/// <summary>One meter: its whole load, whose it is, and how its meter rounds. Honest, but for the mines that inspections found (<see cref="InspectedLoads"/>).</summary>
/// <param name="Source">The source that is held out as a whole.</param>
/// <param name="Site">The site; near-copies of one recording share one.</param>
/// <param name="Set">Folder of the set, or <c>simulation</c>.</param>
/// <param name="Load">The load, with the flags of validation.</param>
/// <param name="Registration">What the register would know of it.</param>
/// <param name="Rounding">How its meter rounds.</param>
/// <param name="Real">Whether it was recorded, not simulated.</param>
internal sealed record RecordedLoad(
    string Source, string Site, string Set, LoadSeries Load, MeterRegistration Registration, RecordingRounding Rounding, bool Real);

/// <summary>A window of a load.</summary>
/// <param name="Origin">The load it was cut from.</param>
/// <param name="Series">Its readings.</param>
/// <param name="Days">Nominal length in days.</param>
internal sealed record LoadWindow(RecordedLoad Origin, LoadSeries Series, int Days)
{
    /// <summary>Mean power of what is present, in kW.</summary>
    public double MeanKilowatts { get; } = LoadValues.Mean(Series.PowerKilowatts);
}
