// SPDX-License-Identifier: Apache-2.0
using Detector.Profiles.Daily;

namespace Detector.Detection.Daily;

/// <summary>The honest range of each daily feature: 5th, 50th and 95th percentile over honest windows, each site counting as one.</summary>
internal static class DailyReference
{
    public static IReadOnlyList<FeatureReference> Of(IReadOnlyList<TrainingSample> samples, DailyCatalog catalog)
    {
        TrainingSample[] honest = [.. samples.Where(s => s.Class == SampleClass.Honest)];
        var perSite = honest.CountBy(s => s.Site).ToDictionary(StringComparer.Ordinal);
        return [.. catalog.Features.Select((feature, f) =>
        {
            (double Value, double Weight)[] known =
            [
                .. honest.Where(s => !float.IsNaN(s.Profile.Values[f])).Select(s => ((double)s.Profile.Values[f], 1.0 / perSite[s.Site])).OrderBy(p => p.Item1),
            ];
            return new FeatureReference(feature.Name, At(known, 0.05), At(known, 0.5), At(known, 0.95));
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
                return value;
            }
        }

        return ascending.Length == 0 ? 0 : ascending[^1].Value;
    }
}
