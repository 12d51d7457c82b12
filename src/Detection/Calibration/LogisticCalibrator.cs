// SPDX-License-Identifier: Apache-2.0
namespace Detector.Detection.Calibration;

/// <summary>Turns a raw score into a log likelihood ratio of mining against honest load. Increasing in the score.</summary>
/// <remarks>
/// A logistic curve fitted on scores of sites held out, its targets drawn in by the sizes of the classes (Platt, 1999,
/// "Probabilistic outputs for support vector machines"). The training base rate is taken out: what is left is the
/// likelihood ratio, and the prior is a choice of its own. Two parameters rather than isotonic steps, because the classes
/// hardly overlap and steps would jump from nothing to certainty in the gap.
/// </remarks>
/// <param name="Slope">Log-odds per unit of score; over zero.</param>
/// <param name="Intercept">Log-odds at score zero.</param>
/// <param name="Cap">Largest log likelihood ratio the number of held-out sites can support, either way.</param>
internal sealed record LogisticCalibrator(double Slope, double Intercept, double Cap)
{
    private const int Iterations = 100;
    private const double SmallestSlope = 1e-6; // keeps the curve increasing when scores carry nothing

    /// <summary>The log likelihood ratio, not capped: what the contributions add up to.</summary>
    public double LogOdds(double score) => (Slope * score) + Intercept;

    /// <summary>The score at which the log likelihood ratio is so much.</summary>
    public double ScoreAt(double logOdds) => (logOdds - Intercept) / Slope;

    /// <summary>The likelihood ratio that the data can support.</summary>
    public double LikelihoodRatio(double score) => Math.Exp(Math.Clamp(LogOdds(score), -Cap, Cap));

    /// <summary>Fits the curve by Newton's method.</summary>
    /// <param name="scores">Held-out scores.</param>
    /// <param name="mining">Whether each is mining.</param>
    /// <param name="weights">Weight of each.</param>
    /// <param name="honestSites">Number of honest sites among them; bounds the certainty.</param>
    public static LogisticCalibrator Fit(
        IReadOnlyList<double> scores, IReadOnlyList<bool> mining, IReadOnlyList<double> weights, int honestSites)
    {
        double positive = 0, negative = 0;
        for (var i = 0; i < scores.Count; i++)
        {
            positive += mining[i] ? weights[i] : 0;
            negative += mining[i] ? 0 : weights[i];
        }

        var high = (positive + 1) / (positive + 2);
        var low = 1 / (negative + 2);
        double slope = 1, intercept = Math.Log((positive + 1) / (negative + 1));
        for (var step = 0; step < Iterations; step++)
        {
            var (alongIntercept, alongSlope) = NewtonStep(scores, i => (weights[i], mining[i] ? high : low), slope, intercept);
            var damp = Math.Min(1, 1 / Math.Max(Math.Abs(alongSlope), 1e-12)); // at most one unit of slope a step
            slope -= damp * alongSlope;
            intercept -= damp * alongIntercept;
            if (Math.Abs(alongIntercept) + Math.Abs(alongSlope) < 1e-10)
            {
                break;
            }
        }

        var prior = Math.Log((positive + 1) / (negative + 1));
        return new LogisticCalibrator(Math.Max(slope, SmallestSlope), intercept - prior, Math.Log(Math.Max(honestSites, 1) * 10.0));
    }

    /// <summary>The step that the gradient and curvature of the log loss ask for.</summary>
    private static (double Intercept, double Slope) NewtonStep(
        IReadOnlyList<double> scores, Func<int, (double Weight, double Target)> sample, double slope, double intercept)
    {
        double g0 = 0, g1 = 0, h00 = 1e-9, h01 = 0, h11 = 1e-9;
        for (var i = 0; i < scores.Count; i++)
        {
            var (weight, target) = sample(i);
            var p = 1 / (1 + Math.Exp(-((slope * scores[i]) + intercept)));
            var curve = weight * p * (1 - p);
            g0 += weight * (p - target);
            g1 += weight * (p - target) * scores[i];
            h00 += curve;
            h01 += curve * scores[i];
            h11 += curve * scores[i] * scores[i];
        }

        var determinant = (h00 * h11) - (h01 * h01);
        return (((h11 * g0) - (h01 * g1)) / determinant, ((h00 * g1) - (h01 * g0)) / determinant);
    }
}
