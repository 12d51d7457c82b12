// SPDX-License-Identifier: Apache-2.0
namespace Detector.Cases.Stores.Relational;

/// <summary>A store whose rows are those of <see cref="CasesContext"/>, in any relational database.</summary>
internal abstract class RelationalStore : ICaseStore
{
    /// <summary>Writers of this process take turns here, fairly and without polling the database.</summary>
    private readonly SemaphoreSlim _oneWriter = new(1, 1);
    private string? _refusal;

    /// <inheritdoc />
    public string? Refusal => Volatile.Read(ref _refusal);

    /// <inheritdoc />
    public Task<T> WriteAsync<T>(Func<ICaseWriter, CancellationToken, Task<T>> work, CancellationToken cancel) =>
        NotedAsync(WriteRowsAsync((context, stop) => work(new RelationalWriter(context), stop), cancel));

    /// <inheritdoc />
    public Task<T> ReadAsync<T>(Func<ICaseReader, CancellationToken, Task<T>> work, CancellationToken cancel) =>
        NotedAsync(ReadRowsAsync((context, stop) => work(new RelationalReader(context), stop), cancel));

    /// <summary>Runs work on the rows in one transaction that excludes every other writer.</summary>
    public async Task<T> WriteRowsAsync<T>(Func<CasesContext, CancellationToken, Task<T>> work, CancellationToken cancel)
    {
        await _oneWriter.WaitAsync(cancel);
        try
        {
            return await TransactAsync(work, cancel);
        }
        finally
        {
            _oneWriter.Release();
        }
    }

    /// <summary>Runs work on one consistent view of the rows while others write.</summary>
    public abstract Task<T> ReadRowsAsync<T>(Func<CasesContext, CancellationToken, Task<T>> work, CancellationToken cancel);

    /// <inheritdoc />
    public virtual ValueTask DisposeAsync()
    {
        _oneWriter.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Runs work in a transaction that waits for the writers of other processes, and commits it.</summary>
    protected abstract Task<T> TransactAsync<T>(Func<CasesContext, CancellationToken, Task<T>> work, CancellationToken cancel);

    /// <summary>Notes whether the database took the work.</summary>
    private async Task<T> NotedAsync<T>(Task<T> work)
    {
        try
        {
            var result = await work;
            Volatile.Write(ref _refusal, null);
            return result;
        }
        catch (Exception fault) when (StoreRefusal.IsTemporary(fault))
        {
            Volatile.Write(ref _refusal, fault.GetBaseException().Message);
            throw;
        }
    }
}
