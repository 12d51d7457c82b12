// SPDX-License-Identifier: Apache-2.0

namespace Detector.Cases.Stores.Postgres;

/// <summary>Schema 2, as schema 3 of SQLite: answers kept by the key of their request. Frozen: a later change is a later step.</summary>
internal static class SecondStep
{
    public const string Sql = """
        CREATE TABLE answers (
            actor   text     COLLATE "C" NOT NULL,
            key     text     COLLATE "C" NOT NULL,
            part    integer  NOT NULL,
            request text     NOT NULL,
            outcome integer  NOT NULL,
            text    text     NOT NULL,
            text_zh text     NOT NULL,
            version text,
            answer  text,
            at      bigint   NOT NULL,
            PRIMARY KEY (actor, key, part)
        );
        CREATE INDEX answers_by_age ON answers (at);
        """;
}
