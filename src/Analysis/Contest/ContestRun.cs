// SPDX-License-Identifier: Apache-2.0
using Detector.Analysis.Corpora;
using Detector.Analysis.Daily;
using Detector.Analysis.Evaluation;
using Detector.Analysis.Injection;
using Detector.Analysis.Reporting;
using Detector.Detection.Daily;

namespace Detector.Analysis.Contest;

/// <summary>The public contest of 2022 rebuilt: a year of daily energy of 15,000 customers at 0.24 % prevalence.</summary>
/// <remarks>
/// Twice: with sites held out, as the contest's own test was (the same province in training), and with whole sources held out,
/// which is harder. Thresholds come from training windows alone.
/// </remarks>
internal static class ContestRun
{
    /// <summary>Population of the figures.</summary>
    public const string Population = "contest, 36 of 15,000 customers";

    /// <summary>Scope of the figures with sites held out.</summary>
    public const string SitesOut = "contest, sites held out";

    /// <summary>Scope of the figures with whole sources held out.</summary>
    public const string SourcesOut = "contest, sources held out";

    private const string Role = "contest";
    private const int SiteFolds = 3;

    /// <summary>Runs it on a corpus; without recordings on its simulated loads, as a trial.</summary>
    /// <returns>Its figures, and the evidence of daily energy by the source that it saw nothing of.</returns>
    public static (ReportSection Section, IReadOnlyDictionary<string, DailyModel> WithoutSource) Of(HonestCorpus corpus, EvaluationRunOptions options, IProgress<AnalysisProgress>? progress, CancellationToken cancel)
    {
        var material = DailyTraining.Material(corpus, options.Seed, options.Quick, options.Threads, progress, cancel);
        var customers = Customers(corpus, options, progress, cancel);
        string[] sources = [.. corpus.Sources.Where(s => s != SimulatedHonest.Source)];
        var training = material.SelectMany(m => m.Value).ToArray();
        var siteFold = FoldOfSite([.. training.Concat(customers).Select(w => w.Recipe.Site).Distinct(StringComparer.Ordinal)], options.Seed);
        var siteOut = Task.Run(() => Judge(SiteFolds, (w, k) => siteFold[w.Recipe.Site] == k, training, customers, options, progress, cancel), cancel);
        var bySource = Judge(sources.Length, (w, k) => SourceOf(w, sources) == k, training, customers, options, progress, cancel);
        var section = Report([(SitesOut, Customers(siteOut.GetAwaiter().GetResult())), (SourcesOut, Customers(bySource))], options);
        return (section, sources.Zip(bySource).ToDictionary(pair => pair.First, pair => pair.Second.Fold.Model, StringComparer.Ordinal));
    }

    private static JudgedCustomer[] Customers((ContestFold Fold, JudgedCustomer[] Customers)[] folds) => [.. folds.SelectMany(f => f.Customers)];

    // A fold is one long chain on one thread: all at once, or the last would leave the other cores idle.
    private static (ContestFold Fold, JudgedCustomer[] Customers)[] Judge(
        int folds, Func<DailyWindow, int, bool> inFold, DailyWindow[] training, DailyWindow[] customers,
        EvaluationRunOptions options, IProgress<AnalysisProgress>? progress, CancellationToken cancel) =>
    [
        .. Enumerable.Range(0, folds).AsParallel().AsOrdered().WithDegreeOfParallelism(folds).WithCancellation(cancel).Select(k =>
        {
            DailyWindow[] rest = [.. training.Where(w => !inFold(w, k))];
            DailyWindow[] judged = [.. customers.Where(w => inFold(w, k))];
            var sites = judged.Select(w => w.Recipe.Site).ToHashSet(StringComparer.Ordinal);
            if (rest.FirstOrDefault(w => sites.Contains(w.Recipe.Site)) is { } leak)
            {
                throw new InvalidOperationException($"'{leak.Recipe.Name}' is in training although its site is judged.");
            }

            var fold = ContestFold.Train(rest, options, progress, cancel);
            return (fold, fold.Judge(judged).ToArray());
        }),
    ];

    private static DailyWindow[] Customers(HonestCorpus corpus, EvaluationRunOptions options, IProgress<AnalysisProgress>? progress, CancellationToken cancel)
    {
        var isReal = corpus.Loads.Any(l => l.Real);
        var (sites, rounds) = options.Quick || !isReal ? (90, 4) : (480, 20);
        string[] sources = [.. corpus.Sources.Where(s => s != SimulatedHonest.Source)];
        var simulated = DailyCorpus.Simulated(sites, sources, Role, options.Seed, options.Threads);
        var recorded = isReal ? DailyCorpus.Recorded(corpus) : [.. corpus.Loads.Select(DailyCorpus.ByDay)];
        var mining = new MiningLoads(options.Seed);
        var recipes = sources.SelectMany(source => new ContestPlan([.. recorded.Concat(simulated).Where(l => l.Source == source)], mining, Role).Windows(rounds));
        return DailyWindow.Of([.. recipes], "profile customers of the contest", options.Threads, progress, cancel);
    }

    /// <summary>The fold a window is held out with: that of its source; simulated training sites are never held out, no customer is one of them.</summary>
    private static int SourceOf(DailyWindow window, string[] sources) => Array.IndexOf(sources, window.Recipe.Source);

    private static Dictionary<string, int> FoldOfSite(string[] sites, int seed)
    {
        Array.Sort(sites, StringComparer.Ordinal);
        new Random(seed).Shuffle(sites);
        return sites.Select((site, i) => (site, i)).ToDictionary(p => p.site, p => p.i % SiteFolds, StringComparer.Ordinal);
    }

    private static ReportSection Report((string Scope, JudgedCustomer[] Customers)[] judged, EvaluationRunOptions options)
    {
        var figures = new List<Figure>();
        var tables = new List<ReportTable>();
        foreach (var (scope, customers) in judged)
        {
            var of = new ContestFigures(scope, customers, options.BootstrapRepeats, options.Seed);
            Figure[][] methods = [.. ContestFold.Methods.Select((_, m) => of.Of(m).ToArray())];
            Figure[][] found = [.. Enumerable.Range(0, 2).Select(m => of.Found(m).ToArray())];
            figures.AddRange(methods.Concat(found).SelectMany(f => f));
            tables.AddRange(ContestTables.Of(scope, of, methods, found));
        }

        return new ReportSection(figures, tables);
    }
}
