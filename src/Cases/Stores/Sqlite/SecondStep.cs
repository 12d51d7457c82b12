// SPDX-License-Identifier: Apache-2.0
namespace Detector.Cases.Stores.Sqlite;

/// <summary>Schema 2: the whole lifecycle, with deadlines, assignment and data of events. Frozen: a later change is a later step.</summary>
/// <remarks>What an older file does not say is worked out from its events. Deadlines begin as the settings' defaults were when this step was made.</remarks>
internal static class SecondStep
{
    public const string Sql = """
        ALTER TABLE cases ADD COLUMN confirmed_at  INTEGER;
        ALTER TABLE cases ADD COLUMN objected_from INTEGER;
        ALTER TABLE cases ADD COLUMN since         INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE cases ADD COLUMN due           INTEGER;
        ALTER TABLE cases ADD COLUMN escalations   INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE cases ADD COLUMN assignee      TEXT;
        ALTER TABLE cases ADD COLUMN snoozed_until INTEGER;
        ALTER TABLE case_events ADD COLUMN data    TEXT;

        UPDATE cases SET since = COALESCE(
            (SELECT MAX(at) FROM case_events e WHERE e.case_number = cases.number AND (e.before IS NULL OR e.before <> e.after)), opened);
        UPDATE cases SET confirmed_at =
            (SELECT MAX(at) FROM case_events e WHERE e.case_number = cases.number AND e.kind = 3 AND e.after = 4);
        UPDATE cases SET due = since + 86400000 * CASE state WHEN 1 THEN 3 WHEN 2 THEN 7 WHEN 3 THEN 30 WHEN 4 THEN 14 WHEN 6 THEN 30 END;

        CREATE INDEX cases_due ON cases (due) WHERE is_open = 1 AND due IS NOT NULL;
        CREATE INDEX cases_by_assignee ON cases (assignee) WHERE assignee IS NOT NULL;
        CREATE INDEX case_events_by_kind ON case_events (kind, sequence);
        """;
}
