// SPDX-License-Identifier: Apache-2.0
using Detector.Profiles.Bursts;

namespace Detector.Detection.Bursts;

/// <summary>Whether nothing moves in a window beyond a common meter's last digit.</summary>
/// <remarks>
/// Flatness alone never convicts: a lamp, a heater and an idle server are flatter than hashing. Below 0.1 % of the load there is no other feature
/// left to tell them by, so such a window may speak against mining, never for it.
/// </remarks>
internal static class BurstStillness
{
    private const double Still = 0.001; // of the load: four significant digits

    private static readonly int Spread = IndexOf("spread");
    private static readonly int Drift = IndexOf("drift");
    private static readonly int Dips = IndexOf("dips");

    /// <summary>Whether it is still.</summary>
    public static bool Holds(float[] values) =>
        Amount(values[Spread]) <= Still && Amount(values[Drift]) <= Still && values[Dips] <= 0;

    // The features carry the same 0.1 % as their floor: what is over it is the load's.
    private static double Amount(float logarithm) => Math.Exp(logarithm) - Still;

    private static int IndexOf(string name)
    {
        for (var i = 0; i < BurstFeatures.All.Count; i++)
        {
            if (BurstFeatures.All[i].Name == name)
            {
                return i;
            }
        }

        throw new InvalidOperationException($"BUG: there is no burst feature '{name}'.");
    }
}
