// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Detector.Cases.Stores.Sqlite;

/// <summary>Schema of <c>cases.db</c>; its version is SQLite's <c>user_version</c>. Each step is applied once and never changed afterwards.</summary>
/// <remarks>Plain SQL instead of generated migrations: the file opens in milliseconds, and a dispute can read what the tables were.</remarks>
internal static class SqliteSchema
{
    /// <summary>Steps in order; the version is how many have been applied.</summary>
    private static readonly string[] Steps = [FirstStep.Sql, SecondStep.Sql];

    /// <summary>The version that this program writes.</summary>
    public static int Newest => Steps.Length;

    /// <summary>Brings the file to the newest version; throws <see cref="InvalidDataException"/> where a newer program wrote it.</summary>
    public static void Migrate(SqliteConnection connection)
    {
        Run(connection, "PRAGMA journal_mode = WAL;");
        if (Version(connection) == Steps.Length)
        {
            return;
        }

        using var transaction = connection.BeginTransaction(deferred: false);
        var version = Version(connection); // another process may have been quicker
        if (version > Steps.Length)
        {
            throw new InvalidDataException($"The cases' file has schema {version}; this program knows up to {Steps.Length}. Use the newer program.");
        }

        foreach (var step in Steps.AsSpan(version))
        {
            Run(connection, step);
        }

        Run(connection, string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version = {Steps.Length};"));
        transaction.Commit();
    }

    private static int Version(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA user_version;";
        return Convert.ToInt32(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The texts are constants of this folder.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
