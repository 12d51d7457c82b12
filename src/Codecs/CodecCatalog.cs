// SPDX-License-Identifier: Apache-2.0
using System.Diagnostics.CodeAnalysis;
using Detector.Codecs.Csv;
using Detector.Codecs.Json;
using Detector.Codecs.JsonColumns;
using Detector.Codecs.LineProtocol;
using Detector.Codecs.Plain;
using Detector.Codecs.SenMl;
using Detector.Codecs.SenMlCbor;
using Detector.Codecs.ShellyGen2;
using Detector.Codecs.SparkplugB;
using Detector.Codecs.Tasmota;

namespace Detector.Codecs;

/// <summary>Every codec by name. A new codec is one line in <see cref="Default"/>.</summary>
public sealed class CodecCatalog
{
    private readonly Dictionary<string, IPayloadCodec> _codecs = new(StringComparer.Ordinal);
    private readonly List<string> _names = [];

    /// <summary>Names, in the order of adding.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>Names of those that also encode, in the order of adding.</summary>
    public IEnumerable<string> EncoderNames => _names.Where(name => _codecs[name] is IPayloadEncoder);

    /// <summary>The codecs of the product.</summary>
    public static CodecCatalog Default()
    {
        var catalog = new CodecCatalog();
        catalog.Add(new JsonCodec());
        catalog.Add(new LineProtocolCodec());
        catalog.Add(new PlainCodec());
        catalog.Add(new TasmotaCodec());
        catalog.Add(new ShellyGen2Codec());
        catalog.Add(new JsonColumnsCodec());
        catalog.Add(new CsvCodec());
        catalog.Add(new SenMlCodec());
        catalog.Add(new SenMlCborCodec());
        catalog.Add(new SparkplugBCodec());
        return catalog;
    }

    /// <summary>Adds a codec under its name.</summary>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    public void Add(IPayloadCodec codec)
    {
        ArgumentNullException.ThrowIfNull(codec);
        if (!_codecs.TryAdd(codec.Name, codec))
        {
            throw new ArgumentException($"A codec named '{codec.Name}' is already in the catalogue.", nameof(codec));
        }

        _names.Add(codec.Name);
    }

    /// <summary>The codec of a name.</summary>
    public bool TryGet(string? name, [NotNullWhen(true)] out IPayloadCodec? codec)
    {
        codec = null;
        return name is not null && _codecs.TryGetValue(name, out codec);
    }

    /// <summary>The encoder of a name; false where there is no such codec or it does not encode.</summary>
    public bool TryGetEncoder(string? name, [NotNullWhen(true)] out IPayloadEncoder? encoder)
    {
        encoder = TryGet(name, out var codec) ? codec as IPayloadEncoder : null;
        return encoder is not null;
    }
}
