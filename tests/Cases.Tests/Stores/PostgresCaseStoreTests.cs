// SPDX-License-Identifier: Apache-2.0
using Detector.Access;
using Detector.Cases.Attachments;
using Detector.Cases.Stores;
using Detector.Metering;
using Detector.Testing;
using Npgsql;

namespace Detector.Cases.Tests.Stores;

/// <summary>Against a real server: what SQLite does, PostgreSQL does.</summary>
public sealed class PostgresCaseStoreTests
{
    private PostgresServer _server = null!;
    private CasesOptions _options = null!;
    private CasesBench _bench = null!;

    [OneTimeSetUp]
    public async Task StartServer() => _server = await PostgresServer.StartAsync();

    [OneTimeTearDown]
    public async Task StopServer()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }

    [SetUp]
    public async Task Open()
    {
        _options = new CasesOptions { Kind = "postgres", Postgres = new PostgresOptions { ConnectionString = await _server.NewDatabaseAsync() } };
        _bench = await CasesBench.OpenAsync(_options);
    }

    [TearDown]
    public async Task Close() => await _bench.DisposeAsync();

    [Test]
    public async Task Cases_are_merged_and_split_as_in_the_embedded_store()
    {
        var (leading, merged) = (await _bench.OpenCaseAsync(), await _bench.OpenCaseAsync("s-2"));
        Assert.That((await _bench.Desk.MergeAsync(merged, leading, 1, 1, CasesBench.Ana, "one lease", default)).Outcome, Is.EqualTo(MoveOutcome.Moved));
        Assert.That((await _bench.Desk.ConsiderAsync(CasesBench.Finding("s-2", day: 1, probability: 0.8), default)).CaseId, Is.EqualTo(leading));
        Assert.That(await _bench.Desk.OpenCaseOfAsync("s-2", default), Is.EqualTo(leading));
        Assert.That((await _bench.Desk.SplitAsync(merged, 3, CasesBench.Ana, "two leases", default)).Case!.Summary.Probability, Is.EqualTo(0.8));
        Assert.That((await _bench.Desk.ConsiderAsync(CasesBench.Finding("s-2", day: 2), default)).CaseId, Is.EqualTo(merged));
        Assert.That((await _bench.Desk.VerifyAuditAsync(null, default)).FirstFault, Is.Null);
    }

    [Test]
    public async Task A_case_goes_its_whole_way_and_is_there_after_opening_again()
    {
        var id = await _bench.OpenMeasuresAsync();
        await _bench.Desk.AssignAsync(id, "ben", CasesBench.Ana, "备注", default);
        await _bench.MoveAsync(id, "object", CasesBench.Ana);
        await _bench.MoveAsync(id, "reject-objection", CasesBench.Ana);
        await _bench.MoveAsync(id, "reject-objection", CasesBench.Sue);
        await _bench.MoveAsync(id, "start-exit-monitoring", CasesBench.Sue);
        await _bench.MoveAsync(id, "close", CasesBench.Sue);
        Assert.That((await _bench.Desk.ConsiderAsync(CasesBench.Finding(day: 1), default)).Kind, Is.EqualTo(CaseChangeKind.Reopened));
        await _bench.OpenRefutedAsync("s-2");
        Assert.That((await _bench.Desk.ConsiderAsync(CasesBench.Finding("s-2", day: 1), default)).Kind, Is.EqualTo(CaseChangeKind.Suppressed));
        await using var again = await _bench.OpenDeskAsync();
        var detail = (await again.GetAsync(id, default))!;
        Assert.That((detail.Summary.State, detail.Summary.Assignee, detail.Evidence.Count), Is.EqualTo((CaseState.Screened, "ben", 2)));
        Assert.That((await again.VerifyAuditAsync(null, default)).FirstFault, Is.Null);
        Assert.That((await again.CountAsync(default)).Values.Sum(), Is.EqualTo(2));
        Assert.That((await again.ListAsync(new CaseFilter { States = [CaseState.Refuted] }, default)).Single().Site, Is.EqualTo("s-2"));
    }

    [Test]
    public async Task The_same_finding_from_many_sides_at_a_time_opens_one_case()
    {
        await using var other = await _bench.OpenDeskAsync();
        var changes = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Task.Run(() => (i % 2 == 0 ? _bench.Desk : other).ConsiderAsync(CasesBench.Finding(), default))));
        Assert.That(changes.Count(c => c.Kind == CaseChangeKind.Opened), Is.EqualTo(1));
        Assert.That(changes.Count(c => c.Kind == CaseChangeKind.Repeated), Is.EqualTo(39));
    }

    [Test]
    public async Task Of_a_thousand_approvals_at_a_time_by_two_processes_one_succeeds()
    {
        var id = await _bench.OpenInspectingAsync();
        await _bench.MoveAsync(id, "confirm", CasesBench.Ana);
        await using var other = await _bench.OpenDeskAsync();
        var results = await Task.WhenAll(Enumerable.Range(0, 1000).Select(i => Task.Run(() =>
            (i % 2 == 0 ? _bench.Desk : other).MoveAsync(id, "confirm", 1, new Actor($"person {i}", Role.Supervisor), null, default))));
        Assert.That(results.Count(r => r.Outcome == MoveOutcome.Moved), Is.EqualTo(1));
        Assert.That(results.Count(r => r.Outcome == MoveOutcome.NotLegal), Is.EqualTo(999));
        Assert.That((await _bench.Desk.VerifyAuditAsync(null, default)).FirstFault, Is.Null);
    }

    [Test]
    public async Task Of_a_hundred_requests_under_one_key_by_two_processes_one_is_made()
    {
        var id = await _bench.OpenCaseAsync();
        await using var other = await _bench.OpenDeskAsync();
        var results = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => Task.Run(async () =>
        {
            var desk = i % 2 == 0 ? _bench.Desk : other;
            using var terms = desk.Under(new Detector.Cases.Desk.ChangeTerms { Once = new Detector.Cases.Desk.OnceKey("k", 0, "r", _ => "答") });
            return await desk.MoveAsync(id, "triage", 1, CasesBench.Ana, null, default);
        })));
        Assert.That(results.Count(r => r.Repeated is null), Is.EqualTo(1));
        Assert.That(results.Count(r => r.Repeated?.Text == "答" && r.Outcome == MoveOutcome.Moved), Is.EqualTo(99));
    }

    [Test]
    public async Task Sites_page_in_the_order_of_their_bytes()
    {
        foreach (var site in new[] { "b", "B", "a-1", "a1", "厂" })
        {
            await _bench.Desk.ConsiderAsync(CasesBench.Finding(site, Verdict.Clear), default);
        }

        var first = await _bench.Desk.VerdictsAsync(new VerdictFilter { Limit = 3 }, default);
        var rest = await _bench.Desk.VerdictsAsync(new VerdictFilter { After = first[^1].Site }, default);
        Assert.That(first.Concat(rest).Select(v => v.Site), Is.EqualTo(new[] { "B", "a-1", "a1", "b", "厂" }));
    }

    [Test]
    public async Task A_killed_server_keeps_what_was_acknowledged_and_the_desk_goes_on_when_it_is_back()
    {
        var id = await _bench.OpenInspectingAsync();
        await _server.KillAsync();
        Assert.That(() => _bench.MoveAsync(id, "refute", CasesBench.Ana), Throws.Exception);
        await _server.RestartAsync();
        var moved = await Eventually(() => _bench.MoveAsync(id, "refute", CasesBench.Ana));
        Assert.That(moved.Case!.Summary.State, Is.EqualTo(CaseState.Refuted));
        Assert.That((await _bench.Desk.VerifyAuditAsync(null, default)).FirstFault, Is.Null);
    }

    [Test]
    public async Task A_backup_of_either_store_is_restored_into_the_other_link_by_link()
    {
        await using var sqlite = await CasesBench.OpenAsync();
        await sqlite.OpenMeasuresAsync();
        await sqlite.OpenRefutedAsync("s-2");
        var before = await sqlite.Desk.VerifyAuditAsync(null, default);
        var file = sqlite.Folder.In("cases.backup");
        Assert.That((await Backup.SaveAsync(sqlite.Desk, file, default)).Audit, Is.EqualTo(before));
        Assert.That(await Backup.RestoreAsync(_bench.Desk, file, default), Is.EqualTo(new CopyState(2, before.Rows, before)));
        var back = sqlite.Folder.In("back.backup");
        await Backup.SaveAsync(_bench.Desk, back, default);
        await using var fresh = await CasesBench.OpenAsync();
        Assert.That((await Backup.RestoreAsync(fresh.Desk, back, default)).Audit, Is.EqualTo(before));
        Assert.That((await fresh.EventsAsync()).ConvertAll(e => e.ToCloudEventJson()), Is.EqualTo((await sqlite.EventsAsync()).ConvertAll(e => e.ToCloudEventJson())));
        Assert.That(() => Backup.RestoreAsync(fresh.Desk, back, default), Throws.InstanceOf<InvalidDataException>().With.Message.Contains("empty"));
        Assert.That(() => Backup.SaveAsync(fresh.Desk, back, default), Throws.InstanceOf<IOException>());
        Assert.That((await fresh.MoveAsync("c-1", "start-exit-monitoring", CasesBench.Sue)).Succeeded, Is.True);
    }

    [Test]
    public async Task Files_of_a_case_are_kept_verified_and_moved_with_it()
    {
        var id = await _bench.OpenInspectingAsync();
        var attachments = new AttachmentDesk(_bench.Desk);
        var longest = new byte[attachments.LongestBytes];
        "%PDF-"u8.CopyTo(longest);
        Assert.That((await attachments.AttachAsync(id, "租约.pdf", longest, CasesBench.Ana, null, default)).Outcome, Is.EqualTo(MoveOutcome.Recorded));
        var kept = (await attachments.OfAsync(id, default))!.Single();
        Assert.That((await attachments.ReadAsync(id, kept.Sequence, default))!.Value.Content, Is.EqualTo(longest));

        await using var sqlite = await CasesBench.OpenAsync();
        var file = sqlite.Folder.In("cases.backup");
        await Backup.SaveAsync(_bench.Desk, file, default);
        Assert.That((await Backup.RestoreAsync(sqlite.Desk, file, default)).Audit.Intact, Is.True);
        Assert.That((await new AttachmentDesk(sqlite.Desk).ReadAsync(id, kept.Sequence, default))!.Value.Content, Is.EqualTo(longest));

        await using (var connection = new NpgsqlConnection(_options.Postgres.ConnectionString))
        {
            await connection.OpenAsync();
            await using var command = new NpgsqlCommand("UPDATE attachments SET content = set_byte(content, 4711, 1)", connection);
            await command.ExecuteNonQueryAsync();
        }

        Assert.That((await _bench.Desk.VerifyAuditAsync(null, default)).FirstFault?.Sequence, Is.EqualTo(kept.Sequence));
    }

    [Test]
    public Task A_window_of_a_site_that_the_meter_has_left_is_judged_again_as_in_the_embedded_store() => FormerSiteTests.JudgeAgainAsync(_bench.Desk);

    [Test]
    public async Task A_database_of_schema_5_is_brought_forward()
    {
        await _bench.OpenCaseAsync();
        await using (var connection = new NpgsqlConnection(_options.Postgres.ConnectionString))
        {
            await connection.OpenAsync();
            await using var command = new NpgsqlCommand(
                "DROP INDEX verdicts_by_meter; CREATE UNIQUE INDEX verdicts_once ON verdicts (meter, window_to, window_from, model); UPDATE cases_schema SET version = 5", connection);
            await command.ExecuteNonQueryAsync();
        }

        await using var again = await _bench.OpenDeskAsync();
        Assert.That((await again.ListAsync(new CaseFilter(), default)).Single().Site, Is.EqualTo("s-1"));
        await FormerSiteTests.JudgeAgainAsync(again);
    }

    [Test]
    public async Task A_database_of_a_newer_program_is_refused()
    {
        await using (var connection = new NpgsqlConnection(_options.Postgres.ConnectionString))
        {
            await connection.OpenAsync();
            await using var command = new NpgsqlCommand("UPDATE cases_schema SET version = 99", connection);
            await command.ExecuteNonQueryAsync();
        }

        Assert.That(_bench.OpenDeskAsync, Throws.InstanceOf<InvalidDataException>().With.Message.Contains("schema 99"));
    }

    private static async Task<MoveResult> Eventually(Func<Task<MoveResult>> move)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return await move();
            }
            catch (Exception) when (attempt < 50)
            {
                await Task.Delay(100); // a pooled connection to the killed server fails once each
            }
        }
    }
}
