// SPDX-License-Identifier: Apache-2.0
namespace Detector.Detection.Calibration;

/// <summary>Bayes' rule in odds: prior odds times the likelihood ratio of the evidence.</summary>
internal static class Posterior
{
    /// <summary>Odds of a probability; 0 inclusive to 1 exclusive.</summary>
    public static double Odds(double probability) => probability / (1 - probability);

    /// <summary>The probability that odds stand for, as it is stated: six decimals.</summary>
    public static double Probability(double odds) => Math.Round(odds / (1 + odds), 6, MidpointRounding.AwayFromZero);
}
