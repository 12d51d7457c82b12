// SPDX-License-Identifier: Apache-2.0
using Detector.Analysis.Corpora;
using Detector.Analysis.Evaluation;
using Detector.Detection;
using Detector.Metering;
using Detector.Profiles;

namespace Detector.Analysis.Changes;

/// <summary>What a look at an honest load says of a change in it.</summary>
/// <param name="Source">The source held out.</param>
/// <param name="Site">Its site.</param>
/// <param name="Window">The stretch of 91 days in which the change lies.</param>
/// <param name="WithHistory">Whether thirteen months before it were given.</param>
/// <param name="IsWatch">Whether change evidence finds it worth a watch.</param>
/// <param name="IsCase">Whether the product makes a case of it.</param>
internal readonly record struct HonestLook(string Source, string Site, string Window, bool WithHistory, bool IsWatch, bool IsCase);

/// <summary>Looks at the honest loads of a source held out: every candidate by its score, and those worth a watch judged whole, as the product would at that look.</summary>
internal sealed class HonestLooks(Fold fold, HonestCorpus corpus, JudgeOptions options)
{
    private readonly Judge _judge = new(fold.Model, new ProfileBuilder(FeatureCatalog.Default()), options) { Explains = false };

    private readonly Dictionary<MeterId, RecordedLoad> _loads = corpus.Loads.Where(l => l.Source == fold.Source).ToDictionary(l => l.Load.Meter);

    /// <summary>The looks behind some candidates; those of other sources are passed over.</summary>
    public IEnumerable<HonestLook> Of(IEnumerable<ChangeSample> candidates) => fold.Model.Change is not { } change
        ? []
        : candidates.Where(c => c is { IsMining: false, IsMade: false } && c.Source == fold.Source).Select(c =>
        {
            var isWatch = change.IsWatch(c);
            return new HonestLook(c.Source, c.Site, c.Window, c.WithHistory, isWatch, isWatch && IsCase(c));
        });

    private bool IsCase(ChangeSample candidate)
    {
        var (meter, end) = candidate.LookedAt!.Value;
        var load = _loads[meter];
        var before = TimeSpan.FromDays(PlanSizes.LongDays + (candidate.WithHistory ? options.HistoryDays : 0));
        return _judge.Assess(load.Load.Slice(new TimeRange(end - before, end)), load.Registration, end) is { Verdict: Verdict.Case, Onset: not null };
    }
}
