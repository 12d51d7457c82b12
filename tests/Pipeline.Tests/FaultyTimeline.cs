// SPDX-License-Identifier: Apache-2.0
using System.Collections.Concurrent;
using Detector.Metering;
using Detector.Timeline;

namespace Detector.Pipeline.Tests;

/// <summary>A timeline that fails on command: before a write, or after it is durable.</summary>
internal sealed class FaultyTimeline(ITimeline inner) : ITimeline
{
    /// <summary>Writes that find the store away, before anything is written.</summary>
    public int Away { get; set; }

    /// <summary>Writes whose answer is lost: everything is written, and the process dies.</summary>
    public int DiesAfterWrite { get; set; }

    /// <summary>What a write waits for before anything is written.</summary>
    public Task Held { get; set; } = Task.CompletedTask;

    /// <summary>The first journal position of each write so far.</summary>
    public ConcurrentQueue<long> Writes { get; } = new();

    /// <summary>Reads of many meters that find the store away.</summary>
    public int ReadsAway { get; set; }

    /// <summary>Reads of many meters so far.</summary>
    public int ReadsOfMany { get; private set; }

    public string Kind => inner.Kind;

    public async Task<WriteOutcome> WriteAsync(ReadOnlyMemory<ArrivedReading> batch, CancellationToken cancel)
    {
        Writes.Enqueue(batch.Span[0].Position);
        await Held.WaitAsync(cancel);
        if (Away-- > 0)
        {
            throw new TimelineUnavailableException("away for a test");
        }

        var outcome = await inner.WriteAsync(batch, cancel);
        return DiesAfterWrite-- > 0 ? throw new PowerCutException() : outcome;
    }

    public IAsyncEnumerable<Reading> ReadAsync(MeterId meter, TimeRange range, CancellationToken cancel) => inner.ReadAsync(meter, range, cancel);

    public IAsyncEnumerable<ReadingColumns> ReadManyAsync(IReadOnlyCollection<MeterId> meters, TimeRange range, CancellationToken cancel)
    {
        ReadsOfMany++;
        return ReadsAway-- > 0 ? throw new TimelineUnavailableException("away for a test") : inner.ReadManyAsync(meters, range, cancel);
    }

    public Task<IReadOnlyDictionary<MeterId, DateTimeOffset>> LatestAsync(CancellationToken cancel) => inner.LatestAsync(cancel);

    public Task<TimeRange?> ExtentAsync(MeterId meter, CancellationToken cancel) => inner.ExtentAsync(meter, cancel);

    public Task<IReadOnlyList<MeterId>> MetersAsync(CancellationToken cancel) => inner.MetersAsync(cancel);

    public Task<long> CountAsync(CancellationToken cancel) => inner.CountAsync(cancel);

    public Task ProbeAsync(CancellationToken cancel) => inner.ProbeAsync(cancel);

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}

/// <summary>Stands for the end of the process at this very place.</summary>
internal sealed class PowerCutException : Exception;
