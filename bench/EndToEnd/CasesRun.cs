// SPDX-License-Identifier: Apache-2.0
using System.Diagnostics;
using System.Globalization;
using Detector.Access;
using Detector.Cases;
using Detector.Metering;
using Detector.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Detector.Bench.EndToEnd;

/// <summary>Lists and opens cases in a PostgreSQL that holds many: how long the slowest twentieth takes.</summary>
/// <remarks>
/// One case is worked through the desk until it has <see cref="EventsOfCase"/> events; SQL makes the others of it, a site and a meter each, in every state. The audit
/// chain and the outbox, which lists and pages of cases do not read, keep what the one case wrote.
/// </remarks>
internal static class CasesRun
{
    private const int EventsOfCase = 20;
    private const int CopiesAtOnce = 50_000;
    private const int People = 200;
    private const int Looks = 200;
    private const int PageRows = 50;

    private static readonly Actor Ana = new("ana", Role.Operator);

    public static async Task RunAsync(int cases)
    {
        await using var server = await PostgresServer.StartAsync();
        var connection = await server.NewDatabaseAsync();
        using var folder = new TemporaryFolder();
        var options = new CasesOptions { Kind = "postgres" };
        options.Postgres.ConnectionString = connection;
        await using var desk = await CaseDesk.OpenAsync(options, folder.Path, TimeProvider.System, NullLoggerFactory.Instance, CancellationToken.None);
        await WorkOneAsync(desk);
        await CopyAsync(connection, cases);
        var random = new Random(1);
        string Any() => string.Create(CultureInfo.InvariantCulture, $"c-{1 + random.Next(cases)}");
        await ShowAsync("open a case, with its evidence and events", async () => _ = await desk.GetAsync(Any(), default) ?? throw new InvalidOperationException("It is not there."));
        await ShowAsync("newest page", () => desk.ListAsync(new CaseFilter { Limit = PageRows }, default));
        await ShowAsync("page anywhere in the list", () => desk.ListAsync(new CaseFilter { Limit = PageRows, After = Any() }, default));
        await ShowAsync("page of one state", () => desk.ListAsync(new CaseFilter { Limit = PageRows, States = [CaseState.Inspecting], After = Any() }, default));
        await ShowAsync("page of open states", () => desk.ListAsync(new CaseFilter { Limit = PageRows, States = [CaseState.Screened, CaseState.Triaged, CaseState.Inspecting, CaseState.Measures], After = Any() }, default));
        await ShowAsync("one person's", () => desk.ListAsync(new CaseFilter { Limit = PageRows, Assignee = $"p-{random.Next(People)}" }, default));
        await ShowAsync("one site's", () => desk.ListAsync(new CaseFilter { Limit = PageRows, Site = $"s-{random.Next(cases)}" }, default));
        await ShowAsync("past their deadline", () => desk.ListAsync(new CaseFilter { Limit = PageRows, DueBefore = TimeProvider.System.GetUtcNow() }, default));
        await ShowAsync("counted by state", () => desk.CountAsync(default));
        await ShowAsync("page of sites' verdicts", () => desk.VerdictsAsync(new VerdictFilter { Limit = PageRows, After = $"s-{random.Next(cases)}" }, default));
        await ShowAsync("one site's verdicts over time", () => desk.HistoryAsync($"s-{random.Next(cases)}", default));
    }

    private static async Task WorkOneAsync(CaseDesk desk)
    {
        var id = (await desk.ConsiderAsync(Finding(days: 0), default)).CaseId!;
        await desk.MoveAsync(id, "triage", 1, Ana, null, default);
        await desk.ConsiderAsync(Finding(days: 1), default);
        while ((await desk.GetAsync(id, default))!.Events.Count < EventsOfCase)
        {
            await desk.NoteAsync(id, "Called the owner; the lease names a data center of 400 kW, the meter has 1.2 MW. A visit is planned.", Ana, default);
        }
    }

    private static Finding Finding(int days)
    {
        var to = new DateTimeOffset(2026, 4, 2, 0, 0, 0, TimeSpan.Zero).AddDays(days);
        var reasons = Enumerable.Range(0, 11).Select(i => new Reason($"group_{i}", true, 0.4, "From hours to weeks the load moves as a bank of identical machines does: typical movement is 0.12 %.", "从小时到星期，负荷的波动如同一组相同的机器。") { Number = new ReasonNumber("scales_1h", 0.12, 0.644, 20, "honest") });
        return new Finding
        {
            Meter = MeterId.Of("m-0"),
            Site = "s-0",
            Verdict = Verdict.Case,
            Probability = 0.97,
            PValue = 0.0004,
            Share = new ShareInterval(0.4, 0.5, 0.6),
            Onset = new OnsetInterval(to.AddDays(-60), to.AddDays(-59), to.AddDays(-58)),
            Window = new TimeRange(to.AddDays(-91), to),
            CadenceSeconds = 900,
            Coverage = 0.993,
            Quality = [new QualityCount("stuck", 12)],
            Reasons = [.. reasons],
            Model = "hashrate/1",
        };
    }

    private static async Task CopyAsync(string connection, int cases)
    {
        var watch = Stopwatch.StartNew();
        await using var source = NpgsqlDataSource.Create(connection);
        for (var first = 1; first < cases; first += CopiesAtOnce)
        {
            await using var copy = source.CreateCommand(Copies);
            copy.CommandTimeout = 0;
            copy.Parameters.Add(new NpgsqlParameter { Value = first });
            copy.Parameters.Add(new NpgsqlParameter { Value = Math.Min(cases - 1, first + CopiesAtOnce - 1) });
            await copy.ExecuteNonQueryAsync();
        }

        await using var settle = source.CreateCommand("ANALYZE; SELECT pg_database_size(current_database())");
        settle.CommandTimeout = 0;
        var bytes = (long)(await settle.ExecuteScalarAsync())!;
        await using var count = source.CreateCommand("SELECT count(*) FROM case_events");
        count.CommandTimeout = 0;
        var events = (long)(await count.ExecuteScalarAsync())!;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{cases:N0} cases, {events:N0} events, {bytes >> 20:N0} MiB; made in {watch.Elapsed.TotalSeconds:N0} s"));
    }

    // Of ten cases one is screened, one triaged or in inspection, one in measures; the others are refuted or closed. Sequences of a copy follow those of the one before.
    private static string Copies => string.Create(CultureInfo.InvariantCulture, $"""
        WITH span AS (SELECT max(sequence) AS n FROM audit), k AS (SELECT generate_series($1::bigint, $2::bigint) AS k)
        , c AS (INSERT INTO cases SELECT number + k,
            's-' || k, (ARRAY[{(int)CaseState.Screened}, {(int)CaseState.Triaged}, {(int)CaseState.Measures}, {(int)CaseState.Refuted}, {(int)CaseState.Refuted}, {(int)CaseState.Refuted}, {(int)CaseState.Closed}, {(int)CaseState.Closed}, {(int)CaseState.Closed}, {(int)CaseState.Inspecting}])[1 + k % 10],
            k % 10 IN (0, 1, 2, 9), opened + k * 1000, changed + k * 1000, evidence_version, lead_sequence + k * n, proposal, refuted_at, confirmed_at, objected_from,
            since + k * 1000, CASE WHEN k % 10 IN (0, 1, 2, 9) THEN opened + (k % 1000 - 20) * 86400000 END, escalations, 'p-' || k % {People}, snoozed_until
            FROM cases, k, span WHERE number = 1)
        , e AS (INSERT INTO case_events SELECT sequence + k * n, case_number + k, 's-' || k, kind, verb, before, after, evidence_version, verdict_sequence + k * n, actor, role, at + k * 1000, why, data
            FROM case_events, k, span WHERE case_number = 1)
        , p AS (INSERT INTO case_evidence SELECT case_number + k, evidence_version, verdict_sequence + k * n, joined + k * 1000 FROM case_evidence, k, span WHERE case_number = 1)
        , v AS (INSERT INTO verdicts SELECT sequence + k * n, 's-' || k, 'm-' || k, verdict, previous, model, window_from, window_to, recorded + k * 1000, finding FROM verdicts, k, span WHERE site = 's-0')
        , m AS (INSERT INTO meters_now SELECT 'm-' || k, 's-' || k, verdict, sequence + k * n FROM meters_now, k, span WHERE meter = 'm-0')
        INSERT INTO sites_now SELECT 's-' || k, verdict, sequence + k * n FROM sites_now, k, span WHERE site = 's-0'
        """);

    private static async Task ShowAsync(string what, Func<Task> look)
    {
        await look();
        var took = new double[Looks];
        for (var i = 0; i < took.Length; i++)
        {
            var began = Stopwatch.GetTimestamp();
            await look();
            took[i] = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        }

        Array.Sort(took);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what,-45} median {took[Looks / 2],7:F1} ms, 95th percentile {took[Looks * 95 / 100],7:F1} ms"));
    }
}
