// SPDX-License-Identifier: Apache-2.0
using System.Diagnostics.CodeAnalysis;
using Detector.Codecs.Json;
using Detector.Codecs.LineProtocol;

namespace Detector.Codecs;

/// <summary>Every codec by name. A new codec is one line in <see cref="Default"/>.</summary>
public sealed class CodecCatalog
{
    private readonly Dictionary<string, IPayloadCodec> _codecs = new(StringComparer.Ordinal);
    private readonly List<string> _names = [];

    /// <summary>Names, in the order of adding.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>The codecs of the product.</summary>
    public static CodecCatalog Default()
    {
        var catalog = new CodecCatalog();
        catalog.Add(new JsonCodec());
        catalog.Add(new LineProtocolCodec());
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
