// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Detection.Change;

/// <summary>A lasting rise of the load and what was added by it.</summary>
/// <param name="Onset">When it rose, with the interval that the load itself allows.</param>
/// <param name="AddedKilowatts">Median added load by hour of week, kW.</param>
/// <param name="Share">Added load over the load after the rise.</param>
/// <param name="Constancy">How constant the added load is over the hours of the week: 1 is a constant, 0 and below is not added at all hours.</param>
/// <param name="DaysAfter">Days from the rise to the end of the window.</param>
/// <param name="Added">What the added load, judged as a load of its own, looks like.</param>
internal sealed record ChangeEvidence(
    OnsetInterval Onset, double AddedKilowatts, ShareInterval Share, double Constancy, double DaysAfter, ClassEvidence Added);
