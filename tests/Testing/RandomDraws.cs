// SPDX-License-Identifier: Apache-2.0
namespace Detector.Testing;

/// <summary>Draws that tests make loads of; the same seed gives the same draws.</summary>
public static class RandomDraws
{
    /// <summary>A standard normal number (Box and Muller, 1958).</summary>
    public static double Normal(this Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    /// <summary>An exponential number of a given mean.</summary>
    public static double Exponential(this Random random, double mean) => -mean * Math.Log(1 - random.NextDouble());
}
