// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;
using Microsoft.Data.Sqlite;

namespace Detector.Pipeline;

/// <summary>Every request for a burst, in one SQLite file: the audit, and what keeps a restart from asking again.</summary>
/// <remarks>A request is entered before it is sent: a process that stops in between has asked, at most, in its book only. Thread-safe.</remarks>
public sealed class BurstBook : IDisposable
{
    /// <summary>Name of the file in the data folder.</summary>
    public const string FileName = "bursts.db";

    private readonly SqliteConnection _connection;
    private readonly Lock _gate = new();

    private BurstBook(SqliteConnection connection) => _connection = connection;

    /// <summary>Opens the book, or makes a new one.</summary>
    public static BurstBook Open(string path)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = 30 }.ToString());
        connection.Open();
        var book = new BurstBook(connection);
        book.Execute("PRAGMA journal_mode = WAL");
        book.Execute("""
            CREATE TABLE IF NOT EXISTS requests (
                id INTEGER PRIMARY KEY AUTOINCREMENT,
                meter TEXT NOT NULL,
                asked_us INTEGER NOT NULL,
                seconds INTEGER NOT NULL,
                hertz REAL NOT NULL,
                verdict TEXT NOT NULL,
                outcome TEXT NOT NULL
            );
            CREATE INDEX IF NOT EXISTS requests_meter ON requests (meter, asked_us);
            CREATE INDEX IF NOT EXISTS requests_time ON requests (asked_us);
            """);
        book.BringForward();
        return book;
    }

    /// <summary>Enters a request; returns its number.</summary>
    public long Enter(BurstRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        lock (_gate)
        {
            using var command = Command(
                "INSERT INTO requests (meter, asked_us, seconds, hertz, verdict, outcome, asked_by) VALUES ($m, $t, $s, $h, $v, $o, $b) RETURNING id",
                ("$m", request.Meter.Value),
                ("$t", Instants.ToUnixMicroseconds(request.Asked)),
                ("$s", request.Seconds),
                ("$h", request.Hertz),
                ("$v", request.Verdict),
                ("$o", request.Outcome),
                ("$b", request.By));
            return (long)command.ExecuteScalar()!;
        }
    }

    /// <summary>Enters what became of a request.</summary>
    public void Settle(long id, string outcome)
    {
        lock (_gate)
        {
            Execute("UPDATE requests SET outcome = $o WHERE id = $i", ("$o", outcome), ("$i", id));
        }
    }

    /// <summary>A meter's latest request; null where it was never asked.</summary>
    public BurstRequest? Latest(MeterId meter)
    {
        lock (_gate)
        {
            using var command = Command(
                "SELECT asked_us, seconds, hertz, verdict, outcome, asked_by FROM requests WHERE meter = $m ORDER BY asked_us DESC, id DESC LIMIT 1", ("$m", meter.Value));
            using var row = command.ExecuteReader();
            return row.Read()
                ? new BurstRequest(meter, Instants.FromUnixMicroseconds(row.GetInt64(0)), row.GetInt32(1), row.GetDouble(2), row.GetString(3), row.GetString(4), row.GetString(5))
                : null;
        }
    }

    /// <summary>How many requests were made after a moment, over all meters.</summary>
    public long CountAfter(DateTimeOffset moment)
    {
        lock (_gate)
        {
            using var command = Command("SELECT count(*) FROM requests WHERE asked_us > $t", ("$t", Instants.ToUnixMicroseconds(moment)));
            return (long)command.ExecuteScalar()!;
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        lock (_gate)
        {
            _connection.Dispose();
        }
    }

    /// <summary>A book of a program before people could ask gets the column for who did; all it holds was asked by verdicts.</summary>
    private void BringForward()
    {
        using var transaction = _connection.BeginTransaction(deferred: false); // another process may open it at the same moment
        using var command = Command("SELECT count(*) FROM pragma_table_info('requests') WHERE name = 'asked_by'");
        if ((long)command.ExecuteScalar()! == 0)
        {
            Execute($"ALTER TABLE requests ADD COLUMN asked_by TEXT NOT NULL DEFAULT '{BurstRequest.ByVerdict}'");
        }

        transaction.Commit();
    }

    private void Execute(string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        using var command = Command(sql, parameters);
        command.ExecuteNonQuery();
    }

    private SqliteCommand Command(string sql, params ReadOnlySpan<(string Name, object Value)> parameters) => _connection.Command(sql, parameters);
}
