// SPDX-License-Identifier: Apache-2.0
using Detector.Analysis.Corpora;
using Detector.Analysis.Training;
using Detector.Detection.References;
using Detector.Metering;
using Detector.Simulation;

namespace Detector.Analysis.References;

/// <summary>Counts what the week of honest loads of each declared use looks like, and writes <c>weeks.json</c> beside a model.</summary>
/// <remarks>
/// Recorded sites where there are enough of a use; else those and simulated ones, which are the ones that <c>reference.json</c> is drawn
/// from. Recordings whose use is not known are of no band. Each site weighs one, however long it was recorded.
/// </remarks>
public static class WeekRun
{
    private const int WindowsOfSite = 4; // spread over its time, so that seasons are in
    private const int Decimals = 3;

    private static readonly double[] Shares = [0.1, 0.5, 0.9];

    private static readonly WeekSource Simulated = new("honest sites simulated by this project", "Apache-2.0", "Detector", 0);

    /// <summary>Counts the bands from recordings and simulation and writes them beside a version that exists.</summary>
    /// <exception cref="AnalysisException">An option is out of range or a folder is not there.</exception>
    public static Task<WeekBook> RunAsync(TrainingRunOptions options, IProgress<AnalysisProgress>? progress, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        return Task.Run(
            () =>
            {
                var corpus = options.RecordingsFolder is { } folder
                    ? HonestCorpus.Read(folder, RecordingSets.Default(), options.Threads, progress, cancel)
                    : HonestCorpus.Empty;
                return Save(corpus, options.Quick ? PlanSizes.Quick : PlanSizes.Full, options, progress, cancel);
            },
            cancel);
    }

    internal static WeekBook Save(HonestCorpus corpus, PlanSizes sizes, TrainingRunOptions options, IProgress<AnalysisProgress>? progress, CancellationToken cancel)
    {
        var recorded = corpus.Loads.Where(l => l.Real && l.Registration.DeclaredUse != DeclaredUse.Unknown).ToLookup(l => l.Registration.DeclaredUse);
        var uses = new List<WeekUse>();
        foreach (var (use, kinds) in SimulatedHonest.Classes.GroupBy(HonestLoad.DeclaredUseOf).OrderBy(u => u.Key).Select(u => (u.Key, u.ToArray())))
        {
            progress?.Report(new AnalysisProgress($"weeks of honest loads: {use.Name()}", uses.Count, 0));
            var sites = Shapes(recorded[use], options.Threads, cancel);
            if (sites.Count < WeekBook.LeastSites)
            {
                var drawn = kinds.SelectMany(kind => Enumerable.Range(0, sizes.ReferenceSitesPerUse / kinds.Length)
                    .Select(number => SimulatedHonest.Site(kind, number, ReferenceRun.Role, SimulatedHonest.Source, options.Seed)));
                sites = [.. sites, .. Shapes(drawn, options.Threads, cancel)];
            }

            if (sites.Count >= WeekBook.LeastSites)
            {
                uses.Add(UseOf(use, sites, corpus.Sets));
            }
        }

        var book = new WeekBook { WindowDays = PlanSizes.LongDays, LeastSitesOfUse = WeekBook.LeastSites, Uses = uses };
        book.Save(options.VersionFolder);
        return book;
    }

    private static List<SiteShapes> Shapes(IEnumerable<RecordedLoad> loads, int threads, CancellationToken cancel) =>
    [
        .. loads.AsParallel().AsOrdered().WithDegreeOfParallelism(threads).WithCancellation(cancel)
            .Select(load => (Load: load, Shapes: WindowCutter.Spread(WindowCutter.Cut(load, PlanSizes.LongDays), WindowsOfSite)
                .Select(w => WeekShape.Of(w.Series, load.Registration.TimeZone)).OfType<WeekShape>().ToArray()))
            .AsSequential().Where(s => s.Shapes.Length > 0)
            .GroupBy(s => s.Load.Site, StringComparer.Ordinal) // near-copies of a recording are one site
            .Select(g => new SiteShapes(g.First().Load.Set, g.First().Load.Real, [.. g.SelectMany(s => s.Shapes)])),
    ];

    private static WeekUse UseOf(DeclaredUse use, List<SiteShapes> sites, IReadOnlyList<RecordingSet> sets) => new(
        use,
        sites.Count,
        sites.Count(s => s.Real),
        [.. sites.GroupBy(s => s.Set, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => SourceOf(g.Key, g.Count(), sets))],
        BandOf(sites, s => s.Week),
        BandOf(sites, s => s.WorkingDay),
        BandOf(sites, s => s.Weekend));

    private static WeekSource SourceOf(string set, int sites, IReadOnlyList<RecordingSet> sets) =>
        sets.FirstOrDefault(s => s.Folder == set) is { } known ? new WeekSource(known.Title, known.Licence, known.Credit, sites) : Simulated with { Sites = sites };

    private static WeekBand BandOf(List<SiteShapes> sites, Func<WeekShape, double[]> part)
    {
        var hours = part(sites[0].Shapes[0]).Length;
        double[][] quantiles = [.. Shares.Select(share => Enumerable.Range(0, hours).Select(hour => Quantile(sites, part, hour, share)).ToArray())];
        return new WeekBand(quantiles[0], quantiles[1], quantiles[2]);
    }

    /// <summary>The value below which that share of the sites lies; a site with several windows counts each for its part.</summary>
    private static double Quantile(List<SiteShapes> sites, Func<WeekShape, double[]> part, int hour, double share)
    {
        var values = sites.SelectMany(s => s.Shapes.Select(shape => (Value: part(shape)[hour], Weight: 1.0 / s.Shapes.Length))).OrderBy(v => v.Value).ToArray();
        var wanted = share * values.Sum(v => v.Weight);
        var passed = 0.0;
        foreach (var (value, weight) in values)
        {
            passed += weight;
            if (passed >= wanted)
            {
                return Math.Round(value, Decimals);
            }
        }

        return Math.Round(values[^1].Value, Decimals);
    }

    private sealed record SiteShapes(string Set, bool Real, WeekShape[] Shapes);
}
