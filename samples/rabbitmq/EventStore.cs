// SPDX-License-Identifier: Apache-2.0
using Microsoft.Data.Sqlite;

namespace Detector.Samples.RabbitMq;

/// <summary>Events by id in a SQLite file; the primary key is what drops a repeat.</summary>
internal sealed class EventStore : IDisposable
{
    private readonly SqliteConnection _connection;

    public EventStore(string file)
    {
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file }.ToString());
        _connection.Open();
        using var command = _connection.CreateCommand();
        command.CommandText = "CREATE TABLE IF NOT EXISTS events (place INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, sequence INTEGER, subject TEXT, type TEXT, body BLOB)";
        command.ExecuteNonQuery();
    }

    /// <summary>Keeps an event, durably; false where it was there already.</summary>
    public bool Keep(ReceivedEvent happened)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = "INSERT OR IGNORE INTO events (id, sequence, subject, type, body) VALUES ($id, $sequence, $subject, $type, $body)";
        command.Parameters.AddWithValue("$id", happened.Id);
        command.Parameters.AddWithValue("$sequence", happened.Sequence);
        command.Parameters.AddWithValue("$subject", happened.Subject);
        command.Parameters.AddWithValue("$type", happened.Type);
        command.Parameters.AddWithValue("$body", happened.Body);
        return command.ExecuteNonQuery() == 1;
    }

    public void Dispose() => _connection.Dispose();
}
