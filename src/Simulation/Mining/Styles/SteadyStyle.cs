// SPDX-License-Identifier: Apache-2.0
namespace Detector.Simulation;

/// <summary>All machines, all the time.</summary>
internal sealed class SteadyStyle : IMiningStyle
{
    public string Name => "steady";

    public void Shape(MiningPlan plan, Surroundings around, double[] running, Prng chance)
    {
        // Nothing to shape: outages, retuning and failures are every site's.
    }
}
