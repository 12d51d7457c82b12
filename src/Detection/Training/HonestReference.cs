// SPDX-License-Identifier: Apache-2.0
using Detector.Profiles;

namespace Detector.Detection.Training;

/// <summary>The honest range of each feature over honest training windows, sites alike.</summary>
internal static class HonestReference
{
    public static IReadOnlyList<FeatureReference> Of(IReadOnlyList<TrainingSample> samples, FeatureCatalog catalog) =>
        Of(samples, [.. catalog.Features.Select(f => f.Name)]);

    /// <summary>The same of any features of which the samples' profiles hold the values, in their order.</summary>
    public static IReadOnlyList<FeatureReference> Of(IReadOnlyList<TrainingSample> samples, IReadOnlyList<string> features)
    {
        TrainingSample[] honest = [.. samples.Where(s => s.Class == SampleClass.Honest)];
        var perSite = honest.CountBy(s => s.Site).ToDictionary(StringComparer.Ordinal);
        return [.. features.Select((feature, f) => HonestRange.Of(
            feature, honest.Where(s => !float.IsNaN(s.Profile.Values[f])).Select(s => ((double)s.Profile.Values[f], 1.0 / perSite[s.Site]))))];
    }
}
