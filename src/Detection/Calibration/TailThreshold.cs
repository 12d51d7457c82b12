// SPDX-License-Identifier: Apache-2.0
using Detector.Detection.Calibration;

namespace Detector.Detection;

/// <summary>The score that a given share of honest windows reaches, in the strictest source.</summary>
/// <remarks>
/// Within what the windows resolve it is the score at which the conformal p-value passes the share. Beyond, the tail is taken
/// to go on exponentially as its highest twentieth does (peaks over threshold with shape 0; scores are logarithms of
/// likelihood ratios, whose tails are about exponential), and the threshold says that it was extrapolated.
/// </remarks>
/// <param name="Score">The score; a window passes from it on.</param>
/// <param name="IsExtrapolated">Whether the share is smaller than one in the windows there are.</param>
public sealed record TailThreshold(double Score, bool IsExtrapolated)
{
    private const double TailShare = 0.05;
    private const int LeastTail = 20;

    /// <summary>The strictest over all windows together and over each source of enough.</summary>
    internal static TailThreshold Of(ConformalReference reference, double rate)
    {
        double[] all = [.. reference.BySource.Values.SelectMany(s => s)];
        return reference.BySource.Values.Where(s => s.Length >= ConformalReference.EnoughWindows).Append(all)
            .Select(s => Of([.. s.OrderDescending()], rate))
            .MaxBy(t => t.Score)!;
    }

    private static TailThreshold Of(double[] descending, double rate)
    {
        var count = descending.Length;
        var allowed = (rate * (1 + count)) - 1;
        if (allowed >= count)
        {
            return new TailThreshold(double.NegativeInfinity, false);
        }

        if (allowed >= 0)
        {
            return new TailThreshold(Math.BitIncrement(descending[(int)allowed]), false);
        }

        var tail = Math.Min(Math.Max(LeastTail, (int)(TailShare * count)), count - 1);
        if (tail < 1)
        {
            return new TailThreshold(double.PositiveInfinity, true);
        }

        var from = descending[tail];
        var excess = descending.Take(tail).Average(s => s - from);
        var beyond = from + (excess * Math.Log((double)tail / count / rate));
        return new TailThreshold(Math.Max(beyond, Math.BitIncrement(descending[0])), true);
    }
}
