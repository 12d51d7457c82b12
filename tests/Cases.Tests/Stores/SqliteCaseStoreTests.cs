// SPDX-License-Identifier: Apache-2.0
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
            () => bench.Tamper("INSERT INTO cases SELECT 2, site, state, is_open, opened, changed, evidence_version, lead_sequence, proposal, refuted_at FROM cases"),
            Throws.InstanceOf<Microsoft.Data.Sqlite.SqliteException>());
    }

    [Test]
    public void An_unknown_kind_of_store_is_refused_with_the_known_ones() => Assert.That(
        () => CaseDesk.OpenAsync(new CasesOptions { Kind = "paper" }, "nowhere", TimeProvider.System, NullLoggerFactory.Instance, default),
        Throws.InvalidOperationException.With.Message.EqualTo("Cases:Kind is 'paper'; it must be one of: sqlite."));
}
