// SPDX-License-Identifier: Apache-2.0
namespace Detector.Simulation;

/// <summary>Kind of a local day.</summary>
internal enum DayKind : byte
{
    /// <summary>Monday to Friday, no holiday.</summary>
    Working = 1,

    /// <summary>Saturday, no holiday.</summary>
    Saturday = 2,

    /// <summary>Sunday, no holiday.</summary>
    Sunday = 3,

    /// <summary>Public holiday.</summary>
    Holiday = 4,
}
