// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Profiles.Bursts;

/// <summary>One window of readings of seconds, described.</summary>
/// <param name="Range">The time it covers.</param>
/// <param name="CellSeconds">Length of the cells it was described on, in seconds.</param>
/// <param name="Values">The features, in the order of <see cref="BurstFeatures.All"/>.</param>
/// <param name="InsideVariation">Coefficient of variation inside a cell; NaN where the cadence does not show it. Told, never judged by.</param>
public sealed record BurstWindow(TimeRange Range, int CellSeconds, float[] Values, double InsideVariation);
