// SPDX-License-Identifier: Apache-2.0

namespace Detector.Cases.Stores.Sqlite;

/// <summary>Schema 6: cases merged into others. Frozen: a later change is a later step.</summary>
internal static class SixthStep
{
    public const string Sql = """
        ALTER TABLE cases ADD COLUMN merged_into        INTEGER;
        ALTER TABLE cases ADD COLUMN state_before_merge INTEGER;
        """;
}
