// SPDX-License-Identifier: Apache-2.0
using System.ComponentModel.DataAnnotations;
using Detector.Detection.Calibration;
using Detector.Detection.Trees;
using Detector.Profiles.Bursts;

namespace Detector.Detection.Bursts;

/// <summary>What training gave.</summary>
/// <param name="Model">The evidence.</param>
/// <param name="HeldOut">Every sample with its score by a model that has not seen its group.</param>
/// <param name="SetHeldOut">Every honest recorded sample with its score by a model that has not seen its set.</param>
public sealed record BurstTraining(BurstModel Model, IReadOnlyList<HeldOutBurst> HeldOut, IReadOnlyList<HeldOutBurst> SetHeldOut);

/// <summary>Fits the evidence of bursts, one ensemble a grid.</summary>
/// <remarks>
/// Trees are fitted on everything; calibration, thresholds and the conformal reference come from samples whose group was held out. The same samples
/// and options give the same evidence, byte for byte.
/// </remarks>
public static class BurstTrainer
{
    private const int LeastHonestForThreshold = 20; // recordings; a threshold at 5 % of fewer is their maximum

    /// <summary>Fits; grids without hashing or without honest load are left out.</summary>
    /// <exception cref="ArgumentException">No grid has both classes.</exception>
    public static BurstTraining Fit(IReadOnlyList<BurstSample> samples, BurstOptions options, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentNullException.ThrowIfNull(options);
        Validator.ValidateObject(options, new ValidationContext(options), validateAllProperties: true);
        var heads = new List<BurstHead>();
        var heldOut = new List<HeldOutBurst>();
        var setOut = new List<HeldOutBurst>();
        foreach (var cell in BurstGrid.CellSeconds)
        {
            var grid = samples.Where(s => s.Window.CellSeconds == cell).ToArray();
            if (grid.Any(s => s.Hashing) && grid.Any(s => !s.Hashing))
            {
                var head = FitGrid(cell, grid, options, heldOut, setOut, cancel);
                heads.Add(head);
            }
        }

        if (heads.Count == 0)
        {
            throw new ArgumentException("Bursts need samples of hashing and of honest load on one grid at least.", nameof(samples));
        }

        var content = new BurstContent
        {
            Features = [.. BurstFeatures.All.Select(f => f.Name)],
            Heads = heads,
            Prior = options.Prior,
            Conformal = Reference(heldOut),
            TrainedOn = Counts(samples),
        };
        return new BurstTraining(new BurstModel(content), heldOut, setOut);
    }

    private static BurstHead FitGrid(
        int cell, BurstSample[] grid, BurstOptions options, List<HeldOutBurst> heldOut, List<HeldOutBurst> setOut, CancellationToken cancel)
    {
        var folds = BurstFolds.Of(grid, options.Folds, options.Seed);
        var scores = new double[grid.Length];
        for (var fold = 0; fold < options.Folds; fold++)
        {
            cancel.ThrowIfCancellationRequested();
            var trees = Trees([.. grid.Where((_, i) => folds[i] != fold)], options);
            for (var i = 0; i < grid.Length; i++)
            {
                scores[i] = folds[i] == fold ? trees.Score(grid[i].Window.Values) : scores[i];
            }
        }

        var honest = grid.Where(s => !s.Hashing).Select(s => s.Group).Distinct(StringComparer.Ordinal).Count();
        var calibrator = LogisticCalibrator.Fit(scores, [.. grid.Select(s => s.Hashing)], [.. grid.Select(s => s.Weight)], honest);
        HeldOutBurst[] judged = [.. grid.Select((s, i) => new HeldOutBurst(s, BurstModel.LogOdds(calibrator, scores[i], s.Window.Values)))];
        heldOut.AddRange(judged);
        foreach (var set in grid.Where(s => !s.Hashing).Select(s => s.Set).Distinct(StringComparer.Ordinal))
        {
            cancel.ThrowIfCancellationRequested();
            var others = grid.Where(s => s.Set != set).ToArray();
            if (others.Any(s => !s.Hashing) && others.Any(s => s.Hashing))
            {
                var trees = Trees(others, options);
                setOut.AddRange(grid.Where(s => s.Set == set)
                    .Select(s => new HeldOutBurst(s, BurstModel.LogOdds(calibrator, trees.Score(s.Window.Values), s.Window.Values))));
            }
        }

        return new BurstHead(cell, Trees(grid, options), calibrator, Thresholds(cell, judged, options), BurstReference.Of(grid));
    }

    private static TreeEnsemble Trees(BurstSample[] samples, BurstOptions options) => BoostedTrees.Fit(
        [.. samples.Select(s => s.Window.Values)], [.. samples.Select(s => s.Hashing)], Balanced(samples), options.Trees, options.Seed);

    /// <summary>Both classes weigh the same, and a sample one on average.</summary>
    private static double[] Balanced(BurstSample[] samples)
    {
        var hashing = samples.Where(s => s.Hashing).Sum(s => s.Weight);
        var honest = samples.Where(s => !s.Hashing).Sum(s => s.Weight);
        return [.. samples.Select(s => s.Weight * samples.Length / 2 / (s.Hashing ? hashing : honest))];
    }

    /// <summary>Set on honest recordings, each judged whole by models that have not seen it; the strictest set of enough recordings stands; all together where there is none.</summary>
    private static BurstThresholds Thresholds(int cell, HeldOutBurst[] heldOut, BurstOptions options)
    {
        var honest = BurstRecordings.Of(heldOut.Where(h => !h.Sample.Hashing)).ToArray();
        var hashing = BurstRecordings.Of(heldOut.Where(h => h.Sample.Hashing)).Select(r => r.LogOdds).Order().ToArray();
        var bySet = honest.GroupBy(r => r.Set, StringComparer.Ordinal)
            .Where(set => set.Count() >= LeastHonestForThreshold && !options.NotForThresholds.Contains(set.Key))
            .Select(set => At([.. set.Select(r => r.LogOdds).Order()], 1 - options.WatchRate))
            .ToArray();
        var watch = bySet.Length > 0 ? bySet.Max() : At([.. honest.Select(r => r.LogOdds).Order()], 1 - options.WatchRate);
        return new BurstThresholds(cell, Round(Math.Max(watch, 0)), Round(Math.Min(At(hashing, options.WatchRate), 0)));
    }

    private static ConformalReference Reference(List<HeldOutBurst> heldOut) => new(
        new SortedDictionary<string, double[]>(
            heldOut.Where(h => !h.Sample.Hashing)
                .GroupBy(h => h.Sample.Set, StringComparer.Ordinal)
                .ToDictionary(set => set.Key, set => set.Select(h => Round(h.LogOdds)).Order().ToArray(), StringComparer.Ordinal),
            StringComparer.Ordinal));

    private static List<BurstCount> Counts(IReadOnlyList<BurstSample> samples) =>
    [
        .. samples.GroupBy(s => (s.Set, s.Hashing))
            .OrderBy(g => g.Key.Set, StringComparer.Ordinal)
            .ThenBy(g => g.Key.Hashing)
            .Select(g => new BurstCount(g.Key.Set, g.Key.Hashing, g.Select(s => s.Recording).Distinct(StringComparer.Ordinal).Count(), g.Count())),
    ];

    private static double At(double[] ascending, double share) =>
        ascending.Length == 0 ? 0 : ascending[Math.Clamp((int)Math.Ceiling(share * ascending.Length), 0, ascending.Length - 1)];

    private static double Round(double value) => Math.Round(value, 4, MidpointRounding.AwayFromZero);
}
