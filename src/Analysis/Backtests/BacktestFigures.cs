// SPDX-License-Identifier: Apache-2.0
using Detector.Analysis.Statistics;
using Detector.Metering;

namespace Detector.Analysis.Backtests;

/// <summary>What one of the two models would have raised, and, where labels are, how much of it was right.</summary>
/// <param name="Model">Name and version.</param>
/// <param name="Looks">How often a meter was looked at.</param>
/// <param name="InsufficientShare">Share of looks without a judgement.</param>
/// <param name="Cases">Cases opened; what follows at a meter within a year joins its case.</param>
/// <param name="CasesPerWeek">Cases opened in a week of the history.</param>
/// <param name="Watched">Meters watched at their last look.</param>
/// <param name="FalseDiscovery">How many of the cases of the last looks must be expected to be false, in English.</param>
/// <param name="FalseDiscoveryZh">The same in Chinese.</param>
/// <param name="Labelled">Figures of the labelled meters; null without labels.</param>
public sealed record BacktestSide(
    string Model, int Looks, double InsufficientShare, int Cases, double CasesPerWeek, int Watched, string FalseDiscovery, string FalseDiscoveryZh, LabelledFigures? Labelled);

/// <summary>Figures of labelled meters, with 90 % bootstrap intervals over sites; the positive class is mining.</summary>
/// <param name="Meters">Labelled meters that were looked at.</param>
/// <param name="Mining">How many of them mine.</param>
/// <param name="Right">Cases opened where something mined at that time.</param>
/// <param name="Wrong">Cases opened where nothing did.</param>
/// <param name="Precision">Right cases of all cases.</param>
/// <param name="Recall">Mining meters with a right case, of all mining meters; one that could not be judged counts as missed.</param>
/// <param name="F1">Harmonic mean of the two.</param>
/// <param name="FalsePerThousandSiteYears">Wrong cases per 1,000 honest site-years that could be judged.</param>
/// <param name="HonestSiteYears">How many such years there were.</param>
/// <param name="PrecisionAmongFirst">Share of mining meters among the first 10, 25 and 50 by the highest place on the ladder; NaN where there are fewer meters.</param>
/// <param name="MedianDaysToCase">Median days from a known onset to the first right case; NaN where none is known.</param>
public sealed record LabelledFigures(
    int Meters, int Mining, int Right, int Wrong, Estimate Precision, Estimate Recall, Estimate F1,
    Estimate FalsePerThousandSiteYears, double HonestSiteYears, IReadOnlyList<FirstK> PrecisionAmongFirst, double MedianDaysToCase);

/// <summary>Precision among the first <paramref name="K"/>.</summary>
public sealed record FirstK(int K, Estimate Precision);

/// <summary>Counts what a side would have raised.</summary>
internal sealed class BacktestFigures(IReadOnlyList<MeterHistory> meters, BacktestOptions options)
{
    private static readonly int[] First = [10, 25, 50];

    private readonly MeterHistory[] _labelled = [.. meters.Where(m => m.Label is not null)];

    /// <summary>The figures of one side.</summary>
    public BacktestSide Of(Side side, string model)
    {
        var looks = meters.Sum(m => m.Looks.Count);
        var cases = meters.Sum(m => m.Opened(side).Count);
        var weeks = (meters.Max(m => m.Looks[^1].At) - meters.Min(m => m.Looks[0].At) + options.Every).TotalDays / 7;
        var discovery = FalseDiscovery.Of(meters.Select(m => m.Looks[^1].Of(side)));
        return new BacktestSide(
            model,
            looks,
            (double)meters.Sum(m => m.Looks.Count(l => l.Of(side).Verdict == Verdict.Insufficient)) / looks,
            cases,
            cases / weeks,
            meters.Count(m => m.Last(side) == Verdict.Watch),
            discovery.Text,
            discovery.TextZh,
            _labelled.Length == 0 ? null : Labelled(side));
    }

    private LabelledFigures Labelled(Side side)
    {
        var sites = _labelled.GroupBy(m => m.Site, StringComparer.Ordinal).Select(g => g.ToArray()).ToArray();
        var bootstrap = new SiteBootstrap(sites.Length, options.BootstrapRepeats, options.Seed);
        double[] PerSite(Func<MeterHistory, double> count) => [.. sites.Select(s => s.Sum(count))];
        double[] right = PerSite(m => m.Opened(side).Count(o => m.Right(o) == true));
        double[] wrong = PerSite(m => m.Opened(side).Count(o => m.Right(o) == false));
        double[] found = PerSite(m => Found(m, side) ? 1 : 0);
        double[] mining = PerSite(m => m.Label!.Mines ? 1 : 0);
        double[] raised = [.. right.Zip(wrong, (r, w) => r + w)];
        double[] years = PerSite(m => m.HonestYears(side, options.Every));
        return new LabelledFigures(
            _labelled.Length,
            (int)mining.Sum(),
            (int)right.Sum(),
            (int)wrong.Sum(),
            bootstrap.Ratio(right, raised),
            bootstrap.Ratio(found, mining),
            F1(bootstrap, right, raised, found, mining),
            bootstrap.Ratio([.. wrong.Select(w => w * 1000)], years),
            years.Sum(),
            [.. First.Select(k => new FirstK(k, AmongFirst(bootstrap, sites, side, k)))],
            Quantile.Of(_labelled.Select(m => DaysToCase(m, side)).OfType<double>(), 0.5));
    }

    private static bool Found(MeterHistory meter, Side side) => meter.Opened(side).Any(o => meter.Right(o) == true);

    private static Estimate F1(SiteBootstrap bootstrap, double[] right, double[] raised, double[] found, double[] mining) => bootstrap.Of(times =>
    {
        double Sum(double[] values) => values.Zip(times, (v, t) => v * t).Sum();
        var recall = Sum(found) / Sum(mining);
        return double.IsNaN(recall) ? double.NaN : Flagged.F1(Sum(right) / Sum(raised), recall);
    });

    private static Estimate AmongFirst(SiteBootstrap bootstrap, MeterHistory[][] sites, Side side, int k)
    {
        var ranking = new Ranking(sites.SelectMany((site, i) => site.Select(m => new Ranked(m.Highest(side), m.Label!.Mines, 1, i))));
        return bootstrap.Of(times => ranking.PrecisionAmongFirst(k, times));
    }

    private static double? DaysToCase(MeterHistory meter, Side side) =>
        meter.Label is { Mines: true, Onset: { } onset } && meter.Opened(side).Where(o => o >= onset).Select(o => (DateTimeOffset?)o).FirstOrDefault() is { } opened
            ? (opened - onset).TotalDays
            : null;
}
