// SPDX-License-Identifier: Apache-2.0
using Detector.Detection.Change.Features;
using Detector.Detection.Training;

namespace Detector.Detection.Change.Training;

/// <summary>The honest range of each feature over honest candidates, sites alike; the last look of each window.</summary>
internal static class ChangeReference
{
    public static IReadOnlyList<FeatureReference> Of(IReadOnlyList<ChangeSample> samples, ChangeCatalog catalog)
    {
        ChangeSample[] honest = [.. samples.Where(s => s is { IsMining: false, IsMade: false, Look: 0 })];
        var perSite = honest.CountBy(s => s.Site).ToDictionary(StringComparer.Ordinal);
        return [.. catalog.Features.Select((feature, f) => HonestRange.Of(
            feature.Name, honest.Where(s => !float.IsNaN(s.Values[f])).Select(s => ((double)s.Values[f], 1.0 / perSite[s.Site])), digits: 6))];
    }
}
