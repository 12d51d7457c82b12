// SPDX-License-Identifier: Apache-2.0
using Detector.Detection;

namespace Detector.Pipeline;

/// <summary>The judge of the fleet that the register has now: an alert budget is for so many meters, and a register grows while the service runs.</summary>
/// <param name="judge">The judge to begin with.</param>
/// <param name="registry">The register in force.</param>
/// <param name="followsRegister">Whether the budget's fleet is the register's; else the first judge stays.</param>
/// <remarks>A change of the fleet by under a hundredth is let be: it moves a budget's thresholds by less than anybody could measure. Of a register that is empty for a moment nothing is said.</remarks>
public sealed class FleetJudge(Judge judge, RegistryHolder registry, bool followsRegister)
{
    private const double LeastChange = 0.01;

    private readonly Lock _gate = new();
    private volatile Judge _current = judge;

    /// <summary>The judge in force.</summary>
    public Judge Current
    {
        get
        {
            var meters = followsRegister ? registry.Current.Meters.Count : 0;
            if (IsFor(_current, meters))
            {
                return _current;
            }

            lock (_gate)
            {
                return IsFor(_current, meters) ? _current : _current = _current.ForFleet(meters);
            }
        }
    }

    private static bool IsFor(Judge current, int meters) =>
        meters == 0 || (current.FleetMeters is { } fleet && Math.Abs(meters - fleet) <= LeastChange * fleet);
}
