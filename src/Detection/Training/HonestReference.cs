// SPDX-License-Identifier: Apache-2.0
using Detector.Profiles;

namespace Detector.Detection.Training;

/// <summary>The honest range of each feature: 5th, 50th and 95th percentile over honest training windows, sites alike.</summary>
internal static class HonestReference
{
    public static IReadOnlyList<FeatureReference> Of(IReadOnlyList<TrainingSample> samples, FeatureCatalog catalog)
    {
        var honest = samples.Where(s => s.Class == SampleClass.Honest).ToArray();
        var perSite = honest.CountBy(s => s.Site).ToDictionary(StringComparer.Ordinal);
        var references = new FeatureReference[catalog.Features.Count];
        for (var f = 0; f < references.Length; f++)
        {
            var index = f;
            var known = honest.Where(s => !float.IsNaN(s.Profile.Values[index]))
                .Select(s => (Value: (double)s.Profile.Values[index], Weight: 1.0 / perSite[s.Site]))
                .OrderBy(p => p.Value)
                .ToArray();
            references[f] = known.Length == 0
                ? new FeatureReference(catalog.Features[f].Name, 0, 0, 0)
                : new FeatureReference(catalog.Features[f].Name, At(known, 0.05), At(known, 0.5), At(known, 0.95));
        }

        return references;
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
                return value;
            }
        }

        return ascending[^1].Value;
    }
}
