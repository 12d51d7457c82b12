// SPDX-License-Identifier: Apache-2.0
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Detector.Metering;
using DuckDB.NET.Data;

namespace Detector.Timeline.DuckDb;

/// <summary>Opens connections to the store's file, all with the same limits: the engine is shared inside a process.</summary>
internal sealed class DuckDbFile(DuckDbOptions options)
{
    private readonly string _connection = new DuckDBConnectionStringBuilder
    {
        DataSource = options.File,
        ["memory_limit"] = options.MemoryMebibytes.ToString(CultureInfo.InvariantCulture) + "MiB",
        ["threads"] = options.Threads.ToString(CultureInfo.InvariantCulture),
    }.ConnectionString;

    /// <summary>Path of the file.</summary>
    public string Path => options.File;

    /// <summary>A connection for reading.</summary>
    public DuckDBConnection Connect()
    {
        var connection = new DuckDBConnection(_connection);
        try
        {
            connection.Open();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>The connection of the writer: makes or migrates the file.</summary>
    public DuckDBConnection ConnectWriter(out int foundVersion)
    {
        if (System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(options.File)) is { } folder)
        {
            Directory.CreateDirectory(folder);
        }

        var connection = Connect();
        try
        {
            connection.Run(string.Create(CultureInfo.InvariantCulture, $"SET GLOBAL checkpoint_threshold = '{options.CheckpointMebibytes}MiB'"));
            foundVersion = DuckDbSchema.Migrate(connection, DuckDbSchema.Current);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}

/// <summary>Statements without parameters, in one line.</summary>
[SuppressMessage("Security", "CA2100:Review SQL queries for security vulnerabilities", Justification = "Texts are constants of this project; values come as numbers or parameters.")]
internal static class DuckDbStatements
{
    public static void Run(this DuckDBConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public static object? Scalar(this DuckDBConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    /// <summary>The store's numbers of those meters that it knows, with their names.</summary>
    public static Dictionary<int, MeterId> Names(this DuckDBConnection connection, IReadOnlyCollection<MeterId> meters)
    {
        var asked = meters as IReadOnlySet<MeterId> ?? meters.ToHashSet();
        using var command = connection.Command("SELECT id, name FROM meters");
        using var rows = command.ExecuteReader();
        var names = new Dictionary<int, MeterId>();
        while (rows.Read())
        {
            if (MeterId.TryOf(rows.GetString(1), out var meter) && asked.Contains(meter))
            {
                names.Add(rows.GetInt32(0), meter);
            }
        }

        return names;
    }

    /// <summary>A command with its parameters by place, <c>$1</c> onwards.</summary>
    public static DuckDBCommand Command(this DuckDBConnection connection, string sql, params ReadOnlySpan<object> values)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var value in values)
        {
            command.Parameters.Add(new DuckDBParameter(value));
        }

        return command;
    }
}
