// SPDX-License-Identifier: Apache-2.0

namespace Detector.Cases.Stores.Postgres;

/// <summary>Schema 4, as schema 5 of SQLite: contents of attachments. Frozen: a later change is a later step.</summary>
internal static class FourthStep
{
    public const string Sql = """
        CREATE TABLE attachments (
            sequence bigint  NOT NULL PRIMARY KEY,
            content  bytea NOT NULL
        );
        """;
}
