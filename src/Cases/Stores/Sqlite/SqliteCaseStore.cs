// SPDX-License-Identifier: Apache-2.0
using Detector.Cases.Stores.Relational;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Detector.Cases.Stores.Sqlite;

/// <summary>Cases in one SQLite file, <c>cases.db</c>, in write-ahead mode: readers of any process go on while one writer writes.</summary>
internal sealed class SqliteCaseStore : RelationalStore
{
    /// <summary>Its name in the catalogue.</summary>
    public const string KindName = "sqlite";

    /// <summary>Name of the file in the data folder.</summary>
    public const string FileName = "cases.db";

    /// <summary>How long a writer waits for another process's transaction; ours last milliseconds.</summary>
    private const int BusySeconds = 30;

    private readonly string _connectionString;
    private readonly DbContextOptions<CasesContext> _options;

    private SqliteCaseStore(string connectionString)
    {
        _connectionString = connectionString;
        _options = new DbContextOptionsBuilder<CasesContext>().UseSqlite(connectionString).Options;
    }

    /// <summary>Opens the file in the data folder, makes it where it is missing, and brings its schema forward.</summary>
    public static async Task<ICaseStore> OpenAsync(CaseStoreSetting setting, CancellationToken cancel)
    {
        Directory.CreateDirectory(setting.Folder);
        return await OpenAsync(Path.Combine(setting.Folder, FileName), cancel);
    }

    /// <summary>Opens a file of any name, makes it where it is missing, and brings its schema forward.</summary>
    public static async Task<SqliteCaseStore> OpenAsync(string file, CancellationToken cancel)
    {
        var connectionString = new SqliteConnectionStringBuilder
        {
            DataSource = file,
            DefaultTimeout = BusySeconds,
        }.ToString();
        await using (var connection = new SqliteConnection(connectionString))
        {
            await connection.OpenAsync(cancel);
            SqliteSchema.Migrate(connection);
        }

        return new SqliteCaseStore(connectionString);
    }

    /// <inheritdoc />
    public override async Task<T> ReadRowsAsync<T>(Func<CasesContext, CancellationToken, Task<T>> work, CancellationToken cancel)
    {
        await using var connection = new SqliteConnection(_connectionString);
        await connection.OpenAsync(cancel);
        await using var context = new CasesContext(new DbContextOptionsBuilder<CasesContext>().UseSqlite(connection).Options);

        // Deferred: takes no lock that a writer would wait for, and sees one moment of the file.
#pragma warning disable CA1849 // Only the synchronous form can be deferred, and it sends nothing to wait for.
        await using var transaction = connection.BeginTransaction(deferred: true);
#pragma warning restore CA1849
        await context.Database.UseTransactionAsync(transaction, cancel);
        return await work(context, cancel);
    }

    /// <inheritdoc />
    public override ValueTask DisposeAsync()
    {
        using var connection = new SqliteConnection(_connectionString);
        SqliteConnection.ClearPool(connection);
        return base.DisposeAsync();
    }

    /// <inheritdoc />
    protected override async Task<T> TransactAsync<T>(Func<CasesContext, CancellationToken, Task<T>> work, CancellationToken cancel)
    {
        await using var context = new CasesContext(_options);

        // The provider begins with BEGIN IMMEDIATE, so a second process waits here and never reads what it then overwrites.
        await using var transaction = await context.Database.BeginTransactionAsync(cancel);
        var result = await work(context, cancel);
        await transaction.CommitAsync(cancel);
        return result;
    }
}
