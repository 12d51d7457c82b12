// SPDX-License-Identifier: Apache-2.0

namespace Detector.Cases.Stores.Postgres;

/// <summary>Schema 6, as schema 7 of SQLite: a window may be judged again, with another result. Frozen: a later change is a later step.</summary>
internal static class SixthStep
{
    public const string Sql = """
        DROP INDEX verdicts_once;
        CREATE INDEX verdicts_by_meter ON verdicts (meter, window_to, window_from, model);
        """;
}
