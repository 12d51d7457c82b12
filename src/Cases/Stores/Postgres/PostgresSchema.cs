// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using Npgsql;

namespace Detector.Cases.Stores.Postgres;

/// <summary>Schema of the cases in PostgreSQL; its version is the one row of <c>cases_schema</c>. Each step is applied once and never changed afterwards.</summary>
internal static class PostgresSchema
{
    private const string Begin = """
        SELECT pg_advisory_xact_lock(7205759403792793);
        CREATE TABLE IF NOT EXISTS cases_schema (version integer NOT NULL);
        """;

    /// <summary>Steps in order; the version is how many have been applied.</summary>
    private static readonly string[] Steps = [FirstStep.Sql, SecondStep.Sql, ThirdStep.Sql, FourthStep.Sql, FifthStep.Sql, SixthStep.Sql];

    /// <summary>Brings the database to the newest version; throws <see cref="InvalidDataException"/> where a newer program wrote it.</summary>
    public static async Task MigrateAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await RunAsync(connection, Begin, cancel);
        var version = await VersionAsync(connection, cancel);
        if (version > Steps.Length)
        {
            throw new InvalidDataException($"The cases' database has schema {version}; this program knows up to {Steps.Length}. Use the newer program.");
        }

        foreach (var step in Steps.Skip(version))
        {
            await RunAsync(connection, step, cancel);
        }

        if (version < Steps.Length)
        {
            await RunAsync(connection, string.Create(CultureInfo.InvariantCulture, $"DELETE FROM cases_schema; INSERT INTO cases_schema VALUES ({Steps.Length});"), cancel);
        }

        await transaction.CommitAsync(cancel);
    }

    private static async Task<int> VersionAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("SELECT COALESCE(MAX(version), 0) FROM cases_schema", connection);
        return Convert.ToInt32(await command.ExecuteScalarAsync(cancel), CultureInfo.InvariantCulture);
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken cancel)
    {
#pragma warning disable CA2100 // The texts are constants of this folder.
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 }; // an index over years of verdicts takes minutes
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(cancel);
    }
}
