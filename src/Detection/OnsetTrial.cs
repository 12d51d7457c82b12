// SPDX-License-Identifier: Apache-2.0
using Detector.Detection.Change;

namespace Detector.Detection;

/// <summary>A change whose onset and share are known: what the intervals of both are fitted on.</summary>
public sealed class OnsetTrial
{
    internal OnsetTrial(OnsetCurve curve, double stated, int truth, double share)
    {
        Curve = curve;
        StatedShare = stated;
        Truth = truth;
        Share = share;
    }

    internal OnsetCurve Curve { get; }

    /// <summary>Share read off the load.</summary>
    internal double StatedShare { get; }

    /// <summary>Local hour of the true onset.</summary>
    internal int Truth { get; }

    /// <summary>True share after the onset.</summary>
    internal double Share { get; }
}
