// SPDX-License-Identifier: Apache-2.0
using System.Text;

namespace Detector.Codecs;

/// <summary>Whatever the bytes are, a codec answers.</summary>
internal sealed class RobustnessTests
{
    private const int Inputs = 20_000;

    [TestCaseSource(typeof(Bench), nameof(Bench.CodecNames))]
    public void Truncation_at_every_byte_gives_an_answer_and_leaves_nothing_behind(string codec)
    {
        var readings = new ReadingBuffer();
        foreach (var file in Bench.Examples(codec))
        {
            var payload = File.ReadAllBytes(file);
            for (var length = 0; length < payload.Length; length++)
            {
                Check(codec, payload.AsSpan(0, length), readings);
            }
        }
    }

    [TestCaseSource(typeof(Bench), nameof(Bench.CodecNames))]
    public void Random_and_mutated_bytes_give_an_answer_and_leave_nothing_behind(string codec)
    {
        var random = new Random(20260101);
        var seeds = Bench.Examples(codec).Select(File.ReadAllBytes).ToArray();
        var readings = new ReadingBuffer();
        var alphabet = Encoding.UTF8.GetBytes("{}[]\",:=\\ \n\r\tkwhtsqmeter0123456789.eE+-#Zu\u00e9\u6c49");
        for (var i = 0; i < Inputs; i++)
        {
            byte[] payload;
            if (i % 4 == 0)
            {
                payload = new byte[random.Next(0, 80)];
                random.NextBytes(payload);
            }
            else
            {
                payload = (byte[])seeds[random.Next(seeds.Length)].Clone();
                for (var change = random.Next(1, 4); change > 0 && payload.Length > 0; change--)
                {
                    payload[random.Next(payload.Length)] = i % 4 == 1 ? (byte)random.Next(256) : alphabet[random.Next(alphabet.Length)];
                }
            }

            Check(codec, payload, readings);
        }
    }

    [Test]
    public void Payload_over_the_limit_is_rejected()
    {
        var result = Bench.Decode("json", new byte[MessageDecoder.MaxPayloadBytes + 1], new ReadingBuffer());
        Assert.That(result.Kind, Is.EqualTo(RejectKind.TooLarge));
    }

    private static void Check(string codec, ReadOnlySpan<byte> payload, ReadingBuffer readings)
    {
        readings.Clear();
        readings.Add(default);
        var result = Bench.Decode(codec, payload, readings);
        var holds = result.IsDecoded
            ? result.Count > 0 && readings.Count == 1 + result.Count
            : readings.Count == 1 && result.Kind != default && result.Reason is { Length: > 0 } && result.AtByte >= 0 && result.AtByte <= payload.Length;
        if (!holds)
        {
            Assert.Fail($"{result} of {Convert.ToHexString(payload)}");
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
