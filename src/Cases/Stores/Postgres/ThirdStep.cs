// SPDX-License-Identifier: Apache-2.0

namespace Detector.Cases.Stores.Postgres;

/// <summary>Schema 3, as schema 4 of SQLite: how far each webhook's endpoint is, and what is parked for it. Frozen: a later change is a later step.</summary>
internal static class ThirdStep
{
    public const string Sql = """
        CREATE TABLE webhooks (
            endpoint text   COLLATE "C" NOT NULL PRIMARY KEY,
            position bigint NOT NULL
        );
        CREATE TABLE webhooks_parked (
            endpoint  text    COLLATE "C" NOT NULL,
            sequence  bigint  NOT NULL,
            subject   text    COLLATE "C" NOT NULL,
            type      text    NOT NULL,
            parked_at bigint  NOT NULL,
            attempts  integer NOT NULL,
            fault     text    NOT NULL,
            replay    boolean NOT NULL,
            PRIMARY KEY (endpoint, sequence)
        );
        CREATE INDEX webhooks_parked_by_subject ON webhooks_parked (endpoint, subject);
        """;
}
