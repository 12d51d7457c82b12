// SPDX-License-Identifier: Apache-2.0
using System.Buffers;
using System.Text;
using CsCheck;
using Detector.Metering;

namespace Detector.Codecs;

/// <summary>What an encoder writes, its codec reads back to the same readings.</summary>
internal sealed class RoundTripTests
{
    private static readonly MeterId Meter = MeterId.Of("hall 1, left=east\\x \u6c49");

    private static readonly Gen<double> Value = Gen.OneOf(Gen.Double[-1e6, 1e6], Gen.Const(0.0), Gen.Double[0, 1e-3], Gen.Int[0, 100_000].Select(i => i / 10.0));

    private static readonly Gen<double> Optional = Gen.OneOf(Value, Gen.Const(double.NaN));

    private static readonly Gen<Reading> AnyReading =
        Gen.Select(Gen.Long[0, 4_000_000_000_000_000], Gen.Enum<ReadingKind>(), Gen.Int[1, 86_400_000], Gen.Select(Optional, Optional, Gen.Double[-1, 1]), Gen.Int[0, (1 << 16) - 1])
            .Select((time, kind, milliseconds, values, flags) => Make(time, kind, milliseconds, values.Item1, values.Item2, values.Item3, (QualityFlags)flags));

    [TestCaseSource(typeof(Bench), nameof(Bench.EncoderNames))]
    public void Encoded_readings_decode_to_the_same(string codec)
    {
        var catalog = CodecCatalog.Default();
        Assert.That(catalog.TryGetEncoder(codec, out var encoder), Is.True);
        var topic = Encoding.UTF8.GetBytes(Bench.Decoder.TopicFor(Meter, codec));
        AnyReading.Array[1, 5].Sample(
            readings =>
            {
                var payload = new ArrayBufferWriter<byte>();
                encoder!.Encode(readings, payload);
                var decoded = new ReadingBuffer();
                var result = Bench.Decoder.Decode(topic, payload.WrittenSpan, Bench.Arrival, decoded);
                Assert.That(result.IsDecoded, Is.True, $"{result} of {Encoding.UTF8.GetString(payload.WrittenSpan)}");
                Assert.That(decoded.Span.ToArray(), Is.EqualTo(readings), Encoding.UTF8.GetString(payload.WrittenSpan));
            },
            iter: 2000,
            threads: 1);
    }

    [TestCaseSource(typeof(Bench), nameof(Bench.EncoderNames))]
    public void Encoder_refuses_nothing_and_several_meters(string codec)
    {
        CodecCatalog.Default().TryGetEncoder(codec, out var encoder);
        Reading[] two = [new Reading(MeterId.Of("a"), Bench.Arrival), new Reading(MeterId.Of("b"), Bench.Arrival)];
        Assert.That(() => encoder!.Encode([], new ArrayBufferWriter<byte>()), Throws.ArgumentException);
        Assert.That(() => encoder!.Encode(two, new ArrayBufferWriter<byte>()), Throws.ArgumentException);
    }

    private static Reading Make(long time, ReadingKind kind, int milliseconds, double first, double second, double factor, QualityFlags flags)
    {
        var power = kind == ReadingKind.Register || !double.IsNaN(first) ? first : 1.5;
        return new Reading(Meter, Instants.FromUnixMicroseconds(time))
        {
            Kind = kind,
            Interval = kind == ReadingKind.Instantaneous ? TimeSpan.Zero : TimeSpan.FromMilliseconds(milliseconds),
            PowerKilowatts = power,
            RegisterKilowattHours = kind == ReadingKind.IntervalEnergy ? double.NaN : kind == ReadingKind.Register && double.IsNaN(second) ? 7 : second,
            PowerFactor = factor,
            Quality = flags,
        };
    }
}
