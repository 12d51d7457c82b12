// SPDX-License-Identifier: Apache-2.0

namespace Detector.Cases.Stores.Sqlite;

/// <summary>Schema 3: answers kept by the key of their request. Frozen: a later change is a later step.</summary>
internal static class ThirdStep
{
    public const string Sql = """
        CREATE TABLE answers (
            actor   TEXT    NOT NULL,
            key     TEXT    NOT NULL,
            part    INTEGER NOT NULL,
            request TEXT    NOT NULL,
            outcome INTEGER NOT NULL,
            text    TEXT    NOT NULL,
            text_zh TEXT    NOT NULL,
            version TEXT,
            answer  TEXT,
            at      INTEGER NOT NULL,
            PRIMARY KEY (actor, key, part)
        );
        CREATE INDEX answers_by_age ON answers (at);
        """;
}
