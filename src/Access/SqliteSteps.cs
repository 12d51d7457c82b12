// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Detector.Access;

/// <summary>Brings a SQLite file's schema forward by numbered steps; its version is <c>user_version</c>. Each step is applied once and never changed afterwards.</summary>
/// <remarks>Plain SQL instead of generated migrations: a file opens in milliseconds, and a dispute can read what the tables were.</remarks>
public static class SqliteSteps
{
    /// <summary>Applies what is missing, in one transaction; safe where several processes open a file at once.</summary>
    /// <param name="connection">An open connection.</param>
    /// <param name="what">The file by what it holds, for the message, such as <c>users'</c>.</param>
    /// <param name="steps">Every step, in order; the version is how many have been applied.</param>
    /// <exception cref="InvalidDataException">A newer program wrote the file.</exception>
    public static void Apply(SqliteConnection connection, string what, IReadOnlyList<string> steps)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(steps);
        Run(connection, "PRAGMA journal_mode = WAL;");
        if (Version(connection) == steps.Count)
        {
            return;
        }

        using var transaction = connection.BeginTransaction(deferred: false);
        var version = Version(connection); // another process may have been quicker
        if (version > steps.Count)
        {
            throw new InvalidDataException($"The {what} file has schema {version}; this program knows up to {steps.Count}. Use the newer program.");
        }

        foreach (var step in steps.Skip(version))
        {
            Run(connection, step);
        }

        Run(connection, string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version = {steps.Count};"));
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
#pragma warning disable CA2100 // The texts are constants of the callers.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
