// SPDX-License-Identifier: Apache-2.0
using System.ComponentModel.DataAnnotations;
using Detector.Detection.Change;
using Detector.Detection.Change.Features;
using Detector.Detection.Change.Training;

namespace Detector.Detection;

/// <summary>Fits change evidence on labelled candidates.</summary>
/// <remarks>
/// One head for changes of which the window alone is known, one for those with thirteen months before them. The threshold of
/// each is set on the highest candidate of an honest window over all looks at it, its site held out, in the strictest source:
/// looking daily does not raise the rate beyond that of the looks it was set on (docs/decisions/0008).
/// </remarks>
public static class ChangeTrainer
{
    private const int LeastSites = 10;

    /// <summary>Fits change evidence.</summary>
    /// <param name="samples">Candidates, honest and mining, of enough sites.</param>
    /// <param name="options">How.</param>
    /// <param name="seed">Seed of folds and trees.</param>
    /// <param name="progress">Lines for people.</param>
    /// <param name="cancel">Stops it.</param>
    /// <returns>The evidence; null where the samples come from too few sites for any.</returns>
    public static ChangeModel? Fit(
        IReadOnlyList<ChangeSample> samples, ChangeTrainingOptions options, int seed, IProgress<string>? progress, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentNullException.ThrowIfNull(options);
        Validator.ValidateObject(options, new ValidationContext(options), validateAllProperties: true);
        var catalog = ChangeCatalog.Default();
        var honest = ChangeReference.Of(samples, catalog);
        var trials = new List<OnsetTrial>();
        ChangeHead? Head(bool history)
        {
            ChangeSample[] own = [.. samples.Where(s => s.WithHistory == history)];
            if (Sites(own, mining: true) < LeastSites || Sites(own, mining: false) < LeastSites)
            {
                return null;
            }

            var set = new ChangeSet(own, honest, history ? options.HistoryTrees : options.Trees, options, seed);
            var scores = ChangeScores.Of(set, options, seed, progress, cancel);
            progress?.Report("change: fitting on all samples");
            var head = scores.Head(set.Fit(_ => true), options);
            trials.AddRange(scores.Stated(head));
            return head;
        }

        var (window, withHistory) = (Head(history: false), Head(history: true));
        return window is null ? null : new ChangeModel(new ChangeContent
        {
            Features = [.. catalog.Features.Select(f => f.Name)],
            Honest = honest,
            Window = window,
            History = withHistory,
            Onset = IntervalFit.Onset(trials),
            ShareWidth = IntervalFit.Share(trials),
        });
    }

    private static int Sites(ChangeSample[] samples, bool mining) =>
        samples.Where(s => s.IsMining == mining).Select(s => s.Site).Distinct(StringComparer.Ordinal).Count();
}
