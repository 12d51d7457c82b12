// SPDX-License-Identifier: Apache-2.0
namespace Detector.Neighbours;

/// <summary>Technical losses of a feeder as a function of the sum of its sub-meters.</summary>
/// <param name="ConstantKilowatts">Without load: transformers' iron. Never over the configured share.</param>
/// <param name="Proportional">In proportion to the load, meters' gain errors included: share of the sum.</param>
/// <param name="Quadratic">In proportion to its square, at the mean load: share of the sum.</param>
/// <param name="Deviation">Standard deviation of the share lost at the mean load.</param>
/// <param name="MeanKilowatts">The mean load.</param>
/// <param name="ChangeDeviationKilowatts">What is left of hour-to-hour changes, a standard deviation in kW.</param>
public sealed record LossEstimate(
    double ConstantKilowatts, double Proportional, double Quadratic, double Deviation, double MeanKilowatts, double ChangeDeviationKilowatts)
{
    /// <summary>Share lost at the mean load, the constant included.</summary>
    public double Share => MeanKilowatts > 0 ? (ConstantKilowatts / MeanKilowatts) + Proportional + Quadratic : 0;

    /// <summary>Loss in kW at a load, the constant left out.</summary>
    public double WithLoad(double kilowatts) => MeanKilowatts > 0 ? (Proportional * kilowatts) + (Quadratic * kilowatts * kilowatts / MeanKilowatts) : 0;
}
