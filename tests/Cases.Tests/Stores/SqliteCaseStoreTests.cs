// SPDX-License-Identifier: Apache-2.0
using Detector.Cases.Desk;
using Microsoft.Extensions.Logging.Abstractions;

namespace Detector.Cases.Tests.Stores;

public sealed class SqliteCaseStoreTests
{
    [Test]
    public async Task Another_process_reads_while_a_transaction_is_open()
    {
        await using var bench = await CasesBench.OpenAsync();
        await bench.OpenCaseAsync();
        await using var other = await bench.OpenDeskAsync();
        var seen = await bench.Desk.Store.WriteAsync(
            async (writer, cancel) =>
            {
                await writer.UpdateCaseAsync((await writer.CaseAsync(1, cancel))! with { State = CaseState.Closed }, cancel);
                return (await other.GetAsync("c-1", cancel))!.Summary.State;
            },
            default);
        Assert.That(seen, Is.EqualTo(CaseState.Screened));
        Assert.That((await other.GetAsync("c-1", default))!.Summary.State, Is.EqualTo(CaseState.Closed));
    }

    [Test]
    public async Task What_was_written_is_there_after_opening_again()
    {
        await using var bench = await CasesBench.OpenAsync();
        var id = await bench.OpenRefutedAsync();
        var before = await bench.EventsAsync();
        await using var again = await bench.OpenDeskAsync();
        Assert.That((await again.GetAsync(id, default))!.Summary.State, Is.EqualTo(CaseState.Refuted));
        Assert.That(before.Count, Is.EqualTo(5));
        Assert.That((await again.VerifyAuditAsync(null, default)).Rows, Is.EqualTo(5));
    }

    [Test]
    public async Task A_file_of_a_newer_program_is_refused_and_left_alone()
    {
        await using var bench = await CasesBench.OpenAsync();
        bench.Tamper("CREATE TABLE later (x); INSERT INTO later VALUES (1); PRAGMA user_version = 99;");
        Assert.That(bench.OpenDeskAsync, Throws.InstanceOf<InvalidDataException>().With.Message.Contains("schema 99"));
    }

    [Test]
    public async Task The_store_itself_refuses_a_second_open_case_of_a_site()
    {
        await using var bench = await CasesBench.OpenAsync();
        await bench.OpenCaseAsync();
        Assert.That(
            () => bench.Tamper("INSERT INTO cases (number, site, state, is_open, opened, changed, evidence_version, lead_sequence) SELECT 2, site, state, is_open, opened, changed, evidence_version, lead_sequence FROM cases"),
            Throws.InstanceOf<Microsoft.Data.Sqlite.SqliteException>());
    }

    [Test]
    public void An_unknown_kind_of_store_is_refused_with_the_known_ones() => Assert.That(
        () => CaseDesk.OpenAsync(new CasesOptions { Kind = "paper" }, "nowhere", TimeProvider.System, NullLoggerFactory.Instance, default),
        Throws.InvalidOperationException.With.Message.EqualTo("Cases:Kind is 'paper'; it must be one of: sqlite, postgres."));

    [Test]
    public async Task A_file_of_schema_2_is_brought_forward()
    {
        await using var bench = await CasesBench.OpenAsync();
        var id = await bench.OpenConfirmedAsync();
        bench.Tamper("DROP INDEX verdicts_by_meter; CREATE UNIQUE INDEX verdicts_once ON verdicts (meter, window_to, window_from, model); DROP TABLE answers; DROP TABLE webhooks; DROP TABLE webhooks_parked; DROP TABLE attachments; ALTER TABLE cases DROP COLUMN merged_into; ALTER TABLE cases DROP COLUMN state_before_merge; PRAGMA user_version = 2; UPDATE cases SET changed = changed;");
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        await using var again = await bench.OpenDeskAsync();
        using var terms = again.Under(new ChangeTerms { Once = new OnceKey("k", 0, "r", _ => "answer") });
        Assert.That((await again.NoteAsync(id, "x", CasesBench.Ana, default)).Repeated, Is.Null);
        Assert.That((await again.NoteAsync(id, "x", CasesBench.Ana, default)).Repeated, Is.Not.Null);
        await FormerSiteTests.JudgeAgainAsync(again);
    }

    [Test]
    public async Task A_file_of_the_released_schema_is_brought_forward_with_what_its_events_say()
    {
        await using var bench = await CasesBench.OpenAsync();
        var confirmed = await bench.OpenConfirmedAsync();
        var before = (await bench.Desk.GetAsync(confirmed, default))!.Summary;
        var refuted = await bench.OpenRefutedAsync("s-2");
        bench.Tamper("""
            DROP INDEX verdicts_by_meter; CREATE UNIQUE INDEX verdicts_once ON verdicts (meter, window_to, window_from, model);
            DROP TABLE answers; DROP TABLE webhooks; DROP TABLE webhooks_parked; DROP TABLE attachments; ALTER TABLE cases DROP COLUMN merged_into; ALTER TABLE cases DROP COLUMN state_before_merge; DROP INDEX cases_due; DROP INDEX cases_by_assignee; DROP INDEX case_events_by_kind;
            ALTER TABLE cases DROP COLUMN confirmed_at; ALTER TABLE cases DROP COLUMN objected_from; ALTER TABLE cases DROP COLUMN since;
            ALTER TABLE cases DROP COLUMN due; ALTER TABLE cases DROP COLUMN escalations; ALTER TABLE cases DROP COLUMN assignee;
            ALTER TABLE cases DROP COLUMN snoozed_until; ALTER TABLE case_events DROP COLUMN data;
            PRAGMA user_version = 1; UPDATE cases SET changed = changed;
            """);
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools(); // a pooled connection would still know the newer tables
        await using var again = await bench.OpenDeskAsync();
        var after = (await again.GetAsync(confirmed, default))!.Summary;
        Assert.That((after.Since, after.ConfirmedAt, after.Due, after.State), Is.EqualTo((before.Since, before.ConfirmedAt, before.Due, CaseState.Confirmed)));
        Assert.That((await again.GetAsync(refuted, default))!.Summary.Due, Is.Null);
        Assert.That((await again.VerifyAuditAsync(null, default)).FirstFault, Is.Null);
        Assert.That((await again.MoveAsync(confirmed, "start-measures", 1, CasesBench.Ana, null, default)).Outcome, Is.EqualTo(MoveOutcome.Proposed));
    }
}
