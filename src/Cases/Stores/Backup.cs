// SPDX-License-Identifier: Apache-2.0
using Detector.Cases.Audit;
using Detector.Cases.Stores.Relational;
using Detector.Cases.Stores.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Detector.Cases.Stores;

/// <summary>What a copy holds.</summary>
/// <param name="Cases">Cases.</param>
/// <param name="Links">Links of the audit chain.</param>
/// <param name="Audit">State of the chain in the copy, verified after it was made.</param>
public sealed record CopyState(int Cases, long Links, AuditState Audit);

/// <summary>Backup of a desk's store into one SQLite file, whatever the store is, and restoring it into an empty one: so cases also move from one kind of store to another.</summary>
public static class Backup
{
    private const int Page = 2000;

    /// <summary>Copies the store into a new file, from one consistent view while others go on writing, and verifies the copy.</summary>
    /// <exception cref="IOException">There is such a file already.</exception>
    public static async Task<CopyState> SaveAsync(CaseDesk desk, string file, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(desk);
        if (File.Exists(file))
        {
            throw new IOException($"{file} exists; a backup is never written over another.");
        }

        // Beside it first: what bears the name is whole.
        var unfinished = file + ".part";
        File.Delete(unfinished);
        CopyState state;
        await using (var copy = await SqliteCaseStore.OpenAsync(unfinished, cancel))
        {
            await Relational(desk).ReadRowsAsync((from, stop) => CopyAsync(from, copy, stop), cancel);
            state = await StateAsync(copy, cancel);
        }

        File.Move(unfinished, file);
        return state;
    }

    /// <summary>Copies a backup into a desk's empty store and verifies it there.</summary>
    /// <exception cref="InvalidDataException">The store is not empty, or the backup's audit chain is broken; nothing is then written.</exception>
    public static async Task<CopyState> RestoreAsync(CaseDesk desk, string file, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(desk);
        if (!File.Exists(file))
        {
            throw new FileNotFoundException($"There is no file {file}.", file);
        }

        await using var backup = await SqliteCaseStore.OpenAsync(file, cancel);
        if ((await StateAsync(backup, cancel)).Audit.FirstFault is { } fault)
        {
            throw new InvalidDataException($"The backup's audit chain is broken at {fault.Sequence}: {fault.Text}");
        }

        var store = Relational(desk);
        if (await store.ReadRowsAsync((context, stop) => context.Audit.AnyAsync(stop), cancel))
        {
            throw new InvalidDataException("The store holds cases already; a backup is restored into an empty one.");
        }

        await backup.ReadRowsAsync((from, stop) => CopyAsync(from, store, stop), cancel);
        return await StateAsync(store, cancel);
    }

    private static RelationalStore Relational(CaseDesk desk) =>
        desk.Store as RelationalStore ?? throw new InvalidOperationException("This store cannot be copied.");

    private static async Task<CopyState> StateAsync(RelationalStore store, CancellationToken cancel) => await store.ReadRowsAsync(
        async (context, stop) =>
        {
            var audit = await AuditVerifier.VerifyAsync(new RelationalReader(context), null, stop);
            return new CopyState(await context.Cases.CountAsync(stop), audit.Rows, audit);
        },
        cancel);

    private static Task<bool> CopyAsync(CasesContext from, RelationalStore store, CancellationToken cancel) => store.WriteRowsAsync(
        async (to, stop) =>
        {
            await CopyAsync(from.Verdicts.OrderBy(r => r.Sequence), to, stop);
            await CopyAsync(from.Cases.OrderBy(r => r.Number), to, stop);
            await CopyAsync(from.Events.OrderBy(r => r.Sequence), to, stop);
            await CopyAsync(from.Evidence.OrderBy(r => r.CaseNumber).ThenBy(r => r.EvidenceVersion), to, stop);
            await CopyAsync(from.Meters.OrderBy(r => r.Meter), to, stop);
            await CopyAsync(from.Sites.OrderBy(r => r.Site), to, stop);
            await CopyAsync(from.Audit.OrderBy(r => r.Sequence), to, stop);
            await CopyAsync(from.AuditHead.OrderBy(r => r.Id), to, stop);
            await CopyAsync(from.Outbox.OrderBy(r => r.Sequence), to, stop);
            await CopyAsync(from.Answers.OrderBy(r => r.At), to, stop);
            await CopyAsync(from.Webhooks.OrderBy(r => r.Endpoint), to, stop);
            await CopyAsync(from.Parked.OrderBy(r => r.Sequence), to, stop);
            await CopyAsync(from.Attachments.OrderBy(r => r.Sequence), to, stop, page: 1);
            return true;
        },
        cancel);

    private static async Task CopyAsync<T>(IQueryable<T> rows, CasesContext to, CancellationToken cancel, int page = Page)
        where T : class
    {
        var waiting = 0;
        await foreach (var row in rows.AsNoTracking().AsAsyncEnumerable().WithCancellation(cancel))
        {
            to.Add(row);
            if (++waiting == page)
            {
                await FlushAsync(to, cancel);
                waiting = 0;
            }
        }

        await FlushAsync(to, cancel);
    }

    private static async Task FlushAsync(CasesContext to, CancellationToken cancel)
    {
        await to.SaveChangesAsync(cancel);
        to.ChangeTracker.Clear();
    }
}
