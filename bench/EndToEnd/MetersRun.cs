// SPDX-License-Identifier: Apache-2.0
using System.Diagnostics;
using System.Globalization;
using Detector.Metering;
using static Detector.Bench.EndToEnd.Report;

namespace Detector.Bench.EndToEnd;

/// <summary>What a reading costs with many meters against few, and what many meters hold in memory.</summary>
/// <remarks>
/// The same number of readings, one a message, of a thousand registered meters, then of so many, each of which has been heard once before: from the journal through the relay into DuckDB, and then some from MQTT on. Both in each turn, the median of
/// the ratios within a turn counts. What is live of a meter is there: its row of the register, its name, what the relay remembers of it, and the state by which it becomes due. Profiles are made of what is read back when a meter is judged
/// (docs/decisions/0017).
/// </remarks>
internal static class MetersRun
{
    private const int Few = 1_000;
    private const int Turns = 3;
    private const int Rounds = 2; // readings a meter, with many
    private const int Published = 100_000;

    public static async Task RunAsync(int meters)
    {
        Print($"{Rounds * meters:N0} readings a turn from the journal and {Published:N0} over MQTT, one a message, {Turns} turns, {Environment.ProcessorCount} cores");
        var (few, many) = (new List<Cost>(), new List<Cost>());
        for (var turn = 0; turn <= Turns; turn++)
        {
            var one = await TurnAsync(Few, meters);
            var other = await TurnAsync(meters, meters);
            if (turn > 0)
            {
                few.Add(one);
                many.Add(other);
            }
        }

        Compare("journal, relay, DuckDB", meters, few, many, c => c.Relayed);
        Compare("of it processor time", meters, few, many, c => c.Processor);
        Compare("MQTT, journal, relay, DuckDB, publisher included", meters, few, many, c => c.Received);
        Print($"{meters:N0} meters live | {many.Max(c => c.Heap) / 1048576.0:N0} MiB of .NET heap after a collection, {many.Max(c => (double)c.Heap) / meters:N0} bytes a meter | {many.Max(c => c.Process) / 1048576.0:N0} MiB the process, with DuckDB's cache");
    }

    private static async Task<Cost> TurnAsync(int meters, int first)
    {
        var register = new SiteRegistry(Enumerable.Range(0, meters).Select(i => MeterRegistration.Unregistered(MeterId.Of(Name("m", i))) with
        {
            Site = Name("s", i),
            Feeder = Name("F", i / 100),
            Region = "Yunnan",
            TimeZone = "Asia/Shanghai",
        }));
        var readings = Rounds * first;
        await using var service = await Service.OpenAsync(register: register);
        await service.JournalAsync(Traffic.Stream(first, 1, meters, from: 0)); // every meter is known and live before the count begins
        service.StartRelay();
        await service.StoredAsync(first);
        await service.StopRelayAsync();
        await service.JournalAsync(Traffic.Stream(readings, 1, meters, from: first));
        GC.Collect(); // what was made so far, and what the turn before left, is not this count's
        var (watch, before) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        service.StartRelay();
        await service.StoredAsync(first + readings);
        var (relayed, spent) = (watch.Elapsed, Environment.CpuUsage.TotalTime - before);
        var (heap, process) = (GC.GetTotalMemory(forceFullCollection: true), Environment.WorkingSet);

        var traffic = new Traffic(Published, 1, meters, from: first + readings);
        await service.ListenAsync();
        watch.Restart();
        await traffic.PublishAsync(service.Url);
        await service.StoredAsync(first + readings + Published);
        var received = watch.Elapsed;
        GC.KeepAlive(register);
        return new Cost(relayed.TotalMicroseconds / readings, spent.TotalMicroseconds / readings, received.TotalMicroseconds / Published, heap, process);
    }

    private static void Compare(string what, int meters, List<Cost> few, List<Cost> many, Func<Cost, double> of) => Print(
        $"{what} | {Few:N0} meters {Median([.. few.Select(of)]):0.00} µs a reading | {meters:N0} meters {Median([.. many.Select(of)]):0.00} µs | ratio {Median([.. many.Zip(few, (m, f) => of(m) / of(f))]):0.00}");

    private static string Name(string kind, int number) => string.Create(CultureInfo.InvariantCulture, $"{kind}-{number}");

    /// <summary>Of one reading in microseconds, and what the service then held in bytes.</summary>
    private sealed record Cost(double Relayed, double Processor, double Received, long Heap, long Process);
}
