// SPDX-License-Identifier: Apache-2.0
using Detector.Detection.Training;
using Detector.Profiles.Bursts;

namespace Detector.Detection.Bursts;

/// <summary>What honest load of seconds looks like, recordings alike.</summary>
internal static class BurstReference
{
    public static IReadOnlyList<FeatureReference> Of(IReadOnlyList<BurstSample> samples)
    {
        var honest = samples.Where(s => !s.Hashing).ToArray();
        return [.. BurstFeatures.All.Select((feature, f) =>
            HonestRange.Of(feature.Name, honest.Select(s => ((double)s.Window.Values[f], s.Weight)), digits: 4))];
    }
}
