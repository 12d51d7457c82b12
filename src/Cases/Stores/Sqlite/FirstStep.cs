// SPDX-License-Identifier: Apache-2.0
namespace Detector.Cases.Stores.Sqlite;

/// <summary>Schema 1. Frozen: a later change is a later step.</summary>
internal static class FirstStep
{
    public const string Sql = """
        CREATE TABLE cases (
            number           INTEGER NOT NULL PRIMARY KEY,
            site             TEXT    NOT NULL,
            state            INTEGER NOT NULL,
            is_open          INTEGER NOT NULL,
            opened           INTEGER NOT NULL,
            changed          INTEGER NOT NULL,
            evidence_version INTEGER NOT NULL,
            lead_sequence    INTEGER NOT NULL,
            proposal         TEXT,
            refuted_at       INTEGER
        );
        CREATE UNIQUE INDEX cases_one_open_a_site ON cases (site) WHERE is_open = 1;
        CREATE INDEX cases_by_site ON cases (site);
        CREATE INDEX cases_by_state ON cases (state, number);

        CREATE TABLE case_events (
            sequence         INTEGER NOT NULL PRIMARY KEY,
            case_number      INTEGER NOT NULL,
            site             TEXT    NOT NULL,
            kind             INTEGER NOT NULL,
            verb             TEXT,
            before           INTEGER,
            after            INTEGER NOT NULL,
            evidence_version INTEGER NOT NULL,
            verdict_sequence INTEGER,
            actor            TEXT    NOT NULL,
            role             INTEGER,
            at               INTEGER NOT NULL,
            why              TEXT
        );
        CREATE INDEX case_events_by_case ON case_events (case_number, sequence);

        CREATE TABLE case_evidence (
            case_number      INTEGER NOT NULL,
            evidence_version INTEGER NOT NULL,
            verdict_sequence INTEGER NOT NULL,
            joined           INTEGER NOT NULL,
            PRIMARY KEY (case_number, evidence_version)
        ) WITHOUT ROWID;

        CREATE TABLE verdicts (
            sequence    INTEGER NOT NULL PRIMARY KEY,
            site        TEXT    NOT NULL,
            meter       TEXT    NOT NULL,
            verdict     INTEGER NOT NULL,
            previous    INTEGER,
            model       TEXT    NOT NULL,
            window_from TEXT    NOT NULL,
            window_to   TEXT    NOT NULL,
            recorded    INTEGER NOT NULL,
            finding     TEXT    NOT NULL
        );
        CREATE UNIQUE INDEX verdicts_once ON verdicts (meter, window_to, window_from, model);
        CREATE INDEX verdicts_by_site ON verdicts (site, sequence);

        CREATE TABLE meters_now (
            meter    TEXT    NOT NULL PRIMARY KEY,
            site     TEXT    NOT NULL,
            verdict  INTEGER NOT NULL,
            sequence INTEGER NOT NULL
        ) WITHOUT ROWID;
        CREATE INDEX meters_now_by_site ON meters_now (site);

        CREATE TABLE sites_now (
            site     TEXT    NOT NULL PRIMARY KEY,
            verdict  INTEGER NOT NULL,
            sequence INTEGER NOT NULL
        ) WITHOUT ROWID;

        CREATE TABLE audit (
            sequence INTEGER NOT NULL PRIMARY KEY,
            kind     INTEGER NOT NULL,
            body     TEXT    NOT NULL,
            previous TEXT    NOT NULL,
            hash     TEXT    NOT NULL
        );
        CREATE TABLE audit_head (
            id       INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
            sequence INTEGER NOT NULL,
            hash     TEXT    NOT NULL
        );

        CREATE TABLE outbox (
            sequence  INTEGER NOT NULL PRIMARY KEY,
            id        TEXT    NOT NULL UNIQUE,
            type      TEXT    NOT NULL,
            subject   TEXT    NOT NULL,
            time      INTEGER NOT NULL,
            data      TEXT    NOT NULL,
            delivered INTEGER
        );
        CREATE INDEX outbox_waiting ON outbox (sequence) WHERE delivered IS NULL;
        """;
}
