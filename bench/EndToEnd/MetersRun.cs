// SPDX-License-Identifier: Apache-2.0
using System.Diagnostics;
using System.Globalization;
using Detector.Bench.HotPaths;
using Detector.Metering;
using static Detector.Bench.EndToEnd.Report;

namespace Detector.Bench.EndToEnd;

/// <summary>What a reading costs with many meters against few, and what many meters hold in memory.</summary>
/// <remarks>
/// The same number of readings, one a message, from journal through relay into DuckDB: of a thousand registered meters, then of so many, each of which has been heard once before. Both in each turn, the median of the ratios within a turn counts.
/// What is live of a meter is there: its row of the register, its name, what the relay remembers of it, and the state by which it becomes due. Profiles are made of what is read back when a meter is judged (docs/decisions/0017).
/// </remarks>
internal static class MetersRun
{
    private const int Few = 1_000;
    private const int Turns = 3;
    private const int Rounds = 2; // readings a meter, with many

    public static async Task RunAsync(int meters)
    {
        var readings = Rounds * meters;
        Print($"{readings:N0} readings a turn, one a message, {Turns} turns, {Environment.ProcessorCount} cores");
        var (few, many, heap, process) = (new List<Cost>(), new List<Cost>(), 0L, 0L);
        for (var turn = 0; turn <= Turns; turn++)
        {
            var (one, _, _) = await TurnAsync(Few, readings);
            var (other, held, set) = await TurnAsync(meters, readings);
            if (turn > 0)
            {
                (heap, process) = (Math.Max(heap, held), Math.Max(process, set));
                few.Add(one);
                many.Add(other);
            }
        }

        Print($"{Few:N0} meters | {Median(few.ConvertAll(c => c.Microseconds)):0.00} µs a reading | {Median(few.ConvertAll(c => c.Processor)):0.00} µs of processor time");
        Print($"{meters:N0} meters | {Median(many.ConvertAll(c => c.Microseconds)):0.00} µs a reading | {Median(many.ConvertAll(c => c.Processor)):0.00} µs of processor time");
        Print($"ratio | {Median([.. many.Zip(few, (m, f) => m.Microseconds / f.Microseconds)]):0.00} | {Median([.. many.Zip(few, (m, f) => m.Processor / f.Processor)]):0.00} of processor time");
        Print($"{meters:N0} meters live | {heap / 1048576.0:N0} MiB of .NET heap after a collection, {(double)heap / meters:N0} bytes a meter | {process / 1048576.0:N0} MiB the process, with DuckDB's cache");
    }

    private static async Task<(Cost Cost, long Heap, long Process)> TurnAsync(int meters, int readings)
    {
        var register = new SiteRegistry(Enumerable.Range(0, meters).Select(i => MeterRegistration.Unregistered(MeterId.Of(Name(i))) with
        {
            Site = string.Create(CultureInfo.InvariantCulture, $"s-{i}"), Feeder = string.Create(CultureInfo.InvariantCulture, $"F-{i / 100}"), Region = "Yunnan", TimeZone = "Asia/Shanghai",
        }));
        await using var service = await Service.OpenAsync(register: register);
        var first = readings / Rounds; // every meter is known and live before the count begins
        await service.JournalAsync(Messages(0, first));
        service.StartRelay();
        await service.StoredAsync(first);
        await service.StopRelayAsync();
        await service.JournalAsync(Messages(first, readings));
        GC.Collect(); // what was made so far, and what the turn before left, is not this count's
        var (watch, before) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        service.StartRelay();
        await service.StoredAsync(first + readings);
        var cost = new Cost(watch.Elapsed.TotalMicroseconds / readings, (Environment.CpuUsage.TotalTime - before).TotalMicroseconds / readings);
        var heap = GC.GetTotalMemory(forceFullCollection: true);
        GC.KeepAlive(register);
        return (cost, heap, Environment.WorkingSet);

        IEnumerable<(string, byte[])> Messages(int from, int count) =>
            Enumerable.Range(from, count).Select(i => ($"meters/{Name(i % meters)}", Loads.Json(1, i / meters)));
    }

    private static string Name(int meter) => string.Create(CultureInfo.InvariantCulture, $"m-{meter:0000000}");

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    /// <summary>Of one reading: time that passed, and processor time of this process.</summary>
    private sealed record Cost(double Microseconds, double Processor);
}
