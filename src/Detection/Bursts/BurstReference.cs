// SPDX-License-Identifier: Apache-2.0
using Detector.Profiles.Bursts;

namespace Detector.Detection.Bursts;

/// <summary>What honest load of seconds looks like: 5th, 50th and 95th percentile of each feature, recordings alike.</summary>
internal static class BurstReference
{
    public static IReadOnlyList<FeatureReference> Of(IReadOnlyList<BurstSample> samples)
    {
        var honest = samples.Where(s => !s.Hashing).ToArray();
        return [.. BurstFeatures.All.Select((feature, f) =>
        {
            var values = honest.Select(s => (Value: (double)s.Window.Values[f], s.Weight)).OrderBy(p => p.Value).ToArray();
            return new FeatureReference(feature.Name, At(values, 0.05), At(values, 0.5), At(values, 0.95));
        })];
    }

    private static double At((double Value, double Weight)[] ascending, double share)
    {
        var goal = share * ascending.Sum(p => p.Weight);
        var sum = 0.0;
        foreach (var (value, weight) in ascending)
        {
            sum += weight;
            if (sum >= goal)
            {
                return Math.Round(value, 4, MidpointRounding.AwayFromZero);
            }
        }

        return ascending[^1].Value;
    }
}
