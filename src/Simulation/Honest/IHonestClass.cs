// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Simulation;

/// <summary>A kind of honest load.</summary>
internal interface IHonestClass
{
    /// <summary>Name in truth files; lower case, underscores.</summary>
    string Name { get; }

    /// <summary>What such a site declares itself to be.</summary>
    DeclaredUse DeclaredUse { get; }

    /// <summary>Mean load of such sites in kW, smallest and largest; drawn uniform in the logarithm.</summary>
    (double Low, double High) Kilowatts { get; }

    /// <summary>Mean load as a share of the contracted capacity, smallest and largest.</summary>
    (double Low, double High) Utilisation { get; }

    /// <summary>Fills <paramref name="load"/>, given as zeros, with the load at each step; the scale is free, the plan's is applied after.</summary>
    void Shape(Surroundings around, double[] load, double kilowatts, Prng chance);
}
