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
}
