// SPDX-License-Identifier: Apache-2.0
namespace Detector.Detection;

/// <summary>What a training window is known to be.</summary>
public enum SampleClass
{
    /// <summary>No mining in it.</summary>
    Honest = 1,

    /// <summary>Nothing but mining and its overhead.</summary>
    PureMining = 2,

    /// <summary>Mining under an honest load.</summary>
    Mixture = 3,
}
