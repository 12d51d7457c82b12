// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Neighbours;

/// <summary>A fall out of a meter's own rhythm and its return.</summary>
/// <param name="Hour">First hour below, counted from 0001-01-01 UTC.</param>
/// <param name="Hours">How long it lasted.</param>
/// <param name="Depth">Greatest depth below the rhythm, as a share of the level.</param>
public readonly record struct LoadDip(long Hour, short Hours, float Depth);

/// <summary>A lasting change of a meter's level.</summary>
/// <param name="Hour">First hour of the day from which on it is seen; right within a week, see <see cref="StepHour"/>.</param>
/// <param name="Kilowatts">After less before, kW.</param>
/// <param name="Constancy">How constant that is over the hours of the day: 1 is a constant, 0 and below is not at all hours.</param>
public readonly record struct LevelStep(long Hour, float Kilowatts, float Constancy);

/// <summary>What neighbours need to know of one meter: its sparse events over the window, never its readings. At most a few KB.</summary>
/// <param name="Registration">The meter's row of the register.</param>
/// <param name="First">First hour of the window.</param>
/// <param name="End">The hour after its last.</param>
/// <param name="Dips">Its dips, in order of time.</param>
/// <param name="Steps">Its lasting steps, in order of time.</param>
public sealed record MeterTrace(
    MeterRegistration Registration, long First, long End, IReadOnlyList<LoadDip> Dips, IReadOnlyList<LevelStep> Steps);
