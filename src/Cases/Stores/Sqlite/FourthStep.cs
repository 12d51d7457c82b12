// SPDX-License-Identifier: Apache-2.0

namespace Detector.Cases.Stores.Sqlite;

/// <summary>Schema 4: how far each webhook's endpoint is, and what is parked for it. Frozen: a later change is a later step.</summary>
internal static class FourthStep
{
    public const string Sql = """
        CREATE TABLE webhooks (
            endpoint TEXT    NOT NULL PRIMARY KEY,
            position INTEGER NOT NULL
        );
        CREATE TABLE webhooks_parked (
            endpoint  TEXT    NOT NULL,
            sequence  INTEGER NOT NULL,
            subject   TEXT    NOT NULL,
            type      TEXT    NOT NULL,
            parked_at INTEGER NOT NULL,
            attempts  INTEGER NOT NULL,
            fault     TEXT    NOT NULL,
            replay    INTEGER NOT NULL,
            PRIMARY KEY (endpoint, sequence)
        );
        CREATE INDEX webhooks_parked_by_subject ON webhooks_parked (endpoint, subject);
        """;
}
