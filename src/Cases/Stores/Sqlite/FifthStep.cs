// SPDX-License-Identifier: Apache-2.0

namespace Detector.Cases.Stores.Sqlite;

/// <summary>Schema 5: contents of attachments. Frozen: a later change is a later step.</summary>
internal static class FifthStep
{
    public const string Sql = """
        CREATE TABLE attachments (
            sequence INTEGER NOT NULL PRIMARY KEY,
            content  BLOB NOT NULL
        );
        """;
}
