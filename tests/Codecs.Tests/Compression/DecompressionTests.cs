// SPDX-License-Identifier: Apache-2.0
using System.IO.Compression;
using System.Text;

namespace Detector.Codecs.Compression;

/// <summary>Packed payloads of any codec, and packed payloads that are not what they say.</summary>
internal sealed class DecompressionTests
{
    private static readonly string[] Kinds = ["gzip", "zstd"];
    private readonly ReadingBuffer _readings = new();

    [SetUp]
    public void Clear() => _readings.Clear();

    [Test]
    public void Packed_examples_of_every_codec_decode_as_the_plain_ones([ValueSource(nameof(Kinds))] string kind, [ValueSource(typeof(Bench), nameof(Bench.CodecNames))] string codec)
    {
        foreach (var example in Bench.Examples(codec).Where(e => e.Payload.Length > 0))
        {
            _readings.Clear();
            var plain = example.Decode(example.Payload, _readings);
            var expected = _readings.Span.ToArray();
            _readings.Clear();
            var packed = example.Decode(Pack(kind, example.Payload), _readings);
            Assert.That((packed.Kind, packed.AtByte, packed.Count), Is.EqualTo((plain.Kind, plain.AtByte, plain.Count)), $"{example}: {packed}");
            Assert.That(_readings.Span.ToArray(), Is.EqualTo(expected), example.Name);
        }
    }

    [TestCaseSource(nameof(Kinds))]
    public void Cut_payload_is_rejected_at_every_length(string kind)
    {
        var packed = Pack(kind, "[{\"ts\":0,\"kw\":1},{\"ts\":1,\"kw\":2}]"u8);
        for (var length = 5; length < packed.Length; length++)
        {
            var result = Bench.Decode("json", packed.AsSpan(0, length), _readings);
            Assert.That(result.IsDecoded, Is.False, $"{length} of {packed.Length}");
            // Of a cut checksum the library says that it is wrong.
            var isOfChecksum = kind == "zstd" && length >= packed.Length - 4;
            Assert.That(result.Kind, Is.EqualTo(isOfChecksum ? RejectKind.Malformed : RejectKind.Truncated), $"{length} of {packed.Length}: {result}");
        }
    }

    [TestCaseSource(nameof(Kinds))]
    public void Bomb_is_stopped_at_the_limit(string kind)
    {
        var bomb = Pack(kind, new byte[64 << 20]);
        Assert.That(bomb, Has.Length.LessThan(1 << 20));
        var before = GC.GetAllocatedBytesForCurrentThread();
        var result = Bench.Decode("json", bomb, _readings);
        Assert.That(result.Kind, Is.EqualTo(RejectKind.TooLarge), result.ToString());
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(32 << 20));
    }

    [TestCaseSource(nameof(Kinds))]
    public void Damaged_bytes_give_an_answer_and_no_reading_of_theirs(string kind)
    {
        var packed = Pack(kind, Encoding.UTF8.GetBytes("[" + string.Join(',', Enumerable.Range(0, 200).Select(i => $"{{\"ts\":{i},\"kw\":{i}}}")) + "]"));
        var random = new Random(20260101);
        for (var i = 0; i < 3000; i++)
        {
            var damaged = (byte[])packed.Clone();
            damaged[random.Next(4, damaged.Length)] ^= (byte)(1 << random.Next(8));
            _readings.Clear();
            var result = Bench.Decode("json", damaged, _readings);
            Assert.That(result.IsDecoded || (_readings.Count == 0 && result.Reason is { Length: > 0 }), Is.True, result.ToString());
        }
    }

    [Test]
    public void Mapping_may_say_how_a_payload_is_packed_or_that_it_is_not()
    {
        var none = new MessageDecoder(CodecCatalog.Default(), [new TopicMapping { Compression = "none" }]);
        var gzip = new MessageDecoder(CodecCatalog.Default(), [new TopicMapping { Compression = "gzip" }]);
        var packed = Pack("gzip", "{\"kw\":1}"u8);
        Assert.That(none.Decode("meters/m"u8, packed, Bench.Arrival, _readings).Kind, Is.EqualTo(RejectKind.Malformed));
        Assert.That(gzip.Decode("meters/m"u8, packed, Bench.Arrival, _readings).IsDecoded, Is.True);
        Assert.That(gzip.Decode("meters/m"u8, "{\"kw\":1}"u8, Bench.Arrival, _readings).Kind, Is.EqualTo(RejectKind.Malformed));
    }

    [Test]
    public void Place_of_a_fault_is_counted_in_the_unpacked_payload()
    {
        var result = Bench.Decode("json", Pack("zstd", Encoding.UTF8.GetBytes(new string(' ', 500) + "{\"kw\":\"1\"}")), _readings);
        Assert.That(result.AtByte, Is.EqualTo(506));
        Assert.That(result.Reason, Does.Contain("unpacked"));
    }

    private static byte[] Pack(string kind, ReadOnlySpan<byte> payload)
    {
        if (kind == "zstd")
        {
            using var compressor = new ZstdSharp.Compressor();
            compressor.SetParameter(ZstdSharp.Unsafe.ZSTD_cParameter.ZSTD_c_checksumFlag, 1);
            return compressor.Wrap(payload).ToArray();
        }

        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(payload);
        }

        return packed.ToArray();
    }
}
