// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Detector.Access;

/// <summary>Schema of <c>access.db</c>; its version is SQLite's <c>user_version</c>. Each step is applied once and never changed afterwards.</summary>
internal static class AccessSchema
{
    /// <summary>Steps in order; the version is how many have been applied.</summary>
    private static readonly string[] Steps =
    [
        """
        CREATE TABLE users (
            name    TEXT    NOT NULL PRIMARY KEY COLLATE NOCASE,
            role    INTEGER NOT NULL,
            created INTEGER NOT NULL
        ) WITHOUT ROWID;
        CREATE TABLE tokens (
            id      INTEGER PRIMARY KEY AUTOINCREMENT,
            user    TEXT    NOT NULL COLLATE NOCASE REFERENCES users (name),
            key     BLOB    NOT NULL,
            hash    BLOB    NOT NULL UNIQUE,
            created INTEGER NOT NULL,
            expires INTEGER NOT NULL,
            revoked INTEGER
        );
        CREATE INDEX tokens_by_key ON tokens (key);
        """,
    ];

    /// <summary>Brings the file to the present version; throws <see cref="InvalidDataException"/> where a newer program wrote it.</summary>
    public static void Migrate(SqliteConnection connection)
    {
        Run(connection, "PRAGMA journal_mode = WAL;");
        if (Version(connection) == Steps.Length)
        {
            return;
        }

        using var transaction = connection.BeginTransaction(deferred: false);
        var version = Version(connection); // another process may have been quicker
        if (version > Steps.Length)
        {
            throw new InvalidDataException($"The users' file has schema {version}; this program knows up to {Steps.Length}. Use the newer program.");
        }

        foreach (var step in Steps.AsSpan(version))
        {
            Run(connection, step);
        }

        Run(connection, string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version = {Steps.Length};"));
        transaction.Commit();
    }

    private static int Version(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA user_version;";
        return Convert.ToInt32(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The texts are constants of this file.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
