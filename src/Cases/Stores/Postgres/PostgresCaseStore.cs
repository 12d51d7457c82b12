// SPDX-License-Identifier: Apache-2.0
using System.Data;
using Detector.Cases.Stores.Relational;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Detector.Cases.Stores.Postgres;

/// <summary>Cases in a PostgreSQL database that several services may share.</summary>
internal sealed class PostgresCaseStore : RelationalStore
{
    /// <summary>Writers of every process take turns under this advisory lock: a hash chain is serial by nature (decision record 0006).</summary>
    private const string OneWriter = "SELECT pg_advisory_xact_lock(7205759403792793)";

    private readonly NpgsqlDataSource _source;
    private readonly DbContextOptions<CasesContext> _options;

    private PostgresCaseStore(NpgsqlDataSource source)
    {
        _source = source;
        _options = new DbContextOptionsBuilder<CasesContext>().UseNpgsql(source).Options;
    }

    /// <summary>Connects, and brings the database's schema forward.</summary>
    /// <exception cref="InvalidOperationException">The connection string is missing or cannot be read.</exception>
    /// <exception cref="CaseStoreUnavailableException">The server cannot be reached.</exception>
    public static async Task<ICaseStore> OpenAsync(CaseStoreSetting setting, CancellationToken cancel)
    {
#pragma warning disable CA2000 // The store that is returned disposes it, or the catch below does.
        var source = MakeSource(setting.Options.Postgres.ConnectionString);
#pragma warning restore CA2000
        try
        {
            await using var connection = await source.OpenConnectionAsync(cancel);
            await PostgresSchema.MigrateAsync(connection, cancel);
            return new PostgresCaseStore(source);
        }
        catch (Exception fault)
        {
            await source.DisposeAsync();
            if (IsAway(fault))
            {
                throw new CaseStoreUnavailableException($"PostgreSQL for the cases cannot be reached: {fault.Message} Check Cases:Postgres:ConnectionString and that the server runs.", fault);
            }

            throw;
        }
    }

    /// <inheritdoc />
    public override async Task<T> ReadRowsAsync<T>(Func<CasesContext, CancellationToken, Task<T>> work, CancellationToken cancel)
    {
        await using var context = new CasesContext(_options);
        await using var transaction = await context.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancel); // one moment of the database
        return await work(context, cancel);
    }

    /// <inheritdoc />
    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _source.DisposeAsync();
    }

    /// <inheritdoc />
    protected override async Task<T> TransactAsync<T>(Func<CasesContext, CancellationToken, Task<T>> work, CancellationToken cancel)
    {
        await using var context = new CasesContext(_options);
        await using var transaction = await context.Database.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancel);
        await context.Database.ExecuteSqlRawAsync(OneWriter, cancel); // what follows sees everything that the writer before committed
        var result = await work(context, cancel);
        await transaction.CommitAsync(cancel);
        return result;
    }

    private static NpgsqlDataSource MakeSource(string connectionString)
    {
        try
        {
            var builder = new NpgsqlConnectionStringBuilder(connectionString);
            return string.IsNullOrEmpty(builder.Host) ? throw new ArgumentException("it names no Host") : NpgsqlDataSource.Create(builder);
        }
        catch (Exception fault) when (fault is ArgumentException or FormatException or KeyNotFoundException)
        {
            // The text itself may hold a password and is not shown.
            throw new InvalidOperationException($"Cases:Postgres:ConnectionString cannot be used: {fault.Message}. It is like Host=db;Database=detector;Username=detector;Password=…", fault);
        }
    }

    private static bool IsAway(Exception fault) => fault is NpgsqlException and not PostgresException || fault is PostgresException { IsTransient: true } or TimeoutException;
}
