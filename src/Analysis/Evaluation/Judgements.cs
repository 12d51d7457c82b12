// SPDX-License-Identifier: Apache-2.0
using Detector.Analysis.Statistics;

namespace Detector.Analysis.Evaluation;

/// <summary>Judged windows with one set of site resamples, so that figures of one report vary together.</summary>
internal sealed class Judgements
{
    private readonly Dictionary<string, int> _siteIndex;
    private readonly SiteBootstrap _bootstrap;

    /// <summary>Windows of one source, or of all.</summary>
    public Judgements(string source, IReadOnlyList<JudgedWindow> windows, int repeats, int seed)
    {
        Source = source;
        Windows = windows;
        _siteIndex = SiteIndex.Of(windows.Select(w => w.Site));
        _bootstrap = new SiteBootstrap(_siteIndex.Count, repeats, seed);
    }

    /// <summary>The source, or <c>all</c>.</summary>
    public string Source { get; }

    /// <summary>The windows.</summary>
    public IReadOnlyList<JudgedWindow> Windows { get; }

    /// <summary>Share of a population for which something holds.</summary>
    public Figure Share(string name, Method method, double? rate, Population population, Func<JudgedWindow, bool> hit)
    {
        var (hits, trials, windows, sites) = Count(population, hit);
        return new Figure(name, method.Name, rate, Source, population.Name, _bootstrap.Ratio(hits, trials), windows, sites);
    }

    /// <summary>A figure of the resample itself.</summary>
    public Figure Of(string name, Method method, double? rate, Population population, Func<IReadOnlyList<int>, double> statistic)
    {
        var (_, _, windows, sites) = Count(population, _ => true);
        return new Figure(name, method.Name, rate, Source, population.Name, _bootstrap.Of(statistic), windows, sites);
    }

    /// <summary>A share over one resample, for figures that combine several.</summary>
    public Func<IReadOnlyList<int>, double> ShareOver(Population population, Func<JudgedWindow, bool> hit)
    {
        var (hits, trials, _, _) = Count(population, hit);
        return times =>
        {
            double top = 0, bottom = 0;
            for (var s = 0; s < hits.Length; s++)
            {
                top += times[s] * hits[s];
                bottom += times[s] * trials[s];
            }

            return bottom > 0 ? top / bottom : double.NaN;
        };
    }

    /// <summary>
    /// Windows as a ranking of a fleet: honest ones stand for all honest sites, each listed population for its number of sites.
    /// </summary>
    public IReadOnlyList<Ranked> Ranked(Func<JudgedWindow, double> score, double honestSites, params (Population Population, double Sites)[] mining)
    {
        var ranked = new List<Ranked>();
        foreach (var (population, sites, positive) in mining.Select(m => (m.Population, m.Sites, true)).Prepend((Population.Honest, honestSites, false)))
        {
            var windows = Windows.Where(population.Holds).ToArray();
            ranked.AddRange(windows.Select(w => new Ranked(score(w), positive, sites / windows.Length, _siteIndex[w.Site])));
        }

        return ranked;
    }

    private (double[] Hits, double[] Trials, int Windows, int Sites) Count(Population population, Func<JudgedWindow, bool> hit)
    {
        var hits = new double[_siteIndex.Count];
        var trials = new double[_siteIndex.Count];
        foreach (var window in Windows.Where(population.Holds))
        {
            var site = _siteIndex[window.Site];
            trials[site]++;
            hits[site] += hit(window) ? 1 : 0;
        }

        return (hits, trials, (int)trials.Sum(), trials.Count(t => t > 0));
    }
}
