// SPDX-License-Identifier: Apache-2.0

namespace Detector.Cases.Stores.Sqlite;

/// <summary>Schema 7: a window of a site that its meter has left may be judged again, with another result. Frozen: a later change is a later step.</summary>
internal static class SeventhStep
{
    public const string Sql = """
        DROP INDEX verdicts_once;
        CREATE INDEX verdicts_by_meter ON verdicts (meter, window_to, window_from, model);
        """;
}
