// SPDX-License-Identifier: Apache-2.0
using System.Text;
using Detector.Metering;

namespace Detector.Codecs;

/// <summary>What codec tests share.</summary>
internal static class Bench
{
    public static readonly DateTimeOffset Arrival = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    public static readonly MessageDecoder Decoder = MessageDecoder.Default();

    public static readonly string[] CodecNames = [.. CodecCatalog.Default().Names];

    public static IPayloadCodec Codec(string name) => CodecCatalog.Default().TryGet(name, out var codec) ? codec : throw new ArgumentException(name);

    public static string Folder(string codec) => Path.Combine(
        Testing.Requires.Repository(), "src", "Codecs", codec switch { "json" => "Json", "line-protocol" => "LineProtocol", _ => codec });

    public static IEnumerable<string> Examples(string codec) =>
        Directory.EnumerateFiles(Path.Combine(Folder(codec), "examples"), "*.in").Order(StringComparer.Ordinal);

    public static string Topic(string codec) => codec == "json" ? "meters/m-1" : "influx/gateway";

    public static DecodeResult Decode(string codec, ReadOnlySpan<byte> payload, ReadingBuffer readings) =>
        Decoder.Decode(Encoding.UTF8.GetBytes(Topic(codec)), payload, Arrival, readings);

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
