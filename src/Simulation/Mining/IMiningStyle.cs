// SPDX-License-Identifier: Apache-2.0
namespace Detector.Simulation;

/// <summary>How a site uses its machines over time.</summary>
internal interface IMiningStyle
{
    /// <summary>Name in truth files; lower case, underscores.</summary>
    string Name { get; }

    /// <summary>Multiplies <paramref name="running"/>, the share of full power at each step, by what the style makes of it.</summary>
    void Shape(MiningPlan plan, Surroundings around, double[] running, Prng chance);
}
