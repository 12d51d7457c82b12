// SPDX-License-Identifier: Apache-2.0
namespace Detector.Detection.Bursts;

/// <summary>Deals groups to folds: a machine or a run is wholly in one.</summary>
internal static class BurstFolds
{
    /// <summary>The fold of each sample.</summary>
    public static int[] Of(IReadOnlyList<BurstSample> samples, int folds, int seed)
    {
        // Class by class and set by set in order, so that every fold has some of each.
        var order = samples.Select(s => (s.Hashing, s.Set, s.Group)).Distinct()
            .OrderBy(g => g.Hashing)
            .ThenBy(g => g.Set, StringComparer.Ordinal)
            .ThenBy(g => g.Group, StringComparer.Ordinal);
        var foldOf = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (_, _, group) in order)
        {
            foldOf.TryAdd(group, (foldOf.Count + seed) % folds);
        }

        return [.. samples.Select(s => foldOf[s.Group])];
    }
}
