// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Neighbours;

/// <summary>A load that left one site and came to another of the same owner, feeder or region.</summary>
/// <param name="Bond">What the two have in common.</param>
/// <param name="Name">Its name.</param>
/// <param name="From">The meter whose level fell.</param>
/// <param name="To">The meter whose level rose.</param>
/// <param name="Left">The step down.</param>
/// <param name="Came">The step up.</param>
/// <param name="Expected">Pairs of steps at least as well matched that chance gives in this set.</param>
public sealed record LoadMove(Bond Bond, string Name, MeterId From, MeterId To, LevelStep Left, LevelStep Came, double Expected)
{
    /// <summary>How constant the moved load is over the hours of the day on the less constant side.</summary>
    public double Constancy => Math.Min(Left.Constancy, Came.Constancy);
}
