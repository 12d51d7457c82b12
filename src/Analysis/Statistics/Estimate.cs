// SPDX-License-Identifier: Apache-2.0
namespace Detector.Analysis.Statistics;

/// <summary>A figure with its 90 % interval; NaN where the data allow none.</summary>
/// <param name="Value">The figure on all the data.</param>
/// <param name="Low">5th percentile over resampled sites.</param>
/// <param name="High">95th percentile over resampled sites.</param>
public readonly record struct Estimate(double Value, double Low, double High)
{
    /// <summary>A figure that could not be computed.</summary>
    public static Estimate None { get; } = new(double.NaN, double.NaN, double.NaN);
}
