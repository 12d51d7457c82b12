// SPDX-License-Identifier: Apache-2.0
using Detector.Cases.Stores;
using Microsoft.Data.Sqlite;

namespace Detector.Pipeline;

/// <summary>The relay's own book: its position in the journal, the settled account, dead letters and quarantine, in one SQLite file.</summary>
/// <remarks>
/// One transaction settles a batch, so that position, account and kept messages can never disagree, whatever stops the
/// process. Another process may read it, and may ask for a replay or a release. Layout: docs/formats/relay.md.
/// </remarks>
internal sealed partial class RelayStore : IDisposable
{
    private const int SchemaVersion = 3;

    private const string Schema = """
        CREATE TABLE state (
            only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
            position INTEGER NOT NULL,
            received INTEGER NOT NULL,
            stored INTEGER NOT NULL,
            duplicate INTEGER NOT NULL,
            quarantined INTEGER NOT NULL,
            dead_lettered INTEGER NOT NULL
        );
        INSERT INTO state VALUES (1, 0, 0, 0, 0, 0, 0);
        CREATE TABLE dead_letters (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            position INTEGER NOT NULL UNIQUE,
            arrived_us INTEGER NOT NULL,
            topic BLOB NOT NULL,
            payload BLOB NOT NULL,
            reason TEXT NOT NULL,
            kind TEXT NOT NULL,
            at_byte INTEGER NOT NULL,
            state TEXT NOT NULL
        );
        CREATE INDEX dead_letters_state ON dead_letters (state, id);
        CREATE TABLE quarantine (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            position INTEGER NOT NULL,
            reading_index INTEGER NOT NULL,
            reading TEXT NOT NULL,
            rule TEXT NOT NULL,
            reason TEXT NOT NULL,
            UNIQUE (position, reading_index)
        );
        """;

    private readonly SqliteConnection _connection;
    private readonly Lock _gate = new();
    private long _position;
    private SettledCounts _counts;

    private RelayStore(SqliteConnection connection) => _connection = connection;

    /// <summary>Opens the book, or makes a new one.</summary>
    /// <exception cref="InvalidDataException">The file was written by a newer version.</exception>
    public static RelayStore Open(string path)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = 30 }.ToString());
        connection.Open();
        var store = new RelayStore(connection);
        store.Execute("PRAGMA journal_mode = WAL");
        store.Execute("PRAGMA synchronous = FULL");
        store.Migrate(path);
        store.Load();
        return store;
    }

    /// <summary>Position and account as last committed, read together.</summary>
    public (long Position, SettledCounts Counts) Committed
    {
        get
        {
            lock (_gate)
            {
                return (_position, _counts);
            }
        }
    }

    /// <summary>Settles a batch: everything in it, or nothing.</summary>
    /// <exception cref="InvalidOperationException">The account would not balance: a fault of this program, nothing is committed.</exception>
    /// <exception cref="SqliteException">The book cannot be written; nothing is committed, and <see cref="StoreRefusal"/> says whether to try again.</exception>
    public void Commit(Settlement settlement)
    {
        lock (_gate)
        {
            var counts = _counts + settlement.Counts;
            if (!counts.Balances)
            {
                throw new InvalidOperationException($"BUG: the account would not balance: {counts}.");
            }

            using var transaction = _connection.BeginTransaction();
            InsertDeadLetters(settlement.DeadLetters);
            InsertQuarantined(settlement.Quarantined);
            SettleReplays(settlement.Replays);
            SettleReleases(settlement.Releases);
            KeepSources(settlement.Sources);
            var position = Math.Max(_position, settlement.Position);
            Execute(
                "UPDATE state SET position = $p, received = $r, stored = $s, duplicate = $d, quarantined = $q, dead_lettered = $x",
                ("$p", position),
                ("$r", counts.Received),
                ("$s", counts.Stored),
                ("$d", counts.Duplicate),
                ("$q", counts.Quarantined),
                ("$x", counts.DeadLettered));
            transaction.Commit();
            _position = position;
            _counts = counts;
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

    private void Migrate(string path)
    {
        if (_connection.Version() == SchemaVersion)
        {
            return;
        }

        using var transaction = _connection.BeginTransaction(deferred: false);
        var found = _connection.Version(); // another process may have been quicker
        if (found > SchemaVersion)
        {
            throw new InvalidDataException($"{path} has schema {found}; this version knows up to {SchemaVersion}. Use the newer program.");
        }

        if (found < SchemaVersion)
        {
            if (found == 0)
            {
                Execute(Schema);
            }

            if (found < 2)
            {
                Execute(SourcesSchema);
            }

            Execute(ReleaseSchema);
            Execute(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"PRAGMA user_version = {SchemaVersion}"));
        }

        transaction.Commit();
    }

    private void Load()
    {
        using var command = Command("SELECT position, received, stored, duplicate, quarantined, dead_lettered FROM state");
        using var row = command.ExecuteReader();
        row.Read();
        _position = row.GetInt64(0);
        _counts = new SettledCounts(row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4), row.GetInt64(5));
    }

    private SqliteCommand Command(string sql, params ReadOnlySpan<(string Name, object Value)> parameters) => _connection.Command(sql, parameters);

    private int Execute(string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        using var command = Command(sql, parameters);
        return command.ExecuteNonQuery();
    }
}
