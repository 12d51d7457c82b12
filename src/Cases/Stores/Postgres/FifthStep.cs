// SPDX-License-Identifier: Apache-2.0

namespace Detector.Cases.Stores.Postgres;

/// <summary>Schema 5, as schema 6 of SQLite: cases merged into others. Frozen: a later change is a later step.</summary>
internal static class FifthStep
{
    public const string Sql = """
        ALTER TABLE cases ADD COLUMN merged_into        bigint;
        ALTER TABLE cases ADD COLUMN state_before_merge smallint;
        """;
}
