// SPDX-License-Identifier: Apache-2.0
using System.Buffers;
using Detector.Testing;

namespace Detector.Journal.Tests;

/// <summary>Stored bytes are frozen: these may grow by further versions, never change. Drawn in docs/formats/journal.md.</summary>
public sealed class FormatTests
{
    private static readonly DateTimeOffset Arrival = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddTicks(1);

    [Test]
    public void Record_bytes_are_frozen()
    {
        var bytes = new byte[RecordFormat.HeaderBytes + 3];
        RecordFormat.Write(bytes, 258, 2, Arrival, "m"u8, new ReadOnlySequence<byte>([0xAA, 0xBB]));
        Assert.That(Convert.ToHexString(bytes), Is.EqualTo(
            GoldenRecord));
    }

    [Test]
    public void Segment_header_and_cursor_bytes_are_frozen()
    {
        Assert.That(Convert.ToHexString(SegmentHeader.Make(258, Arrival)), Is.EqualTo(GoldenHeader));
        Assert.That(Convert.ToHexString(CursorFile.Make(258, Arrival)), Is.EqualTo(GoldenCursor));
        Assert.That(SegmentHeader.NameOf(258), Is.EqualTo("00000000000000000258.journal"));
    }

    [Test]
    public void A_frozen_record_is_read_back()
    {
        var state = RecordFormat.Examine(Convert.FromHexString(GoldenRecord), out var head);
        Assert.That((state, head), Is.EqualTo((RecordState.Whole, new RecordHead(35, 258, 2, Arrival, 1))));
    }

    [Test]
    public void Zero_bytes_are_no_record()
    {
        Assert.That(RecordFormat.Examine(new byte[100], out _), Is.EqualTo(RecordState.Damaged));
    }

    [Test]
    public void Faulty_options_are_reported_all_at_once_by_name_value_and_range()
    {
        var options = new JournalOptions { Folder = string.Empty, SegmentBytes = 512, MaxRecordBytes = 1 };
        Assert.That(OptionFaults.Of(options, "Journal"), Is.EqualTo(new[]
        {
            "Journal:Folder is empty; it must be set.",
            "Journal:SegmentBytes is 512; it must be from 65536 to 268435456.",
            "Journal:MaxRecordBytes is 1; it must be from 1024 to 67108864.",
        }));
        Assert.That(() => Fixture.Open(options), Throws.ArgumentException);
    }

    [Test]
    public void Options_that_contradict_each_other_are_refused()
    {
        var options = new JournalOptions { Folder = "x", BufferBytes = 1 << 20, MaxBytes = 1 << 20 };
        Assert.That(OptionFaults.Of(options, "Journal"), Has.Count.EqualTo(2).And.Some.Contain("Journal:BufferBytes").And.Some.Contain("Journal:MaxBytes"));
    }

    [Test]
    public void Defaults_are_valid_and_as_documented()
    {
        var options = new JournalOptions { Folder = "x" };
        Assert.That(OptionFaults.Of(options, "Journal"), Is.Empty);
        Assert.That((options.SegmentBytes, options.MaxBytes, options.BufferBytes, options.MaxRecordBytes), Is.EqualTo((64 << 20, 8L << 30, 16 << 20, 4 << 20)));
    }

    [Test]
    public async Task Inspection_looks_while_the_owner_writes_and_changes_nothing()
    {
        using var folder = new TemporaryFolder();
        Assert.That(JournalInspection.Look(folder.In("absent")), Is.Null);
        await using var journal = Fixture.Open(folder.Path);
        for (var i = 0; i < 30; i++)
        {
            await journal.KeepAsync("t", new byte[5_000]);
        }

        await journal.OpenCursor("relay").MoveAsync(20, default);
        var seen = JournalInspection.Look(folder.Path)!;
        Assert.That((seen.FirstSequence, seen.LastSequence, seen.Segments, seen.Bytes), Is.EqualTo((14L, 30L, 2, journal.RetainedBytes)));
        Assert.That(seen.Cursors, Is.EqualTo(new Dictionary<string, long> { ["relay"] = 20 }));
        Assert.That(await journal.KeepAsync("t", []), Is.EqualTo(31));
    }

    private const string GoldenRecord = "60DF4FFC230000000201000000000000018042BDD2C83E0002000000010001006DAABB";
    private const string GoldenHeader = "4445544A524E4C310201000000000000018042BDD2C83E0000000000FF613356";
    private const string GoldenCursor = "44455443555253310201000000000000018042BDD2C83E0000000000C963519A";
}
