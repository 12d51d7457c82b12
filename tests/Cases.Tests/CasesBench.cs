// SPDX-License-Identifier: Apache-2.0
using Detector.Access;
using Detector.Cases.Outbox;
using Detector.Metering;
using Detector.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Detector.Cases.Tests;

/// <summary>A desk on a fresh store, with people to work at it.</summary>
internal sealed class CasesBench : IAsyncDisposable
{
    public static readonly Actor Ana = new("ana", Role.Operator);
    public static readonly Actor Ben = new("ben", Role.Operator);
    public static readonly Actor Sue = new("sue", Role.Supervisor);

    private static readonly DateTimeOffset Start = new(2026, 4, 2, 0, 0, 0, TimeSpan.Zero);

    private CasesBench(CasesOptions options)
    {
        Options = options;
    }

    public TemporaryFolder Folder { get; } = new();

    public FakeTimeProvider Clock { get; } = new(Start + TimeSpan.FromHours(3));

    public CasesOptions Options { get; }

    public CaseDesk Desk { get; private set; } = null!;

    public string File => Folder.In("cases.db");

    public static async Task<CasesBench> OpenAsync(CasesOptions? options = null)
    {
        var bench = new CasesBench(options ?? new CasesOptions());
        bench.Desk = await bench.OpenDeskAsync();
        return bench;
    }

    /// <summary>A second desk on the same store, as another process would have.</summary>
    public Task<CaseDesk> OpenDeskAsync() => CaseDesk.OpenAsync(Options, Folder.Path, Clock, NullLoggerFactory.Instance, default);

    /// <summary>A finding of the day: day 0 ends its window on 2 April 2026.</summary>
    public static Finding Finding(
        string site = "s-1", Verdict verdict = Verdict.Case, int day = 0, string? meter = null, double probability = 0.97, string model = "trees/1")
    {
        var to = Start + TimeSpan.FromDays(day);
        return new Finding
        {
            Meter = MeterId.Of(meter ?? "m-" + site),
            Site = site,
            Verdict = verdict,
            Probability = verdict == Verdict.Insufficient ? null : probability,
            PValue = verdict == Verdict.Insufficient ? null : 0.0004,
            Share = verdict == Verdict.Case ? new ShareInterval(0.42, 0.55, 0.68) : null,
            Onset = verdict == Verdict.Case ? new OnsetInterval(Start.AddDays(-60), Start.AddDays(-59), Start.AddDays(-58)) : null,
            Window = new TimeRange(to - TimeSpan.FromDays(91), to),
            CadenceSeconds = 900,
            Coverage = 0.993,
            Quality = [new QualityCount("stuck", 12)],
            Reasons = [new Reason("calendar", true, 1.8, "Weekends look like weekdays: 0.998 of their load.", "周末负荷与工作日相同：0.998。")],
            Missing = verdict == Verdict.Insufficient ? [new MissingEvidence("history", "Two weeks are too short.", "两周的数据太短。")] : [],
            Model = model,
        };
    }

    /// <summary>Opens a case and returns its id.</summary>
    public async Task<string> OpenCaseAsync(string site = "s-1") => (await Desk.ConsiderAsync(Finding(site), default)).CaseId!;

    /// <summary>Makes a move on the evidence as it is.</summary>
    public async Task<MoveResult> MoveAsync(string id, string verb, Actor actor, string? note = null) =>
        await Desk.MoveAsync(id, verb, (await Desk.GetAsync(id, default))?.Summary.EvidenceVersion ?? 1, actor, note, default);

    /// <summary>Opens a case and brings it to an inspection.</summary>
    public async Task<string> OpenInspectingAsync(string site = "s-1")
    {
        var id = await OpenCaseAsync(site);
        await MoveAsync(id, "triage", Ana);
        await MoveAsync(id, "inspect", Ana);
        return id;
    }

    /// <summary>Opens a case and refutes it.</summary>
    public async Task<string> OpenRefutedAsync(string site = "s-1")
    {
        var id = await OpenInspectingAsync(site);
        await MoveAsync(id, "refute", Ana, "only chillers");
        return id;
    }

    /// <summary>Opens a case and confirms it, by two people.</summary>
    public async Task<string> OpenConfirmedAsync(string site = "s-1")
    {
        var id = await OpenInspectingAsync(site);
        await MoveAsync(id, "confirm", Ana, "200 machines");
        await MoveAsync(id, "confirm", Sue);
        return id;
    }

    /// <summary>Opens a case and brings it to the measures, by two people each.</summary>
    public async Task<string> OpenMeasuresAsync(string site = "s-1")
    {
        var id = await OpenConfirmedAsync(site);
        await MoveAsync(id, "start-measures", Ana);
        await MoveAsync(id, "start-measures", Sue);
        return id;
    }

    /// <summary>Puts a case into a state, past the verbs that lead there.</summary>
    public Task PutAsync(string id, CaseState state, Proposal? proposal) => Desk.Store.WriteAsync(
        async (writer, cancel) =>
        {
            var record = await writer.CaseAsync(CaseRecord.NumberOf(id)!.Value, cancel);
            await writer.UpdateCaseAsync(record! with { State = state, Proposal = proposal, ObjectedFrom = state == CaseState.Objection ? CaseState.Measures : null }, cancel);
            return true;
        },
        default);

    public async Task<List<OutboxEvent>> EventsAsync(long after = 0)
    {
        var events = new List<OutboxEvent>();
        await foreach (var happened in Desk.EventsAsync(after, default))
        {
            events.Add(happened);
        }

        return events;
    }

    /// <summary>Runs SQL behind the desk's back, as a tamperer would.</summary>
    public void Tamper(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={File}");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Texts of the tests.
        command.CommandText = sql;
#pragma warning restore CA2100
        Assert.That(command.ExecuteNonQuery(), Is.Not.Zero, "the tampering changed nothing");
    }

    public async ValueTask DisposeAsync()
    {
        await Desk.DisposeAsync();
        Folder.Dispose();
    }
}
