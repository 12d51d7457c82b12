// SPDX-License-Identifier: Apache-2.0
namespace Detector.Metering;

/// <summary>How far a share that was counted may be from the true one (Wilson 1927, JASA 22:209).</summary>
public static class WilsonInterval
{
    /// <summary>Deviations of a normal distribution that leave 5 % on either side.</summary>
    public const double Ninety = 1.6449;

    /// <summary>Deviations of a normal distribution that leave 2.5 % on either side.</summary>
    public const double NinetyFive = 1.96;

    /// <summary>Both ends, 0 to 1.</summary>
    /// <param name="count">How many of them; at most <paramref name="of"/>.</param>
    /// <param name="of">Of how many; over zero.</param>
    /// <param name="deviations">Half the width in deviations of a normal distribution.</param>
    public static (double Low, double High) Of(int count, int of, double deviations)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(of);
        var (share, square) = ((double)count / of, deviations * deviations);
        var centre = (share + (square / (2 * of))) / (1 + (square / of));
        var half = deviations / (1 + (square / of)) * Math.Sqrt((share * (1 - share) / of) + (square / (4.0 * of * of)));
        return (Math.Max(0, centre - half), Math.Min(1, centre + half));
    }
}
