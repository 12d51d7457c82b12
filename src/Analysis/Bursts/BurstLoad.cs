// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Analysis.Bursts;

/// <summary>A load of seconds with its label.</summary>
/// <param name="Series">The load.</param>
/// <param name="Hashing">Whether it is hashing.</param>
/// <param name="Set">The set it comes from.</param>
/// <param name="Recording">Its name in the set.</param>
/// <param name="Group">The machine or run; never on both sides of a split.</param>
/// <param name="Weight">Weight of the whole recording in training.</param>
internal sealed record BurstLoad(LoadSeries Series, bool Hashing, string Set, string Recording, string Group, double Weight);
