// SPDX-License-Identifier: Apache-2.0
using Detector.Analysis.Evaluation;
using Detector.Analysis.Statistics;

namespace Detector.Analysis.Contest;

/// <summary>Figures of judged customers at the contest's composition, with intervals over sites.</summary>
internal sealed class ContestFigures
{
    private readonly JudgedCustomer[] _customers;
    private readonly int[] _site;
    private readonly double[] _weight;
    private readonly SiteBootstrap _bootstrap;
    private readonly string _scope;

    public ContestFigures(string scope, JudgedCustomer[] customers, int repeats, int seed)
    {
        _scope = scope;
        _customers = customers;
        var index = SiteIndex.Of(customers.Select(c => c.Recipe.Site));
        _site = [.. customers.Select(c => index[c.Recipe.Site])];
        var count = customers.CountBy(c => ContestPlan.KindOf(c.Recipe)).ToDictionary();
        _weight = [.. customers.Select(c => ContestPlan.KindOf(c.Recipe)).Select(kind => kind.Customers / count[kind])];
        _bootstrap = new SiteBootstrap(index.Count, repeats, seed);
    }

    /// <summary>How many honest windows and sites were recorded, and how many simulated.</summary>
    public (int Windows, int Sites) Count(ContestKind kind)
    {
        JudgedCustomer[] of = [.. _customers.Where(c => ContestPlan.KindOf(c.Recipe) == kind)];
        return (of.Length, of.Select(c => c.Recipe.Site).Distinct(StringComparer.Ordinal).Count());
    }

    /// <summary>Precision, recall, F1, average precision and precision among the first of one method.</summary>
    public IEnumerable<Figure> Of(int method)
    {
        yield return Make(FigureNames.Precision, method, times => Flagged(method, times).Precision);
        yield return Make(FigureNames.Recall, method, times => Flagged(method, times).Recall);
        yield return Make(FigureNames.F1, method, times => Flagged(method, times).F1);
        var ranking = new Ranking(_customers.Select((c, i) => new Ranked(c.Margins[method], ContestPlan.KindOf(c.Recipe).Mines, _weight[i], _site[i])));
        yield return Make(FigureNames.AveragePrecision, method, times => ranking.AveragePrecision(times));
        foreach (var k in FigureBook.First)
        {
            yield return Make(FigureNames.PrecisionAmongFirst + k, method, times => ranking.PrecisionAmongFirst(k, times));
        }
    }

    /// <summary>Share of each kind that a method flags.</summary>
    public IEnumerable<Figure> Found(int method) => ContestPlan.Kinds.Select(kind => Make(
        FigureNames.Detection, method, times => Share(times, i => ContestPlan.KindOf(_customers[i].Recipe) == kind, i => _customers[i].Margins[method] >= 0)) with
    {
        Population = kind.Name,
    });

    private Figure Make(string name, int method, Func<IReadOnlyList<int>, double> statistic) => new(
        name, ContestFold.Methods[method], null, _scope, ContestRun.Population, _bootstrap.Of(statistic), _customers.Length, _bootstrap.Sites);

    private (double Precision, double Recall, double F1) Flagged(int method, IReadOnlyList<int> times)
    {
        double found = 0, missed = 0, wrong = 0;
        for (var i = 0; i < _customers.Length; i++)
        {
            var weight = _weight[i] * times[_site[i]];
            var flagged = _customers[i].Margins[method] >= 0;
            if (ContestPlan.KindOf(_customers[i].Recipe).Mines)
            {
                (found, missed) = flagged ? (found + weight, missed) : (found, missed + weight);
            }
            else
            {
                wrong += flagged ? weight : 0;
            }
        }

        var precision = found + wrong > 0 ? found / (found + wrong) : double.NaN;
        var recall = found + missed > 0 ? found / (found + missed) : double.NaN;
        return (precision, recall, found > 0 ? 2 * found / ((2 * found) + missed + wrong) : 0);
    }

    private double Share(IReadOnlyList<int> times, Func<int, bool> of, Func<int, bool> hit)
    {
        double top = 0, bottom = 0;
        for (var i = 0; i < _customers.Length; i++)
        {
            if (of(i))
            {
                bottom += times[_site[i]];
                top += hit(i) ? times[_site[i]] : 0;
            }
        }

        return bottom > 0 ? top / bottom : double.NaN;
    }
}
