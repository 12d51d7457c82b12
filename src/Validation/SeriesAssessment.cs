// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Validation;

/// <summary>A meter's readings put on a grid, and what was found on the way.</summary>
/// <param name="Series">The load; broken and missing slots are NaN, with their flags.</param>
/// <param name="IsCadenceKnown">Whether the cadence was told from the readings; of fewer than two it is not, and an hour is taken.</param>
/// <param name="Readings">Readings given.</param>
/// <param name="Repeats">Readings dropped because an earlier one had the same time.</param>
/// <param name="Conflicts">Those of the repeats whose value differed.</param>
/// <param name="BeyondGrid">Readings left out because the grid would have become too long; the latest stay.</param>
/// <param name="Quality">Slots by flag, in the order of the flags' bits, missing slots excepted.</param>
public sealed record SeriesAssessment(LoadSeries Series, bool IsCadenceKnown, int Readings, int Repeats, int Conflicts, int BeyondGrid, IReadOnlyList<QualityCount> Quality);
