// SPDX-License-Identifier: Apache-2.0
using System.Diagnostics;
using System.Globalization;
using Detector.Bench.HotPaths;
using Detector.Metering;
using Detector.Simulation;
using Detector.Testing;
using Detector.Timeline;
using Detector.Validation;
using Microsoft.Extensions.Logging.Abstractions;

namespace Detector.Bench.EndToEnd;

/// <summary>Judges a fleet from DuckDB: 91 days of quarter hours of each meter, read, assessed, profiled, judged.</summary>
/// <remarks>The store is made once under <c>artifacts/bench</c>, of simulated sites; a meter beyond them is one of them at another size.</remarks>
internal static class StoreRun
{
    private const int Sites = 240;
    private const int Days = 91;
    private const int Batch = 50_000;

    public static async Task RunAsync(int meters)
    {
        var file = Path.Combine(Requires.Repository(), "artifacts", "bench", string.Create(CultureInfo.InvariantCulture, $"store-{meters}.duckdb"));
        var sites = Fleet.Generate(new FleetOptions { Sites = Math.Min(Sites, meters), Days = Days }).ToArray();
        var options = new TimelineOptions();
        options.DuckDb.File = file;
        await using var timeline = await TimelineCatalog.Standard().OpenAsync(new TimelineSetup(options, TimeProvider.System, NullLoggerFactory.Instance), CancellationToken.None);
        MeterId[] names = [.. Enumerable.Range(0, meters).Select(Name)];
        if (!(await timeline.LatestAsync(CancellationToken.None)).ContainsKey(names[^1]))
        {
            await FillAsync(timeline, sites, names);
        }

        await ReadAsync(timeline, names);
        await JudgeAsync(timeline, sites, names);
    }

    private static MeterId Name(int meter) => MeterId.Of(string.Create(CultureInfo.InvariantCulture, $"m-{meter}"));

    private static async Task FillAsync(ITimeline timeline, SimulatedSite[] sites, MeterId[] names)
    {
        var watch = Stopwatch.StartNew();
        var slots = sites.Select(site => site.Readings.ToLookup(r => (r.Time - Loads.Start).Ticks / TimeSpan.FromMinutes(15).Ticks)).ToArray();
        var batch = new List<ArrivedReading>(Batch + 64);
        var position = 0L;
        for (var slot = 0; slot < Days * 96; slot++)
        {
            for (var meter = 0; meter < names.Length; meter++)
            {
                var size = 1 + (meter / sites.Length * 0.01);
                foreach (var reading in slots[meter % sites.Length][slot])
                {
                    batch.Add(new ArrivedReading(
                        reading with { Meter = names[meter], PowerKilowatts = Math.Round(reading.PowerKilowatts * size, 3), RegisterKilowattHours = Math.Round(reading.RegisterKilowattHours * size, 3) },
                        ++position,
                        0));
                }

                if (batch.Count >= Batch)
                {
                    await timeline.WriteAsync(batch.ToArray(), CancellationToken.None);
                    batch.Clear();
                }
            }
        }

        await timeline.WriteAsync(batch.ToArray(), CancellationToken.None);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{position:N0} readings of {names.Length:N0} meters written in {watch.Elapsed.TotalSeconds:F0} s ({position / watch.Elapsed.TotalSeconds:N0} a second)"));
    }

    private static async Task ReadAsync(ITimeline timeline, MeterId[] names)
    {
        var watch = Stopwatch.StartNew();
        var readings = 0L;
        await foreach (var columns in timeline.ReadManyAsync(names, TimeRange.All, CancellationToken.None))
        {
            readings += columns.Count;
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{readings:N0} readings read in {watch.Elapsed.TotalSeconds:F1} s ({readings / watch.Elapsed.TotalSeconds:N0} a second), not judged"));
    }

    private static async Task JudgeAsync(ITimeline timeline, SimulatedSite[] sites, MeterId[] names)
    {
        var registrations = Enumerable.Range(0, names.Length).ToDictionary(i => names[i], i => sites[i % sites.Length].Registration with { Meter = names[i] });
        var assessor = new SeriesAssessor();
        var judge = Loads.Judge();
        var verdicts = new int[Enum.GetValues<Verdict>().Length];
        var processor = Environment.CpuUsage.TotalTime;
        var watch = Stopwatch.StartNew();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount };
        await Parallel.ForEachAsync(timeline.ReadManyAsync(names, TimeRange.All, CancellationToken.None), parallel, (columns, _) =>
        {
            var registration = registrations[columns.Meter];
            var finding = judge.Assess(assessor.Assess(columns).Series, registration, asOf: null);
            Interlocked.Increment(ref verdicts[Array.IndexOf(Enum.GetValues<Verdict>(), finding.Verdict)]);
            return ValueTask.CompletedTask;
        });
        watch.Stop();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{verdicts.Sum():N0} meters judged from the store in {watch.Elapsed.TotalSeconds:F1} s on {Environment.ProcessorCount} cores ({(Environment.CpuUsage.TotalTime - processor).TotalSeconds:F1} s of processor time, {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MiB at the peak)"));
        Console.WriteLine(string.Join(", ", Enum.GetValues<Verdict>().Zip(verdicts, (verdict, count) => string.Create(CultureInfo.InvariantCulture, $"{verdict}: {count}"))));
    }
}
