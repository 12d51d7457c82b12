// SPDX-License-Identifier: Apache-2.0
using System.Text;
using Detector.Metering;

namespace Detector.Codecs;

/// <summary>What codec tests share: every codec by its shipped profile, and the examples in its folder.</summary>
internal static class Bench
{
    public static readonly DateTimeOffset Arrival = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    public static readonly MessageDecoder Decoder = MessageDecoder.Default();

    public static readonly string[] CodecNames = [.. CodecCatalog.Default().Names];

    public static readonly string[] EncoderNames = [.. CodecCatalog.Default().EncoderNames];

    private static readonly MessageDecoder EveryCodec = new(CodecCatalog.Default(), CodecNames.Select(name => new TopicMapping { Profile = name }));

    public static IPayloadCodec Codec(string name) => CodecCatalog.Default().TryGet(name, out var codec) ? codec : throw new ArgumentException(name);

    /// <summary>The codec's folder: its name without hyphens.</summary>
    public static string Folder(string codec)
    {
        var wanted = Codec(codec).GetType().Namespace!.Split('.')[^1];
        return Path.Combine(Testing.Requires.Repository(), "src", "Codecs", wanted);
    }

    public static IEnumerable<Example> Examples(string codec) =>
        Directory.EnumerateFiles(Path.Combine(Folder(codec), "examples"), "*.in").Order(StringComparer.Ordinal).Select(file => new Example(codec, file));

    public static string Topic(string codec) => codec == "plain" ? "meters/m-1/kw" : EveryCodec.TopicFor(MeterId.Of("m-1"), codec);

    public static DecodeResult Decode(string codec, ReadOnlySpan<byte> payload, ReadingBuffer readings) =>
        EveryCodec.Decode(Encoding.UTF8.GetBytes(Topic(codec)), payload, Arrival, readings);

    public static DecodeResult Json(string payload, ReadingBuffer readings) => Decode("json", Encoding.UTF8.GetBytes(payload), readings);

    public static Reading One(string payload)
    {
        var readings = new ReadingBuffer();
        var result = Json(payload, readings);
        Assert.That(result.IsDecoded, Is.True, result.ToString());
        Assert.That(readings.Count, Is.EqualTo(1));
        return readings[0];
    }
}
