// SPDX-License-Identifier: Apache-2.0
using Detector.Detection.Change.Features;

namespace Detector.Detection.Change.Training;

/// <summary>The honest range of each feature over honest candidates, sites alike; the last look of each window.</summary>
internal static class ChangeReference
{
    public static IReadOnlyList<FeatureReference> Of(IReadOnlyList<ChangeSample> samples, ChangeCatalog catalog)
    {
        ChangeSample[] honest = [.. samples.Where(s => !s.IsMining && s.Look == 0)];
        var perSite = honest.CountBy(s => s.Site).ToDictionary(StringComparer.Ordinal);
        return [.. catalog.Features.Select((feature, f) =>
        {
            var known = honest.Where(s => !float.IsNaN(s.Values[f])).Select(s => (Value: (double)s.Values[f], Weight: 1.0 / perSite[s.Site])).OrderBy(p => p.Value).ToArray();
            return new FeatureReference(feature.Name, At(known, 0.05), At(known, 0.5), At(known, 0.95));
        })];
    }

    private static double At((double Value, double Weight)[] ascending, double share)
    {
        var goal = share * ascending.Sum(p => p.Weight);
        double sum = 0;
        foreach (var (value, weight) in ascending)
        {
            sum += weight;
            if (sum >= goal)
            {
                return Math.Round(value, 6);
            }
        }

        return ascending.Length == 0 ? 0 : ascending[^1].Value;
    }
}
