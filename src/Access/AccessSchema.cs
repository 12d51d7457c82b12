// SPDX-License-Identifier: Apache-2.0
using Microsoft.Data.Sqlite;

namespace Detector.Access;

/// <summary>Schema of <c>access.db</c>, by steps that are never changed afterwards.</summary>
internal static class AccessSchema
{
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
        """
        ALTER TABLE users ADD COLUMN regions TEXT NOT NULL DEFAULT '';
        ALTER TABLE users ADD COLUMN feeders TEXT NOT NULL DEFAULT '';
        """,
        """
        CREATE TABLE views (
            id      INTEGER PRIMARY KEY AUTOINCREMENT,
            owner   TEXT    NOT NULL COLLATE NOCASE,
            page    TEXT    NOT NULL,
            name    TEXT    NOT NULL,
            query   TEXT    NOT NULL,
            created INTEGER NOT NULL,
            UNIQUE (owner, page, name)
        );
        """,
        "ALTER TABLE users ADD COLUMN ended INTEGER;",
    ];

    /// <summary>Brings the file to the present version; throws <see cref="InvalidDataException"/> where a newer program wrote it.</summary>
    public static void Migrate(SqliteConnection connection) => SqliteSteps.Apply(connection, "users'", Steps);
}
