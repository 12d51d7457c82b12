// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Detection.Change;

/// <summary>A load that was added for good, and looks enough like mining to be watched, or would be if the load as a whole said so, too.</summary>
/// <param name="Onset">When it was added, with its 90 % interval.</param>
/// <param name="AddedKilowatts">Its level while it runs, kW.</param>
/// <param name="Share">Added load over the load after, with its 90 % interval.</param>
/// <param name="Score">What the trees say.</param>
/// <param name="Odds">Odds of mining under the model's prior for mixtures, over 0.</param>
/// <param name="MayBeCase">Whether it is large enough, an addition to a load that was there, and no return to what had been.</param>
/// <param name="Groups">What each group of features adds to the log-odds.</param>
/// <param name="Values">The features.</param>
internal sealed record ChangeEvidence(
    OnsetInterval Onset, double AddedKilowatts, ShareInterval Share, ChangeScore Score, double Odds, bool MayBeCase,
    IReadOnlyList<GroupContribution> Groups, float[] Values)
{
    /// <summary>Probability of mining by the addition alone, 0 to 1.</summary>
    public double Probability => ProbabilityWith(1);

    /// <summary>The same where other evidence multiplies the odds.</summary>
    public double ProbabilityWith(double likelihoodRatio) => Math.Round(1 - (1 / (1 + (Odds * likelihoodRatio))), 6, MidpointRounding.AwayFromZero);
}
