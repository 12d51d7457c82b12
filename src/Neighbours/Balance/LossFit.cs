// SPDX-License-Identifier: Apache-2.0
namespace Detector.Neighbours;

/// <summary>Fits a feeder's losses to changes over a few hours, so that whatever holds its level cannot enter the fit.</summary>
/// <remarks>
/// With P the parent and S the sum of its sub-meters, P - S = a + b S + c S²/mean + what nobody metered. Differences over
/// eight hours leave the constants out: a tap that holds its level, or comes once, does not touch b and c. Huber's
/// weights (1964) by iteration, a normal prior on b, c for feeders whose load hardly moves (1.5 % each, deviation 1.5 %:
/// together the 0 to 6 % of distribution networks), then bounds. The constant a is taken from the lowest hours and held to
/// a configured share, because a constant tap looks like it. Cannot tell apart: a loss, and an unmetered load that copies
/// the shape of the sum at a few percent.
/// </remarks>
internal static class LossFit
{
    private const int Lag = 8; // hours: a working day's rise, while a step spoils eight differences only
    private const int Rounds = 12;
    private const double Huber = 1.345; // 95 % efficiency for normal noise
    private const double Prior = 0.015;
    private const double PriorDeviation = 0.015;
    private const double Memory = 8; // differences over eight hours share hours: so many count as one
    private const double LeastPart = -0.01; // a parent that reads a percent low makes a loss negative

    /// <summary>The loss of a feeder, and how much of each suspected sub-meter is in the difference as well.</summary>
    /// <param name="sum">Sum of the sub-meters by hour, kW; NaN where unknown.</param>
    /// <param name="difference">Parent less sum, kW.</param>
    /// <param name="suspects">Loads of sub-meters that may register a little, or a lot, too little or too much.</param>
    /// <param name="doubt">Standard deviation of what they may be off by, as a share of what they register.</param>
    /// <param name="options">Bounds.</param>
    public static (LossEstimate Loss, double[] Multiples) Of(
        double[] sum, double[] difference, IReadOnlyList<double[]> suspects, double doubt, NeighbourOptions options)
    {
        var mean = sum.Where((v, i) => double.IsFinite(v) && double.IsFinite(difference[i])).DefaultIfEmpty(double.NaN).Average();
        if (!(mean > 0))
        {
            return (new LossEstimate(0, 0, 0, 0, 0, 0), new double[suspects.Count]);
        }

        var rows = Rows(sum, difference, suspects, mean);
        double[] atMean = [1, 1, .. suspects.Select(s => s.Where(double.IsFinite).DefaultIfEmpty(0).Average() / mean)];
        var solved = Solve(rows, atMean, mean, doubt);
        var (b, c) = Bounded(solved.X[0], solved.X[1], options.MostLossShare);
        var loss = new LossEstimate(0, b, c, solved.DeviationOfShare, mean, solved.Scale / Math.Sqrt(2));
        var multiples = solved.X[2..];
        var constant = Math.Clamp(Numbers.Quantile(Left(sum, difference, suspects, loss, multiples), 0.05), 0, options.MostConstantLossShare * mean);
        return (loss with { ConstantKilowatts = double.IsNaN(constant) ? 0 : constant }, multiples);
    }

    /// <summary>The difference less losses and what the suspects account for, kW.</summary>
    public static double[] Left(double[] sum, double[] difference, IReadOnlyList<double[]> suspects, LossEstimate loss, double[] multiples)
    {
        var left = new double[sum.Length];
        for (var i = 0; i < left.Length; i++)
        {
            left[i] = difference[i] - loss.ConstantKilowatts - loss.WithLoad(sum[i]);
            for (var k = 0; k < suspects.Count; k++)
            {
                left[i] -= multiples[k] * suspects[k][i];
            }
        }

        return left;
    }

    private static List<(double[] X, double Y)> Rows(double[] sum, double[] difference, IReadOnlyList<double[]> suspects, double mean)
    {
        var rows = new List<(double[] X, double Y)>(sum.Length);
        for (var i = Lag; i < sum.Length; i++)
        {
            var y = difference[i] - difference[i - Lag];
            if (double.IsFinite(y))
            {
                var x = new double[2 + suspects.Count];
                x[0] = sum[i] - sum[i - Lag];
                x[1] = ((sum[i] * sum[i]) - (sum[i - Lag] * sum[i - Lag])) / mean;
                for (var k = 0; k < suspects.Count; k++)
                {
                    x[2 + k] = suspects[k][i] - suspects[k][i - Lag];
                }

                rows.Add((x, y));
            }
        }

        return rows;
    }

    private static (double[] X, double Scale, double DeviationOfShare) Solve(List<(double[] X, double Y)> rows, double[] atMean, double mean, double doubt)
    {
        var size = atMean.Length;
        var x = new double[size];
        x[0] = x[1] = Prior;
        var inverse = Linear.Square(size);
        double scale = 0;
        for (var round = 0; round < Rounds; round++)
        {
            scale = Math.Max(Numbers.NormalMad * Numbers.Median(rows.Select(r => Math.Abs(r.Y - Product(r.X, x)))), 1e-5 * mean);
            scale = double.IsFinite(scale) ? scale : mean;
            var (left, right) = Normal(rows, x, size, scale, doubt);
            inverse = Linear.Inverse(left);
            for (var i = 0; i < size; i++)
            {
                x[i] = 0;
                for (var j = 0; j < size; j++)
                {
                    x[i] += inverse[i][j] * right[j];
                }
            }
        }

        var variance = atMean.Select((a, i) => a * Product(inverse[i], atMean)).Sum();
        return (x, scale, Math.Sqrt(Math.Max(0, variance)));
    }

    private static (double[][] Left, double[] Right) Normal(List<(double[] X, double Y)> rows, double[] x, int size, double scale, double doubt)
    {
        var left = Linear.Square(size);
        var right = new double[size];
        for (var i = 0; i < size; i++)
        {
            var precision = i < 2 ? 1 / (PriorDeviation * PriorDeviation) : 1 / (doubt * doubt);
            left[i][i] = precision;
            right[i] = i < 2 ? Prior * precision : 0;
        }

        foreach (var row in rows)
        {
            var error = Math.Abs(row.Y - Product(row.X, x)) / scale;
            var weight = (error <= Huber ? 1 : Huber / error) / (scale * scale * Memory);
            for (var i = 0; i < size; i++)
            {
                right[i] += weight * row.X[i] * row.Y;
                for (var j = 0; j < size; j++)
                {
                    left[i][j] += weight * row.X[i] * row.X[j];
                }
            }
        }

        return (left, right);
    }

    private static double Product(double[] a, double[] b)
    {
        double sum = 0;
        for (var i = 0; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }

    private static (double B, double C) Bounded(double b, double c, double most)
    {
        (b, c) = (Math.Max(b, LeastPart), Math.Max(c, LeastPart));
        var share = b + c;
        if (share < LeastPart)
        {
            return (LeastPart, 0);
        }

        return share <= most ? (b, c) : (b * most / share, c * most / share);
    }
}
