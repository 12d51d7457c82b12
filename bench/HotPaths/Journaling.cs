// SPDX-License-Identifier: Apache-2.0
using System.Buffers;
using BenchmarkDotNet.Attributes;
using Detector.Journal;
using Detector.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Detector.Bench.HotPaths;

/// <summary>Append and flush: what stands between a message and its acknowledgement.</summary>
public class Journaling
{
    private readonly byte[] _topic = "meters/plant-7"u8.ToArray();
    private readonly ReadOnlySequence<byte> _payload = new(Loads.Json(1, 0));
    private TemporaryFolder? _folder;
    private ArrivalJournal? _journal;
    private JournalCursor? _cursor;

    /// <summary>Messages appended before the flush that covers them is waited for.</summary>
    [Params(1, 1_000)]
    public int Group { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _folder = new TemporaryFolder();
        _journal = ArrivalJournal.Open(new JournalOptions { Folder = _folder.Path }, TimeProvider.System, NullLogger<ArrivalJournal>.Instance);
        _cursor = _journal.OpenCursor("bench");
    }

    [GlobalCleanup]
    public async Task CleanupAsync()
    {
        await _journal!.DisposeAsync();
        _folder!.Dispose();
    }

    [Benchmark]
    public async Task AppendAndFlush()
    {
        var last = 0L;
        for (var i = 0; i < Group; i++)
        {
            last = await _journal!.AppendAsync(Loads.Start, _topic, _payload, CancellationToken.None);
        }

        await _journal!.FlushedAsync(last, CancellationToken.None);
        if (last % (1 << 20) < Group)
        {
            await _cursor!.MoveAsync(last, CancellationToken.None); // so that a long run does not fill the disk
        }
    }
}
