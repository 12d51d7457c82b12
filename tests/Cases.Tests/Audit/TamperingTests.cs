// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using Detector.Cases.Attachments;
using Detector.Metering;
using Microsoft.Data.Sqlite;

namespace Detector.Cases.Tests.Audit;

/// <summary>A hundred seeded tamperings of any byte, row or order of what the chain speaks of: all are found.</summary>
public sealed class TamperingTests
{
    /// <summary>What a tamperer may touch, by table: every column but those that follow from settings (<c>due</c>).</summary>
    private static readonly (string Table, string Key, string[] Columns)[] Targets =
    [
        ("audit", "sequence", ["kind", "body", "previous", "hash"]),
        ("case_events", "sequence", ["case_number", "site", "kind", "verb", "before", "after", "evidence_version", "verdict_sequence", "actor", "role", "at", "why", "data"]),
        ("verdicts", "sequence", ["site", "meter", "verdict", "previous", "model", "window_from", "window_to", "recorded", "finding"]),
        ("cases", "number", ["site", "state", "is_open", "opened", "changed", "evidence_version", "lead_sequence", "proposal", "refuted_at", "confirmed_at", "objected_from", "since", "escalations", "assignee", "snoozed_until"]),
        ("case_evidence", "verdict_sequence", ["case_number", "evidence_version", "joined"]),
        ("attachments", "sequence", ["content"]),
        ("audit_head", "id", ["sequence", "hash"]),
    ];

    private CasesBench _bench = null!;
    private string _clean = null!;

    [OneTimeSetUp]
    public async Task Open()
    {
        _bench = await CasesBench.OpenAsync();
        var id = await _bench.OpenMeasuresAsync();
        await _bench.Desk.AssignAsync(id, "ben", CasesBench.Ana, "备注", default);
        await _bench.Desk.SnoozeAsync(id, _bench.Clock.GetUtcNow().AddDays(5), CasesBench.Ana, "later", default);
        await _bench.OpenRefutedAsync("s-2");
        var third = await _bench.OpenInspectingAsync("s-3");
        await _bench.Desk.ConsiderAsync(CasesBench.Finding("s-3", day: 1, probability: 0.8), default);
        await _bench.MoveAsync(third, "confirm", CasesBench.Ana, "seen");
        var fourth = await _bench.OpenConfirmedAsync("s-4");
        await _bench.MoveAsync(fourth, "object", CasesBench.Sue);
        await _bench.Desk.ConsiderAsync(CasesBench.Finding("s-5", Verdict.Clear), default);
        var attachments = new AttachmentDesk(_bench.Desk);
        await attachments.AttachAsync(fourth, "lease.txt", "Hall 2, 400 kW"u8.ToArray(), CasesBench.Ana, null, default);
        await attachments.AttachAsync(third, "readings.csv", "time,kw"u8.ToArray(), CasesBench.Ana, null, default);
        _bench.Clock.Advance(TimeSpan.FromDays(40));
        await _bench.Desk.EscalateAsync(default);
        Assert.That((await _bench.Desk.VerifyAuditAsync(null, default)).FirstFault, Is.Null);
        await _bench.Desk.DisposeAsync();
        _clean = _bench.Folder.In("clean.db");
        await using var source = new SqliteConnection($"Data Source={_bench.File};Pooling=False");
        await source.OpenAsync();
        await using var command = source.CreateCommand();
        command.CommandText = "VACUUM INTO $file";
        command.Parameters.AddWithValue("$file", _clean);
        await command.ExecuteNonQueryAsync();
    }

    [OneTimeTearDown]
    public async Task Close() => await _bench.DisposeAsync();

    [Test]
    public async Task Every_one_is_found([Range(1, 100)] int seed)
    {
        var folder = Directory.CreateDirectory(_bench.Folder.In(seed.ToString(CultureInfo.InvariantCulture)));
        File.Copy(_clean, Path.Combine(folder.FullName, "cases.db"));
        var what = Tamper(Path.Combine(folder.FullName, "cases.db"), new Random(seed));
        await using var desk = await CaseDesk.OpenAsync(_bench.Options, folder.FullName, _bench.Clock, Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance, default);
        var state = await desk.VerifyAuditAsync(null, default);
        Assert.That(state.FirstFault, Is.Not.Null, what);
        Assert.That(state.FirstFault!.Text, Is.Not.Empty, what);
    }

    /// <summary>Changes one value, deletes one row or changes two rows' places, and says what.</summary>
    private static string Tamper(string file, Random random)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        for (var attempt = 0; ; attempt++)
        {
            var (table, key, columns) = Targets[random.Next(Targets.Length)];
            var keys = Column(connection, $"SELECT {key} FROM {table} ORDER BY {key}");
            var chosen = keys[random.Next(keys.Count)];
            var done = random.Next(4) switch
            {
                0 => Run(connection, $"DELETE FROM {table} WHERE {key} = {chosen}") ? $"deleted {table} {chosen}" : null,
                1 when keys.Count > 1 && table != "audit_head" => Swap(connection, table, key, chosen, keys[(keys.IndexOf(chosen) + 1) % keys.Count]),
                _ => Change(connection, table, key, chosen, columns[random.Next(columns.Length)], random),
            };
            if (done is not null)
            {
                return done;
            }

            Assert.That(attempt, Is.LessThan(1000));
        }
    }

    private static string? Swap(SqliteConnection connection, string table, string key, string one, string other)
    {
        var sql = $"UPDATE {table} SET {key} = -1 WHERE {key} = {one}; UPDATE {table} SET {key} = {one} WHERE {key} = {other}; UPDATE {table} SET {key} = {other} WHERE {key} = -1;";
        return Run(connection, sql) ? $"swapped {table} {one} and {other}" : null;
    }

    private static string? Change(SqliteConnection connection, string table, string key, string chosen, string column, Random random)
    {
        var before = Column(connection, $"SELECT COALESCE({column}, '') FROM {table} WHERE {key} = {chosen}").Single();
        string after;
        if (column == "is_open")
        {
            after = before == "1" ? "0" : "1"; // the one other value that a flag has
        }
        else if (long.TryParse(before, CultureInfo.InvariantCulture, out var number))
        {
            after = (number + random.Next(1, 9)).ToString(CultureInfo.InvariantCulture);
        }
        else if (before.Length == 0)
        {
            return null; // there is no byte to change
        }
        else
        {
            var at = random.Next(before.Length);
            after = $"'{(before[..at] + (before[at] == 'x' ? 'y' : 'x') + before[(at + 1)..]).Replace("'", "''", StringComparison.Ordinal)}'";
        }

        return Run(connection, $"UPDATE {table} SET {column} = {after} WHERE {key} = {chosen}") ? $"{table}.{column} of {chosen}: {before} to {after}" : null;
    }

    private static List<string> Column(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Texts of the tests.
        command.CommandText = sql;
#pragma warning restore CA2100
        using var rows = command.ExecuteReader();
        var values = new List<string>();
        while (rows.Read())
        {
            values.Add(rows.GetString(0));
        }

        return values;
    }

    /// <summary>False where the database itself refuses it.</summary>
    private static bool Run(SqliteConnection connection, string sql)
    {
        using var transaction = connection.BeginTransaction();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Texts of the tests.
        command.CommandText = sql;
#pragma warning restore CA2100
        try
        {
            command.ExecuteNonQuery();
            transaction.Commit();
            return true;
        }
        catch (SqliteException)
        {
            return false;
        }
    }
}
