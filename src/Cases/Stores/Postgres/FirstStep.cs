// SPDX-License-Identifier: Apache-2.0
namespace Detector.Cases.Stores.Postgres;

/// <summary>Schema 1, as schema 2 of SQLite. Frozen: a later change is a later step.</summary>
/// <remarks>Text is compared byte by byte (collation C), so that pages and orders are those of every other store; JSON is text, because hashes are over its bytes.</remarks>
internal static class FirstStep
{
    public const string Sql = """
        CREATE TABLE cases (
            number           bigint   NOT NULL PRIMARY KEY,
            site             text     COLLATE "C" NOT NULL,
            state            smallint NOT NULL,
            is_open          boolean  NOT NULL,
            opened           bigint   NOT NULL,
            changed          bigint   NOT NULL,
            evidence_version bigint   NOT NULL,
            lead_sequence    bigint   NOT NULL,
            proposal         text,
            refuted_at       bigint,
            confirmed_at     bigint,
            objected_from    smallint,
            since            bigint   NOT NULL,
            due              bigint,
            escalations      integer  NOT NULL,
            assignee         text     COLLATE "C",
            snoozed_until    bigint
        );
        CREATE UNIQUE INDEX cases_one_open_a_site ON cases (site) WHERE is_open;
        CREATE INDEX cases_by_site ON cases (site);
        CREATE INDEX cases_by_state ON cases (state, number);
        CREATE INDEX cases_due ON cases (due) WHERE is_open AND due IS NOT NULL;
        CREATE INDEX cases_by_assignee ON cases (assignee) WHERE assignee IS NOT NULL;

        CREATE TABLE case_events (
            sequence         bigint   NOT NULL PRIMARY KEY,
            case_number      bigint   NOT NULL,
            site             text     COLLATE "C" NOT NULL,
            kind             smallint NOT NULL,
            verb             text     COLLATE "C",
            before           smallint,
            after            smallint NOT NULL,
            evidence_version bigint   NOT NULL,
            verdict_sequence bigint,
            actor            text     COLLATE "C" NOT NULL,
            role             smallint,
            at               bigint   NOT NULL,
            why              text,
            data             text
        );
        CREATE INDEX case_events_by_case ON case_events (case_number, sequence);
        CREATE INDEX case_events_by_kind ON case_events (kind, sequence);

        CREATE TABLE case_evidence (
            case_number      bigint NOT NULL,
            evidence_version bigint NOT NULL,
            verdict_sequence bigint NOT NULL,
            joined           bigint NOT NULL,
            PRIMARY KEY (case_number, evidence_version)
        );

        CREATE TABLE verdicts (
            sequence    bigint   NOT NULL PRIMARY KEY,
            site        text     COLLATE "C" NOT NULL,
            meter       text     COLLATE "C" NOT NULL,
            verdict     smallint NOT NULL,
            previous    smallint,
            model       text     COLLATE "C" NOT NULL,
            window_from text     COLLATE "C" NOT NULL,
            window_to   text     COLLATE "C" NOT NULL,
            recorded    bigint   NOT NULL,
            finding     text     NOT NULL
        );
        CREATE UNIQUE INDEX verdicts_once ON verdicts (meter, window_to, window_from, model);
        CREATE INDEX verdicts_by_site ON verdicts (site, sequence);

        CREATE TABLE meters_now (
            meter    text     COLLATE "C" NOT NULL PRIMARY KEY,
            site     text     COLLATE "C" NOT NULL,
            verdict  smallint NOT NULL,
            sequence bigint   NOT NULL
        );
        CREATE INDEX meters_now_by_site ON meters_now (site);

        CREATE TABLE sites_now (
            site     text     COLLATE "C" NOT NULL PRIMARY KEY,
            verdict  smallint NOT NULL,
            sequence bigint   NOT NULL
        );

        CREATE TABLE audit (
            sequence bigint   NOT NULL PRIMARY KEY,
            kind     smallint NOT NULL,
            body     text     NOT NULL,
            previous text     COLLATE "C" NOT NULL,
            hash     text     COLLATE "C" NOT NULL
        );
        CREATE TABLE audit_head (
            id       integer NOT NULL PRIMARY KEY CHECK (id = 1),
            sequence bigint  NOT NULL,
            hash     text    COLLATE "C" NOT NULL
        );

        CREATE TABLE outbox (
            sequence  bigint NOT NULL PRIMARY KEY,
            id        text   COLLATE "C" NOT NULL UNIQUE,
            type      text   COLLATE "C" NOT NULL,
            subject   text   COLLATE "C" NOT NULL,
            time      bigint NOT NULL,
            data      text   NOT NULL,
            delivered bigint
        );
        CREATE INDEX outbox_waiting ON outbox (sequence) WHERE delivered IS NULL;
        """;
}
