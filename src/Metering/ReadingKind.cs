// SPDX-License-Identifier: Apache-2.0
namespace Detector.Metering;

/// <summary>What a value means in time. Stored; values only grow, zero is never a meaning.</summary>
public enum ReadingKind : byte
{
    /// <summary>A sample at one moment.</summary>
    Instantaneous = 1,

    /// <summary>The mean power over the interval that starts at the reading's time.</summary>
    IntervalMean = 2,

    /// <summary>The energy of the interval that starts at the reading's time, kept as its mean power.</summary>
    IntervalEnergy = 3,

    /// <summary>A cumulative register read at the moment.</summary>
    Register = 4,
}
