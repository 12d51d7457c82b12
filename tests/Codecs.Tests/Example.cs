// SPDX-License-Identifier: Apache-2.0
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Detector.Codecs;

/// <summary>A payload in a codec's folder: <c>NAME.in</c>, what it decodes to in <c>NAME.expected.json</c>; its topic and mapping in <c>NAME.topic</c> and <c>NAME.mapping.json</c> where they are not the profile's.</summary>
internal sealed class Example
{
    private static readonly JsonSerializerOptions Options = new() { Converters = { new KeyMappings() }, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    private readonly string _file;
    private readonly byte[] _topic;
    private readonly Lazy<MessageDecoder> _decoder;

    public Example(string codec, string file)
    {
        _file = file;
        Payload = File.ReadAllBytes(file);
        Topic = Beside(".topic") ?? Bench.Topic(codec);
        _topic = Encoding.UTF8.GetBytes(Topic);
        var mapping = Beside(".mapping.json") is { } json ? JsonSerializer.Deserialize<TopicMapping>(json, Options)! : new TopicMapping { Profile = codec };
        _decoder = new Lazy<MessageDecoder>(() => new MessageDecoder(CodecCatalog.Default(), [mapping]));
    }

    public string Name => Path.GetFileName(_file);

    public bool IsRejected => Name.StartsWith("rejected_", StringComparison.Ordinal);

    public byte[] Payload { get; }

    public string Topic { get; }

    public string ExpectedFile => Path.ChangeExtension(_file, ".expected.json");

    public DecodeResult Decode(ReadOnlySpan<byte> payload, ReadingBuffer readings) =>
        _decoder.Value.Decode(_topic, payload, Bench.Arrival, readings);

    public override string ToString() => Name;

    private string? Beside(string extension)
    {
        var path = _file[..^3] + extension;
        return File.Exists(path) ? File.ReadAllText(path).TrimEnd() : null;
    }

    // A unit alone or an object, as in configuration.
    private sealed class KeyMappings : JsonConverter<KeyMapping>
    {
        public override KeyMapping Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType == JsonTokenType.String
            ? reader.GetString()!
            : JsonSerializer.Deserialize<KeyMapping>(ref reader)!;

        public override void Write(Utf8JsonWriter writer, KeyMapping value, JsonSerializerOptions options) => throw new NotSupportedException();
    }
}
