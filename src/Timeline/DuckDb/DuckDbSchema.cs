// SPDX-License-Identifier: Apache-2.0
using DuckDB.NET.Data;

namespace Detector.Timeline.DuckDb;

/// <summary>Tables of the file and how an older file becomes a newer one: docs/formats/timeline.md.</summary>
internal static class DuckDbSchema
{
    /// <summary>Version of the format this program writes.</summary>
    public static int Current => Migrations.Length;

    /// <summary>The columns of a reading in the order in which rows are appended and read.</summary>
    public const string ReadingColumns =
        "epoch_us(r.ts), r.kw, r.register_kwh, r.kvar, r.power_factor, r.volts, r.amperes, r.kind, r.interval_us, r.quality, r.position, r.idx";

    /// <summary>One step a version, frozen: step n makes version n of version n - 1.</summary>
    private static readonly string[] Migrations =
    [
        """
        CREATE TABLE meters(id INTEGER NOT NULL, name VARCHAR NOT NULL);
        CREATE TABLE readings(
            meter INTEGER NOT NULL, ts TIMESTAMP NOT NULL,
            kw DOUBLE, register_kwh DOUBLE, kvar DOUBLE, power_factor DOUBLE, volts DOUBLE, amperes DOUBLE,
            kind UTINYINT NOT NULL, interval_us BIGINT, quality INTEGER NOT NULL,
            position BIGINT NOT NULL, idx INTEGER NOT NULL);
        """,
        """
        CREATE VIEW readings_by_name AS
            SELECT m.name AS meter, r.ts, r.kw, r.register_kwh, r.kvar, r.power_factor, r.volts, r.amperes,
                   r.kind, r.interval_us, r.quality, r.position, r.idx
            FROM readings r JOIN meters m ON m.id = r.meter;
        """,
        """
        CREATE TABLE hours(
            meter INTEGER NOT NULL, ts TIMESTAMP NOT NULL, kw DOUBLE, low_kw DOUBLE, high_kw DOUBLE,
            covered_us BIGINT NOT NULL, cadence_us BIGINT NOT NULL, readings INTEGER NOT NULL, quality INTEGER NOT NULL, register_kwh DOUBLE);
        CREATE TABLE days(
            meter INTEGER NOT NULL, ts TIMESTAMP NOT NULL, kw DOUBLE, low_kw DOUBLE, high_kw DOUBLE,
            covered_us BIGINT NOT NULL, cadence_us BIGINT NOT NULL, readings INTEGER NOT NULL, quality INTEGER NOT NULL, register_kwh DOUBLE);
        CREATE TABLE expired(meter INTEGER NOT NULL, hours_us BIGINT, readings_us BIGINT, bursts_us BIGINT, readings BIGINT NOT NULL);
        CREATE TABLE expired_bursts(meter INTEGER NOT NULL, from_us BIGINT NOT NULL, to_us BIGINT NOT NULL);
        CREATE VIEW hours_by_name AS
            SELECT m.name AS meter, a.* EXCLUDE (meter) FROM hours a JOIN meters m ON m.id = a.meter;
        CREATE VIEW days_by_name AS
            SELECT m.name AS meter, a.* EXCLUDE (meter) FROM days a JOIN meters m ON m.id = a.meter;
        """,
    ];

    /// <summary>Brings a file to a version and says which it had; 0 for a new file.</summary>
    /// <exception cref="TimelineConfigurationException">The file was written by a newer version of this program.</exception>
    public static int Migrate(DuckDBConnection connection, int target)
    {
        connection.Run("CREATE TABLE IF NOT EXISTS schema_version(version INTEGER NOT NULL, made TIMESTAMP NOT NULL)");
        var found = Convert.ToInt32(connection.Scalar("SELECT coalesce(max(version), 0) FROM schema_version"), System.Globalization.CultureInfo.InvariantCulture);
        if (found > target)
        {
            throw new TimelineConfigurationException(
                $"The timeline's file has format {found}; this version knows formats up to {target}. Use the version that wrote it, or a newer one.");
        }

        for (var version = found + 1; version <= target; version++)
        {
            using var transaction = connection.BeginTransaction();
            connection.Run(Migrations[version - 1]);
            connection.Run(string.Create(
                System.Globalization.CultureInfo.InvariantCulture, $"INSERT INTO schema_version VALUES ({version}, now()::TIMESTAMPTZ AT TIME ZONE 'UTC')"));
            transaction.Commit();
        }

        return found;
    }
}
