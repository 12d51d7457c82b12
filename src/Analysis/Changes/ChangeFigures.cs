// SPDX-License-Identifier: Apache-2.0
using Detector.Analysis.Corpora;
using Detector.Analysis.Evaluation;
using Detector.Analysis.Statistics;
using Detector.Detection;

namespace Detector.Analysis.Changes;

/// <summary>Figures of change evidence: detection by share, days and history, onsets, and false alarms over all looks.</summary>
internal sealed class ChangeFigures(EvaluationRunOptions options)
{
    /// <summary>Width of stated onset intervals.</summary>
    public const string OnsetWidth = "onset_interval_median_width_hours";

    /// <summary>Honest windows of which any look would say a case for a change.</summary>
    public const string FalseOverLooks = "change_false_rate_over_looks";

    /// <summary>Simulated honest additions that are flagged.</summary>
    public const string FalseOfAdditions = "honest_addition_false_rate";

    /// <summary>The honest windows that looks are taken at.</summary>
    public static Population Looks(bool history) => new(history ? "honest, all looks, with history" : "honest, all looks, window alone", _ => true);

    /// <summary>Every figure of a report.</summary>
    public static IEnumerable<Figure> All(
        JudgedWindow[] judged, IReadOnlyList<ChangeSample> changes, Fold[] folds, HonestCorpus corpus, EvaluationRunOptions options)
    {
        var figures = new ChangeFigures(options);
        var looks = folds.SelectMany(fold => new HonestLooks(fold, corpus, options.Judging).Of(changes)).ToArray();
        return corpus.Sources.Append(Tables.All).SelectMany(scope => figures
            .Of(scope, [.. judged.Where(w => scope == Tables.All || w.Source == scope)])
            .Concat(figures.OverLooks(scope, [.. looks.Where(l => scope == Tables.All || l.Source == scope)])));
    }

    /// <summary>Figures of one scope.</summary>
    private IEnumerable<Figure> Of(string scope, IReadOnlyList<JudgedWindow> judged)
    {
        var all = new Judgements(scope, judged, options.BootstrapRepeats, options.Seed);
        foreach (var history in new[] { true, false })
        {
            foreach (var share in Population.Shares)
            {
                foreach (var large in new[] { true, false })
                {
                    var population = ChangePopulation.Of(share, history, large);
                    yield return all.Share(FigureNames.Detection, FigureBook.Case, null, population, FigureBook.Case.Flags);
                    yield return all.Share(FigureNames.Detection, FigureBook.CaseOrWatch, null, population, FigureBook.CaseOrWatch.Flags);
                }

                foreach (var days in ChangeJudge.LookDays)
                {
                    var population = ChangePopulation.Of(share, history, large: true, days);
                    yield return all.Share(FigureNames.Detection, FigureBook.Case, null, population, FigureBook.Case.Flags);
                    yield return all.Share(FigureNames.Detection, FigureBook.CaseOrWatch, null, population, FigureBook.CaseOrWatch.Flags);
                }

                foreach (var figure in Onsets(scope, judged, ChangePopulation.Of(share, history, large: false)))
                {
                    yield return figure;
                }
            }
        }

        foreach (var figure in Additions(all))
        {
            yield return figure;
        }
    }

    /// <summary>How many simulated honest additions are flagged: of each share, and over all sources of each class of load.</summary>
    private static IEnumerable<Figure> Additions(Judgements all)
    {
        bool[] histories = [true, false];
        var populations = histories.SelectMany(history => AdditionJudge.Shares.Select(s => ChangePopulation.Honest(s, history))
            .Concat(all.Source == Tables.All ? SimulatedHonest.Classes.Select(k => ChangePopulation.Honest(null, history, k)) : []));
        foreach (var population in populations)
        {
            yield return all.Share(FalseOfAdditions, FigureBook.Case, null, population, FigureBook.Case.Flags);
            yield return all.Share(FalseOfAdditions, FigureBook.CaseOrWatch, null, population, FigureBook.CaseOrWatch.Flags);
        }
    }

    /// <summary>How many honest windows of a source held out any look would call a case, or at least a watch, for a change.</summary>
    private IEnumerable<Figure> OverLooks(string scope, IReadOnlyList<HonestLook> honest)
    {
        foreach (var history in new[] { true, false })
        {
            var windows = honest.Where(h => h.WithHistory == history)
                .GroupBy(h => (h.Site, h.Window))
                .Select(w => (w.Key.Site, Case: w.Any(h => h.IsCase), Watch: w.Any(h => h.IsWatch))).ToArray();
            var sites = windows.GroupBy(w => w.Site, StringComparer.Ordinal).ToArray();
            var bootstrap = new SiteBootstrap(sites.Length, options.BootstrapRepeats, options.Seed);
            double[] trials = [.. sites.Select(s => (double)s.Count())];
            Figure Rate(Method method, Func<IGrouping<string, (string Site, bool Case, bool Watch)>, int> hits) => new(
                FalseOverLooks, method.Name, null, scope, Looks(history).Name, bootstrap.Ratio([.. sites.Select(s => (double)hits(s))], trials), windows.Length, sites.Length);
            yield return Rate(FigureBook.Case, s => s.Count(w => w.Case));
            yield return Rate(FigureBook.CaseOrWatch, s => s.Count(w => w.Watch));
        }
    }

    private IEnumerable<Figure> Onsets(string scope, IReadOnlyList<JudgedWindow> judged, Population population)
    {
        var stated = new Judgements(
            scope, [.. judged.Where(w => population.Holds(w) && !double.IsNaN(w.OnsetErrorHours))], options.BootstrapRepeats, options.Seed);
        var sites = stated.Windows.Select(w => w.Site).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        Figure Median(string name, Func<JudgedWindow, double> of)
        {
            var values = stated.Windows.Select(w => (Value: of(w), Site: Array.IndexOf(sites, w.Site))).ToArray();
            return stated.Of(name, FigureBook.CaseOrWatch, null, population,
                times => Quantile.Of(values.SelectMany(v => Enumerable.Repeat(v.Value, times[v.Site])), 0.5));
        }

        yield return Median(FigureNames.OnsetError, w => Math.Abs(w.OnsetErrorHours));
        yield return Median(OnsetWidth, w => w.Change!.WidthHours);
        yield return stated.Share(FigureNames.OnsetCoverage, FigureBook.CaseOrWatch, null, population, w => w.OnsetCovered);
    }
}
