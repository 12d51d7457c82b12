// SPDX-License-Identifier: Apache-2.0
using Microsoft.Extensions.Logging;

namespace Detector.Journal;

/// <summary>The one thread that writes: takes whatever has gathered, writes and flushes it as one, and tries again while the disk refuses.</summary>
/// <remarks>A thread of its own, because a flush blocks for milliseconds and must not hold up the thread pool of a small machine.</remarks>
internal sealed class Flusher : IDisposable
{
    private readonly CommitQueue _queue;
    private readonly SegmentStore _store;
    private readonly JournalOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Metrics _metrics;
    private readonly ManualResetEventSlim _pauseOver = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _stopping;

    public Flusher(CommitQueue queue, SegmentStore store, JournalOptions options, TimeProvider time, ILogger logger, Metrics metrics)
    {
        _queue = queue;
        _store = store;
        _options = options;
        _time = time;
        _logger = logger;
        _metrics = metrics;
        new Thread(Run) { IsBackground = true, Name = "journal flusher" }.Start();
    }

    /// <summary>Writes what is at hand, then ends; where the disk refuses, after one attempt.</summary>
    public Task StopAsync()
    {
        _stopping = true;
        _pauseOver.Set();
        _queue.Work.Release();
        return _ended.Task;
    }

    /// <summary>After <see cref="StopAsync"/> has ended.</summary>
    public void Dispose() => _pauseOver.Dispose();

    private void Run()
    {
        try
        {
            var refused = false;
            while (!refused)
            {
                _queue.Work.Wait();
                if (_queue.Take() is { } group)
                {
                    refused = !Commit(group);
                }
                else if (_stopping)
                {
                    break;
                }
            }

            _ended.TrySetResult();
        }
        catch (Exception fault)
        {
            // A fault of ours, not of the disk: the component stops, and no one is told that a flush covers anything.
            Log.Stopped(_logger, fault);
            _queue.Close();
            _queue.Failed(fault);
            _ended.TrySetResult();
        }
    }

    /// <summary>False where the journal is closing and the disk refuses.</summary>
    private bool Commit(CommitGroup group)
    {
        var pause = TimeSpan.FromMilliseconds(_options.RetryFromMilliseconds);
        for (var attempts = 0; ; attempts++)
        {
            try
            {
                var started = _time.GetTimestamp();
                var (records, bytes) = (group.Count, group.Length);
                using var activity = _queue.Traces.Continue(ArrivalTraces.Source, "journal.flush", group.First, group.Last);
                activity?.SetTag("detector.bytes", bytes);
                _store.Append(group);
                _metrics.Flushed(records, bytes, _time.GetElapsedTime(started));
                _queue.Succeeded(group);
                if (attempts > 0)
                {
                    Log.Resumed(_logger, attempts);
                }

                return true;
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                _metrics.Refused();
                if (attempts == 0)
                {
                    Log.Refused(_logger, fault, group.Count);
                }

                _queue.Failed(fault);
            }

            if (_stopping)
            {
                return false;
            }

            Pause(pause);
            pause = TimeSpan.FromMilliseconds(Math.Min(2 * pause.TotalMilliseconds, _options.RetryUpToMilliseconds));
        }
    }

    private void Pause(TimeSpan pause)
    {
        _pauseOver.Reset();
        if (_stopping)
        {
            return;
        }

        using var timer = _time.CreateTimer(_ => _pauseOver.Set(), null, pause, Timeout.InfiniteTimeSpan);
        _pauseOver.Wait();
    }
}
