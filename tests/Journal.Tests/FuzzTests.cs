// SPDX-License-Identifier: Apache-2.0
using System.Text;
using Detector.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Win32.SafeHandles;

namespace Detector.Journal.Tests;

/// <summary>Whatever a journal's last segment and cursor hold, recovery answers: what it keeps was written, in order, and nothing is read that was not.</summary>
/// <remarks>A thousand segments in every run; a million by <c>./dev fuzz</c>. Flushes are left out, because no power goes off here.</remarks>
public sealed class FuzzTests
{
    private const int Records = 24;
    private const int FirstOfLast = 9; // the last segment begins with this record
    private const long MostAllocatedBytes = 4 << 20;

    [Test]
    public async Task Harmed_segments_and_cursors_give_an_answer_and_never_a_record_that_was_not_written()
    {
        var inputs = Fuzzing.Inputs(everyday: 1_000);
        var random = new Random(Fuzzing.Seed);
        var (earlier, whole) = await SegmentsAsync(random);
        var outcomes = Run(inputs, random, earlier, whole);
        await TestContext.Out.WriteLineAsync($"journal: {inputs} inputs of seed {Fuzzing.Seed}: {string.Join(", ", outcomes.Select(o => $"{o.Value} {o.Key}"))}");
        Assert.That(outcomes.Values, Has.All.GreaterThan(0));
    }

    private static Dictionary<string, long> Run(int inputs, Random random, byte[] earlier, byte[] whole)
    {
        using var folder = new TemporaryFolder();
        var outcomes = new Dictionary<string, long> { ["refused"] = 0, ["recovered"] = 0, ["begun anew"] = 0 };
        for (var i = 0; i < inputs; i++)
        {
            var harmed = Harm(whole, random);
            var path = folder.In(SegmentHeader.NameOf(FirstOfLast));
            File.WriteAllBytes(folder.In(SegmentHeader.NameOf(1)), earlier); // recovery may have dropped it
            File.WriteAllBytes(path, harmed);
            long[] cursors = random.Next(3) == 0 ? [random.NextInt64(Records + 3)] : [];
            var before = GC.GetAllocatedBytesForCurrentThread();
            outcomes[Recover(folder, harmed, cursors)]++;
            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.That(allocated, Is.LessThan(MostAllocatedBytes), () => Shown(harmed, cursors));
            File.Delete(path); // recovery may have made the next one elsewhere
        }

        return outcomes;
    }

    private static string Recover(TemporaryFolder folder, byte[] harmed, long[] cursors)
    {
        var recovery = new Recovery(Fixture.Small(folder.Path), new UnflushedDisk(), NullLogger.Instance, cursors);
        try
        {
            recovery.Run();
        }
        catch (JournalDamagedException)
        {
            return "refused";
        }

        if (recovery.Segments.Count == 0)
        {
            Assert.That(cursors.Min(), Is.LessThan(recovery.NextSequence), () => Shown(harmed, cursors));
            return "begun anew";
        }

        var expected = recovery.Segments[0].First;
        foreach (var segment in recovery.Segments)
        {
            using var scanner = new SegmentScanner(segment.Path, segment.First);
            while (scanner.Read(segment.Length, 1 << 20) is { Count: > 0 } batch)
            {
                foreach (var record in batch)
                {
                    var isWritten = record.Sequence == expected && Encoding.UTF8.GetString(record.Topic.Span) == TopicOf(expected) && record.Payload.Span.SequenceEqual(PayloadOf(expected));
                    Assert.That(isWritten, Is.True, () => $"record {record.Sequence} at {expected}: {Shown(harmed, cursors)}");
                    expected++;
                }
            }

            Assert.That(scanner.Offset, Is.EqualTo(segment.Length), () => Shown(harmed, cursors));
        }

        Assert.That(recovery.NextSequence, Is.EqualTo(expected).And.GreaterThan(cursors.DefaultIfEmpty(0).Max()), () => Shown(harmed, cursors));
        return "recovered";
    }

    private static async Task<(byte[] Earlier, byte[] Last)> SegmentsAsync(Random random)
    {
        return (await OneAsync(1, FirstOfLast - 1), await OneAsync(FirstOfLast, Records));

        // A journal that begins at a number is one whose cursor has passed those before.
        async Task<byte[]> OneAsync(int first, int last)
        {
            using var folder = new TemporaryFolder();
            if (first > 1)
            {
                await File.WriteAllBytesAsync(folder.In("relay" + CursorFile.Extension), CursorFile.Make(first - 1, Fixture.Noon));
            }

            await using (var journal = Fixture.Open(folder.Path))
            {
                for (var i = first; i <= last; i++)
                {
                    var sequence = await journal.AppendAsync(TopicOf(i), PayloadOf(i));
                    await (i == last || random.Next(3) == 0 ? journal.FlushedAsync(sequence, default) : ValueTask.CompletedTask);
                }
            }

            return await File.ReadAllBytesAsync(folder.LastSegment());
        }
    }

    private static string TopicOf(long sequence) => $"meters/{sequence}";

    private static byte[] PayloadOf(long sequence)
    {
        var payload = new byte[sequence * 7 % 60];
        new Random((int)sequence).NextBytes(payload);
        return payload;
    }

    // Cut, flipped, overwritten, moved, repeated: a torn write, a failing disk, a restored copy.
    private static byte[] Harm(byte[] whole, Random random)
    {
        var bytes = new List<byte>(whole);
        for (var harms = random.Next(1, 4); harms > 0 && bytes.Count > 0; harms--)
        {
            var at = random.Next(bytes.Count);
            var length = random.Next(1, Math.Min(bytes.Count - at, 200) + 1);
            switch (random.Next(7))
            {
                case 0:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
                case 1:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 2:
                    bytes.RemoveRange(at, length);
                    break;
                case 3:
                    bytes.InsertRange(random.Next(bytes.Count), bytes.GetRange(at, length));
                    break;
                case 4:
                    bytes.RemoveRange(at, length);
                    bytes.InsertRange(at, new byte[length]); // a page that never reached the disk
                    break;
                case 5:
                    bytes.AddRange(Noise(random, length));
                    break;
                default:
                    var from = random.Next(whole.Length);
                    bytes.AddRange(whole.AsSpan(from, random.Next(1, whole.Length - from + 1)));
                    break;
            }
        }

        return [.. bytes];
    }

    private static byte[] Noise(Random random, int length)
    {
        var noise = new byte[length];
        random.NextBytes(noise);
        return noise;
    }

    private static string Shown(byte[] harmed, long[] cursors) => $"cursors [{string.Join(", ", cursors)}], segment {Convert.ToHexString(harmed)}";

    private sealed class UnflushedDisk : Disk
    {
        public override void Flush(SafeFileHandle file)
        {
        }

        public override void FlushFolder(string folder)
        {
        }
    }
}
