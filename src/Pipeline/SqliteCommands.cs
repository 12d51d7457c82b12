// SPDX-License-Identifier: Apache-2.0
using Microsoft.Data.Sqlite;

namespace Detector.Pipeline;

/// <summary>Commands of the books that are kept in SQLite.</summary>
internal static class SqliteCommands
{
    /// <summary>A command with its values as parameters; its text must be a constant of the program.</summary>
    public static SqliteCommand Command(this SqliteConnection connection, string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // every text is a constant of its book; values travel as parameters
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value);
        }

        return command;
    }

    /// <summary>The version of a book's layout; 0 where it is new.</summary>
    public static int Version(this SqliteConnection connection)
    {
        using var command = connection.Command("PRAGMA user_version");
        return (int)(long)command.ExecuteScalar()!;
    }
}
