// SPDX-License-Identifier: Apache-2.0
using Detector.Analysis.Baselines;
using Detector.Analysis.Corpora;
using Detector.Analysis.Injection;
using Detector.Analysis.Statistics;
using Detector.Metering;

namespace Detector.Analysis.Evaluation;

/// <summary>Computes every figure of a report from judged windows.</summary>
/// <param name="options">Prevalence, fleet and rates.</param>
/// <param name="thresholds">Thresholds of the baselines: by source held out, then by nominal rate, then by baseline.</param>
internal sealed class FigureBook(EvaluationRunOptions options, IReadOnlyDictionary<string, IReadOnlyDictionary<double, double[]>> thresholds)
{
    /// <summary>Numbers of cases that a team can work in a week or two.</summary>
    public static IReadOnlyList<int> First { get; } = [10, 25, 50];

    private static readonly string[] BaselineNames = [.. BaselineCatalog.Default().All.Select(b => b.Name)];

    /// <summary>The product by its verdict: a case.</summary>
    public static Method Case { get; } = new("detector, case", w => w.Suspicion, w => w.Verdict == Verdict.Case);

    /// <summary>The product by its verdict: a case or a watch.</summary>
    public static Method CaseOrWatch { get; } = new("detector, case or watch", w => w.Suspicion, w => w.Verdict is Verdict.Case or Verdict.Watch);

    /// <summary>Every figure of one scope.</summary>
    public IEnumerable<Figure> Of(Judgements judged) =>
    [
        .. Verdicts(judged, Case), .. Verdicts(judged, CaseOrWatch), .. Coverage(judged), .. Calibration(judged), .. Onsets(judged),
        .. options.NominalRates.SelectMany(rate => MethodsAt(rate).SelectMany(method => Compared(judged, method, rate))),
        .. MethodsAt(options.NominalRates[^1]).SelectMany(method => Ranked(judged, method)),
    ];

    /// <summary>Every population of mining that has a column.</summary>
    public static IEnumerable<Population> Columns() =>
    [
        .. MiningLoads.Trained.Select(s => Population.PureOf(s, PlanSizes.LongDays)),
        .. Population.Shares.Select(s => Population.MixtureOf(s, MiningSince.Onset)),
        .. Population.Shares.Select(s => Population.MixtureOf(s, MiningSince.FirstDay)),
    ];

    /// <summary>Populations of mining that are judged by the product's verdict alone.</summary>
    private static IEnumerable<Population> VerdictsOnly() =>
    [
        .. MiningLoads.Trained.Select(s => Population.PureOf(s, PlanSizes.ShortDays)),
        .. MiningLoads.Unseen.SelectMany(s => new[] { Population.PureOf(s, PlanSizes.LongDays), Population.PureOf(s, PlanSizes.ShortDays) }),
    ];

    /// <summary>The product by its p-value and each baseline by its threshold, all at one nominal rate.</summary>
    public IEnumerable<Method> MethodsAt(double rate) => BaselineNames
        .Select((name, i) => new Method(name, w => w.Baselines[i], w => w.Sufficient && w.Baselines[i] >= thresholds[w.Source][rate][i]))
        .Prepend(new Method("detector, p-value", w => w.Suspicion, w => w.Sufficient && w.PValue <= rate));

    private static IEnumerable<Figure> Verdicts(Judgements judged, Method method)
    {
        foreach (var population in Columns().Concat(VerdictsOnly()))
        {
            yield return judged.Share(FigureNames.Detection, method, null, population, method.Flags);
            var sufficient = population with { Holds = w => w.Sufficient && population.Holds(w) };
            yield return judged.Share(FigureNames.DetectionOfJudged, method, null, sufficient, method.Flags);
        }

        foreach (var (population, days) in new[] { (Population.Honest, PlanSizes.LongDays), (Population.HonestShort, PlanSizes.ShortDays) })
        {
            var share = judged.Share(FigureNames.FalseRate, method, null, population, method.Flags);
            yield return share;
            yield return PerThousandSiteYears(share, FigureNames.FalseCases, days);
            yield return Opened(judged, method, population, days);
            var years = Flagged.SiteYears(share.Windows, days);
            yield return share with { Name = FigureNames.HonestSiteYears, Value = new Estimate(years, years, years) };
        }
    }

    /// <summary>What the product's verdicts find of some populations of mining, and the cases it would open of honest windows of 91 days; what no window belongs to has no figure.</summary>
    public static IEnumerable<Figure> VerdictsOf(Judgements judged, IEnumerable<Population> mining, Population honest)
    {
        foreach (var population in mining.Where(p => judged.Windows.Any(p.Holds)))
        {
            yield return judged.Share(FigureNames.Detection, Case, null, population, Case.Flags);
            yield return judged.Share(FigureNames.Detection, CaseOrWatch, null, population, CaseOrWatch.Flags);
            yield return judged.Share(FigureNames.Insufficient, Case, null, population, w => !w.Sufficient);
        }

        if (!judged.Windows.Any(honest.Holds))
        {
            yield break;
        }

        foreach (var method in new[] { Case, CaseOrWatch })
        {
            yield return Opened(judged, method, honest, PlanSizes.LongDays);
        }
    }

    /// <summary>Cases that honest windows of so many days would open, what follows at a site within a year joined.</summary>
    private static Figure Opened(Judgements judged, Method method, Population honest, int days)
    {
        var opened = new OpenedCases(judged.Windows.Where(w => honest.Holds(w) && method.Flags(w)));
        return PerThousandSiteYears(judged.Share(FigureNames.FalseRate, method, null, honest, opened.Has), FigureNames.OpenedCases, days);
    }

    /// <summary>The same by honest site-years instead of windows of so many days.</summary>
    private static Figure PerThousandSiteYears(Figure share, string name, int days)
    {
        var perRate = Flagged.PerThousandSiteYears(1, 1, days);
        return share with { Name = name, Value = new Estimate(share.Value.Value * perRate, share.Value.Low * perRate, share.Value.High * perRate) };
    }

    private static IEnumerable<Figure> Coverage(Judgements judged) =>
        new[] { Population.Honest, Population.HonestShort, Population.Pure, Population.LargeMixtures }
            .Concat(Columns())
            .Select(p => judged.Share(FigureNames.Insufficient, Case, null, p, w => !w.Sufficient));

    /// <summary>How far stated probabilities are off, at the prevalence that the model itself assumes, of what was judged.</summary>
    private IEnumerable<Figure> Calibration(Judgements judged)
    {
        var (pure, mixed) = (options.Training.PurePrior, options.Training.MixedPrior);
        var sufficient = new Judgements(judged.Source, [.. judged.Windows.Where(w => w.Sufficient)], options.BootstrapRepeats, options.Seed);
        var ranked = sufficient.Ranked(w => w.Probability, 1 - pure - mixed, (Population.Pure, pure), (Population.LargeMixtures, mixed));
        yield return sufficient.Of(FigureNames.CalibrationError, Case, null, Population.PureAndLarge, times => CalibrationError.Of(ranked, times));
    }

    private IEnumerable<Figure> Onsets(Judgements judged)
    {
        foreach (var share in Population.Shares)
        {
            var population = Population.MixtureOf(share, MiningSince.Onset);
            var stated = new Judgements(
                judged.Source, [.. judged.Windows.Where(w => population.Holds(w) && !double.IsNaN(w.OnsetErrorHours))], options.BootstrapRepeats, options.Seed);
            var sites = stated.Windows.Select(w => w.Site).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
            var errors = stated.Windows.Select(w => (Error: Math.Abs(w.OnsetErrorHours), Site: Array.IndexOf(sites, w.Site))).ToArray();
            yield return stated.Of(FigureNames.OnsetError, CaseOrWatch, null, population,
                times => Quantile.Of(errors.SelectMany(e => Enumerable.Repeat(e.Error, times[e.Site])), 0.5));
            yield return stated.Share(FigureNames.OnsetCoverage, CaseOrWatch, null, population, w => w.OnsetCovered);
        }
    }

    private IEnumerable<Figure> Compared(Judgements judged, Method method, double rate)
    {
        yield return judged.Share(FigureNames.FalseRate, method, rate, Population.Honest, method.Flags);
        foreach (var population in Columns())
        {
            yield return judged.Share(FigureNames.Detection, method, rate, population, method.Flags);
        }

        foreach (var population in new[] { Population.Pure, Population.PureAndLarge })
        {
            var recall = judged.ShareOver(population, method.Flags);
            var wrong = judged.ShareOver(Population.Honest, method.Flags);
            double Precision(IReadOnlyList<int> times) => Flagged.Precision(recall(times), wrong(times), options.Prevalence);
            yield return judged.Of(FigureNames.Recall, method, rate, population, recall);
            yield return judged.Of(FigureNames.Precision, method, rate, population, Precision);
            yield return judged.Of(FigureNames.F1, method, rate, population, times => Flagged.F1(Precision(times), recall(times)));
        }
    }

    private IEnumerable<Figure> Ranked(Judgements judged, Method method)
    {
        var mining = options.FleetSites * options.Prevalence;
        foreach (var population in new[] { Population.Pure, Population.PureAndLarge })
        {
            // An insufficient window stands last for every method: nobody is sent to a site that could not be judged.
            var ranking = new Ranking(judged.Ranked(
                w => w.Sufficient ? method.Score(w) : double.MinValue, options.FleetSites - mining, (population, mining)));
            yield return judged.Of(FigureNames.AveragePrecision, method, null, population, times => ranking.AveragePrecision(times));
            foreach (var k in First)
            {
                yield return judged.Of(FigureNames.PrecisionAmongFirst + k, method, null, population, times => ranking.PrecisionAmongFirst(k, times));
            }
        }
    }
}
