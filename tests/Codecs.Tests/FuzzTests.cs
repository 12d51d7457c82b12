// SPDX-License-Identifier: Apache-2.0
using Detector.Testing;

namespace Detector.Codecs;

/// <summary>Whatever the bytes are, a codec answers, allocates within bounds and leaves nothing behind.</summary>
/// <remarks>Some thousand inputs a codec in every run; a million by <c>./dev fuzz</c>.</remarks>
internal sealed class FuzzTests
{
    // Twenty times the largest payload here would be some 100 KB; what a message may allocate is bounded by the limits on bytes and readings, not by what it claims.
    private const long MostAllocatedBytes = 8 << 20;

    [TestCaseSource(typeof(Bench), nameof(Bench.CodecNames))]
    public void Truncation_at_every_byte_gives_an_answer_and_leaves_nothing_behind(string codec)
    {
        var readings = new ReadingBuffer();
        foreach (var example in Bench.Examples(codec))
        {
            for (var length = 0; length < example.Payload.Length; length++)
            {
                Check(example, example.Payload.AsSpan(0, length), readings);
            }
        }
    }

    [TestCaseSource(typeof(Bench), nameof(Bench.CodecNames))]
    public void Random_and_mutated_bytes_give_an_answer_and_leave_nothing_behind(string codec)
    {
        var examples = Bench.Examples(codec).ToArray();
        var mutator = new Mutator(new Random(Fuzzing.Seed), [.. examples.Select(e => e.Payload)]);
        var readings = new ReadingBuffer();
        var inputs = Fuzzing.Inputs(everyday: 6_000);
        for (var i = 0; i < inputs; i++)
        {
            Check(examples[i % examples.Length], mutator.Next(), readings);
        }

        TestContext.Out.WriteLine($"{codec}: {inputs} inputs of seed {Fuzzing.Seed}");
    }

    [TestCaseSource(typeof(Bench), nameof(Bench.CodecNames))]
    public void Deep_nesting_is_answered_without_running_out_of_stack(string codec)
    {
        var readings = new ReadingBuffer();
        var example = Bench.Examples(codec).First();
        foreach (var opening in new byte[] { (byte)'[', (byte)'{', 0x81, 0x9F, 0xBF, 0x12, 0xC1 })
        {
            var payload = new byte[1 << 20];
            payload.AsSpan().Fill(opening);
            Check(example, payload, readings);
        }
    }

    [TestCase("9000.1e-320", Description = "found by a million inputs")]
    [TestCase("1e-310")]
    public void Energy_of_an_interval_of_next_to_no_length_is_rejected(string seconds)
    {
        var readings = new ReadingBuffer();
        var result = Bench.Decode("json", System.Text.Encoding.UTF8.GetBytes($$"""{"ts":"2026-01-01T00:00:00Z","kwh":2.5,"kind":"interval_energy","interval_s":{{seconds}}}"""), readings);
        Assert.That((result.Kind, readings.Count), Is.EqualTo((RejectKind.OutOfRange, 0)));
    }

    [Test]
    public void Payload_over_the_limit_is_rejected()
    {
        var result = Bench.Decode("json", new byte[MessageDecoder.MaxPayloadBytes + 1], new ReadingBuffer());
        Assert.That(result.Kind, Is.EqualTo(RejectKind.TooLarge));
    }

    private static void Check(Example example, ReadOnlySpan<byte> payload, ReadingBuffer readings)
    {
        readings.Clear();
        readings.Add(default);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var result = example.Decode(payload, readings);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        var holds = result.IsPassedOver ? readings.Count == 1
            : result.IsDecoded ? result.Count > 0 && readings.Count == 1 + result.Count
            : readings.Count == 1 && result.Kind != default && result.Reason is { Length: > 0 } && result.AtByte >= 0 && result.AtByte <= payload.Length;
        if (!holds || allocated > MostAllocatedBytes)
        {
            Assert.Fail($"{result}, {allocated} bytes allocated, of {example.Name}: {Convert.ToHexString(payload[..Math.Min(payload.Length, 4096)])}");
        }

        for (var i = 1; i < readings.Count; i++)
        {
            var reading = readings[i];
            var isSound = !reading.Meter.IsEmpty && !double.IsInfinity(reading.PowerKilowatts) && reading.Time.UtcTicks % TimeSpan.TicksPerMicrosecond == 0;
            if (!isSound)
            {
                Assert.Fail($"{reading} of {Convert.ToHexString(payload)}");
            }
        }
    }
}
