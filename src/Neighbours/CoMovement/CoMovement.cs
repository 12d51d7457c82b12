// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Neighbours;

/// <summary>What the meters of a set have in common.</summary>
public enum Bond
{
    /// <summary>They hang on one feeder.</summary>
    Feeder = 1,

    /// <summary>They belong to one enterprise.</summary>
    Owner = 2,

    /// <summary>They lie in one region; weak, used for moved loads only.</summary>
    Region = 3,
}

/// <summary>Meters of one feeder or owner that fall and return together more often than chance.</summary>
/// <param name="Bond">What they have in common.</param>
/// <param name="Name">The feeder or the owner.</param>
/// <param name="Meter">The meter whose evidence this is.</param>
/// <param name="Others">Those it moves with, by name.</param>
/// <param name="Shared">Dips shared with the one it shares most with.</param>
/// <param name="Expected">As many as chance gives, from circular shifts by whole days.</param>
/// <param name="PValue">Poisson, times the pairs looked at; at most 1.</param>
/// <param name="Last">Latest of the shared dips, hour from 0001-01-01 UTC.</param>
public sealed record CoMovement(
    Bond Bond, string Name, MeterId Meter, IReadOnlyList<MeterId> Others, int Shared, double Expected, double PValue, long Last);
