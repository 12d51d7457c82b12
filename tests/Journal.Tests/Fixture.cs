// SPDX-License-Identifier: Apache-2.0
using System.Buffers;
using System.Text;
using Detector.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Win32.SafeHandles;

namespace Detector.Journal.Tests;

/// <summary>What the tests of the journal share.</summary>
internal static class Fixture
{
    public static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Smallest journal that options allow, so that segments and bounds are reached soon.</summary>
    public static JournalOptions Small(string folder) => new()
    {
        Folder = folder,
        SegmentBytes = 1 << 16,
        BufferBytes = 1 << 16,
        MaxBytes = 1 << 18,
        MaxRecordBytes = 1 << 14,
        RetryFromMilliseconds = 1,
        RetryUpToMilliseconds = 5,
    };

    public static ArrivalJournal Open(string folder, Disk? disk = null) => Open(Small(folder), disk);

    public static ArrivalJournal Open(JournalOptions options, Disk? disk = null) =>
        ArrivalJournal.Open(options, disk ?? new Disk(), TimeProvider.System, NullLogger.Instance);

    public static async Task<long> AppendAsync(this ArrivalJournal journal, string topic, byte[] payload, CancellationToken cancel = default) =>
        await journal.AppendAsync(Noon, Encoding.UTF8.GetBytes(topic), new ReadOnlySequence<byte>(payload), cancel);

    public static async Task<long> KeepAsync(this ArrivalJournal journal, string topic, byte[] payload)
    {
        var sequence = await journal.AppendAsync(topic, payload);
        await journal.FlushedAsync(sequence, default);
        return sequence;
    }

    /// <summary>Everything durable, copied.</summary>
    public static List<(long Sequence, string Topic, byte[] Payload)> All(this ArrivalJournal journal, long after = 0, int maxBytes = 1 << 16)
    {
        var records = new List<(long, string, byte[])>();
        using var reader = journal.Read(after);
        while (reader.TryRead(maxBytes, out var batch))
        {
            foreach (var record in batch)
            {
                records.Add((record.Sequence, Encoding.UTF8.GetString(record.Topic.Span), record.Payload.ToArray()));
            }
        }

        return records;
    }

    /// <summary>The folder's files as a power cut would leave them, in a folder of their own.</summary>
    public static void CopyTo(this TemporaryFolder from, TemporaryFolder to)
    {
        foreach (var file in Directory.EnumerateFiles(from.Path).Where(file => Path.GetFileName(file) != "lock"))
        {
            using var source = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var target = File.Create(to.In(Path.GetFileName(file)));
            source.CopyTo(target);
        }
    }

    public static string LastSegment(this TemporaryFolder folder) => Directory.GetFiles(folder.Path, "*.journal").Order(StringComparer.Ordinal).Last();
}

/// <summary>A disk whose flush can be held back and that can refuse.</summary>
internal sealed class TestDisk : Disk
{
    private readonly ManualResetEventSlim _flushing = new();
    private readonly ManualResetEventSlim _gate = new(true);

    public volatile bool Full;
    public volatile bool FlushFails;

    public void Hold()
    {
        _flushing.Reset();
        _gate.Reset();
    }

    public void LetGo() => _gate.Set();

    /// <summary>Returns when a flush is under way.</summary>
    public void AwaitFlush() => _flushing.Wait();

    public override void Write(SafeFileHandle file, ReadOnlySpan<byte> bytes, long offset)
    {
        if (Full)
        {
            base.Write(file, bytes[..(bytes.Length / 2)], offset);
            throw new IOException("No space left on device");
        }

        base.Write(file, bytes, offset);
    }

    public override void Flush(SafeFileHandle file)
    {
        _flushing.Set();
        _gate.Wait();
        if (FlushFails)
        {
            throw new IOException("Input/output error");
        }

        base.Flush(file);
    }
}
