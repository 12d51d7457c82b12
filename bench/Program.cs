// SPDX-License-Identifier: Apache-2.0
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Detector.Bench.EndToEnd;

const string Help = """
    ./dev bench [FILTER]             hot paths, all or those whose name holds FILTER
    ./dev bench end-to-end [COUNT]   MQTT into journal and store, against a subscriber that does nothing; COUNT messages a run (default 100000)
    ./dev bench node-red [COUNT]     the same beside a flow of Node-RED (of npm), both from mosquitto into InfluxDB; COUNT messages a turn (default 100000)
    ./dev bench influx [READINGS]    MQTT into an InfluxDB of its own, against the rate at which that takes the same points; READINGS a turn (default 1000000)
    ./dev bench meters [METERS]      the cost of a reading with METERS (default 1000000) against a thousand, and the memory that they hold
    ./dev bench store [METERS]       judges METERS meters (default 10000) of 91 days of quarter hours from DuckDB
    ./dev bench cases [CASES]        lists and opens cases in a PostgreSQL of its own that holds CASES (default 1000000) with twenty events each
    ./dev bench soak [MINUTES]       MQTT into journal and store at a steady rate for MINUTES (default 60), memory by the minute
    ./dev bench console [SITES [SESSIONS]]   the running console in Chromium: first load, chart, a fleet of SITES (default 100000), memory under SESSIONS (default 200)
    ./dev bench console judged [SITES]       the fleet alone, of SITES that all have four weeks of readings and have been judged: seven minutes more to begin with
    """;

switch (args)
{
    case ["help" or "--help" or "-h"]:
        await Console.Out.WriteLineAsync(Help);
        return 0;
    case ["end-to-end", .. var rest] when Count(rest, 100_000) is { } messages:
        await EndToEndRun.RunAsync(messages);
        return 0;
    case ["node-red", .. var rest] when Count(rest, 100_000) is { } messages:
        return await NodeRedRun.RunAsync(messages);
    case ["influx", .. var rest] when Count(rest, 1_000_000) is { } readings:
        return await InfluxRun.RunAsync(readings);
    case ["store", .. var rest] when Count(rest, 10_000) is { } meters:
        await StoreRun.RunAsync(meters);
        return 0;
    case ["meters", .. var rest] when Count(rest, 1_000_000) is { } meters:
        await MetersRun.RunAsync(meters);
        return 0;
    case ["cases", .. var rest] when Count(rest, 1_000_000) is { } cases:
        await CasesRun.RunAsync(cases);
        return 0;
    case ["soak", .. var rest] when Count(rest, 60) is { } minutes:
        await SoakRun.RunAsync(minutes);
        return 0;
    case ["console", "judged", .. var rest] when Count(rest, 100_000) is { } sites:
        return await ConsoleRun.RunAsync(sites, sessions: 0, judged: true);
    case ["console", .. var rest] when Count(rest is [var first, ..] ? [first] : [], 100_000) is { } sites && Count(rest is [_, .. var more] ? more : [], 200) is { } sessions:
        return await ConsoleRun.RunAsync(sites, sessions, judged: false);
    case [] or [_] when args is not ["end-to-end" or "node-red" or "influx" or "meters" or "store" or "cases" or "soak" or "console"]:
        RunHotPaths(args is [var filter] ? $"*{filter}*" : "*");
        return 0;
    default:
        await Console.Error.WriteLineAsync(Help);
        return 2;
}

static int? Count(string[] rest, int usual) => rest switch
{
    [] => usual,
    [var text] when int.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var count) && count > 0 => count,
    _ => null,
};

// In this process: what is measured was built with the solution, and nothing is compiled for a run.
static void RunHotPaths(string filter)
{
    var config = ManualConfig.CreateEmpty()
        .AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance))
        .AddDiagnoser(MemoryDiagnoser.Default)
        .AddColumnProvider(DefaultColumnProviders.Instance)
        .AddLogger(ConsoleLogger.Default)
        .WithOptions(ConfigOptions.JoinSummary);
    BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(["--filter", filter], config);
}
