// SPDX-License-Identifier: Apache-2.0
using Detector.Journal;

namespace Detector.Pipeline;

/// <summary>The relay's book as another process sees it: for the command line, while a service may be running or not.</summary>
public sealed class Book : IDisposable
{
    private readonly RelayStore _store;
    private readonly string _journalFolder;

    private Book(RelayStore store, string journalFolder)
    {
        _store = store;
        _journalFolder = journalFolder;
    }

    /// <summary>Opens the book in a data folder; null where there is none yet.</summary>
    public static Book? Open(string dataFolder, string journalFolder)
    {
        var path = Path.Combine(dataFolder, PipelineRegistration.BookName);
        return File.Exists(path) ? new Book(RelayStore.Open(path), journalFolder) : null;
    }

    /// <summary>The account, as last committed, with what waits in the journal.</summary>
    public LedgerSnapshot Snapshot()
    {
        var (position, counts) = _store.Committed;
        return counts.WithPending(Math.Max(0, (JournalInspection.Look(_journalFolder)?.LastSequence ?? 0) - position));
    }

    /// <summary>Letters and readings that are kept, counted row by row.</summary>
    public (long DeadLetters, long Quarantined) Recount() => _store.Recount();

    /// <summary>Open letters, oldest first.</summary>
    public IReadOnlyList<DeadLetter> DeadLetters(long after, int limit) => _store.DeadLetters("open", after, limit);

    /// <summary>One letter.</summary>
    public DeadLetter? DeadLetter(long id) => _store.DeadLetter(id);

    /// <summary>Readings in quarantine.</summary>
    public IReadOnlyList<QuarantinedReading> Quarantine(long after, int limit) => _store.Quarantine(after, limit);

    /// <summary>Asks the running service to replay letters; null means all open ones. Returns how many were asked for.</summary>
    public int RequestReplay(IReadOnlyCollection<long>? ids) => _store.RequestReplay(ids);

    /// <summary>Asks the running service to judge readings in quarantine again. Returns the ids of those asked for.</summary>
    public IReadOnlyList<long> RequestRelease(QuarantineChoice choice, string by) => _store.RequestRelease(choice, by);

    /// <summary>How many of these readings were let go from quarantine.</summary>
    public long CountReleased(IReadOnlyCollection<long> ids) => _store.CountReleased(ids);

    /// <summary>Whether the running service still has requests to serve.</summary>
    public bool HasRequests() => _store.HasRequests();

    /// <summary>What codecs remember of sources, as last committed.</summary>
    public IReadOnlyList<Codecs.SourceRecord> Sources() => _store.Sources();

    /// <inheritdoc />
    public void Dispose() => _store.Dispose();
}
