// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Detection.Change;

/// <summary>A load that was added for good, and looks enough like mining to be watched.</summary>
/// <param name="Onset">When it was added, with its 90 % interval.</param>
/// <param name="AddedKilowatts">Its level while it runs, kW.</param>
/// <param name="Share">Added load over the load after, with its 90 % interval.</param>
/// <param name="Score">What the trees say.</param>
/// <param name="Probability">Probability of mining under the model's prior for mixtures, 0 to 1.</param>
/// <param name="MayBeCase">Whether it is large enough, an addition to a load that was there, and no return to what had been.</param>
/// <param name="Groups">What each group of features adds to the log-odds.</param>
/// <param name="Values">The features.</param>
internal sealed record ChangeEvidence(
    OnsetInterval Onset, double AddedKilowatts, ShareInterval Share, ChangeScore Score, double Probability, bool MayBeCase,
    IReadOnlyList<GroupContribution> Groups, float[] Values);
