// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Timeline;

/// <summary>A reading together with the journal position of the message that brought it.</summary>
/// <param name="Reading">The reading.</param>
/// <param name="Position">
/// Sequence number of the journal record, over zero. It is stored with the reading, so that writing the same arrival
/// again after a crash is recognised as the same arrival, not as a duplicate.
/// </param>
/// <param name="Index">Place of the reading in its message, from 0: one message may hold the same time twice.</param>
public readonly record struct ArrivedReading(Reading Reading, long Position, int Index);

/// <summary>What became of one reading of a batch.</summary>
public enum WriteResult : byte
{
    /// <summary>It is in the store and durable, written now or by an earlier attempt of the same arrival, or laid beside other quantities that the store held of its meter and time.</summary>
    Stored = 1,

    /// <summary>The store already holds all that it says of this meter and time, from another arrival.</summary>
    Duplicate = 2,

    /// <summary>The store holds this meter and time with other values; the stored one stays.</summary>
    Conflict = 3,

    /// <summary>The store refuses this reading for ever; <see cref="WriteOutcome.Refusals"/> says why.</summary>
    Refused = 4,

    /// <summary>The readings of this time have expired, so nobody can tell any more whether it was stored: it is not written.</summary>
    Expired = 5,
}

/// <summary>What became of a batch, by index: every reading has exactly one result.</summary>
/// <param name="Results">One result a reading, in the order of the batch.</param>
/// <param name="Refusals">Why, for each refused index.</param>
public sealed record WriteOutcome(WriteResult[] Results, IReadOnlyDictionary<int, string> Refusals);

/// <summary>The store did not answer in time, after retries: nothing of the batch may be assumed. Temporary.</summary>
public sealed class TimelineUnavailableException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>Readings over time, idempotent by meter and time.</summary>
/// <remarks>
/// One writer at a time (the relay); any number of readers. A write returns only when what it calls stored is durable.
/// A write that cannot reach its store retries, and ends in <see cref="TimelineUnavailableException"/>; repeating the
/// batch is always safe.
/// </remarks>
public interface ITimeline : IAsyncDisposable
{
    /// <summary>Name of the kind, such as <c>duckdb</c>.</summary>
    string Kind { get; }

    /// <summary>Lets readings expire and keeps hours and days of them; null where this kind of store cannot.</summary>
    IRetention? Retention => null;

    /// <summary>Writes a batch and says what became of each reading.</summary>
    Task<WriteOutcome> WriteAsync(ReadOnlyMemory<ArrivedReading> batch, CancellationToken cancel);

    /// <summary>A meter's readings in a range, in order of time.</summary>
    IAsyncEnumerable<Reading> ReadAsync(MeterId meter, TimeRange range, CancellationToken cancel);

    /// <summary>Readings of many meters in a range, by column: one meter after another, each whole and in order of time; a meter that has none is left out.</summary>
    /// <remarks>A pass over the range serves many meters, and a bounded number of readings is held at a time: for judging, not for looking at one meter.</remarks>
    IAsyncEnumerable<ReadingColumns> ReadManyAsync(IReadOnlyCollection<MeterId> meters, TimeRange range, CancellationToken cancel);

    /// <summary>Time of a meter's first and last reading, or of the first hour or day that is kept of expired ones; null where it has none.</summary>
    Task<TimeRange?> ExtentAsync(MeterId meter, CancellationToken cancel);

    /// <summary>Time of the last reading of every meter that has readings, asked in one go.</summary>
    Task<IReadOnlyDictionary<MeterId, DateTimeOffset>> LatestAsync(CancellationToken cancel);

    /// <summary>Every meter that has readings, in ordinal order.</summary>
    Task<IReadOnlyList<MeterId>> MetersAsync(CancellationToken cancel);

    /// <summary>How many readings the store holds in all.</summary>
    Task<long> CountAsync(CancellationToken cancel);

    /// <summary>Throws <see cref="TimelineUnavailableException"/> where the store cannot be reached now.</summary>
    Task ProbeAsync(CancellationToken cancel);
}
