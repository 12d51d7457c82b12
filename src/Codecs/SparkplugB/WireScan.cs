// SPDX-License-Identifier: Apache-2.0

namespace Detector.Codecs.SparkplugB;

/// <summary>Walks over the bytes of a payload before it is parsed: that it is whole, where its metrics are, and that it holds no more than will be built.</summary>
/// <remarks>The parser says neither where a fault is nor how many objects it is about to make of two bytes each.</remarks>
internal ref struct WireScan(ReadOnlySpan<byte> payload)
{
    /// <summary>Most metrics of a message, those within templates included.</summary>
    public const int MostMetrics = 50_000;

    /// <summary>Most properties of a message.</summary>
    public const int MostProperties = 200_000;

    private const int MostDepth = 16;
    private readonly ReadOnlySpan<byte> _payload = payload;
    private int _metrics;
    private int _properties;

    /// <summary>What a message within the payload may hold.</summary>
    private enum Shape : byte
    {
        Payload,
        Metric,
        Template,
        PropertySet,
        Leaf,
    }

    /// <summary>Checks the payload; <paramref name="offsets"/> gets the place of each metric of its own.</summary>
    public DecodeResult Check(List<int> offsets)
    {
        offsets.Clear();
        return Walk(0, _payload.Length, Shape.Payload, 0, offsets);
    }

    private DecodeResult Walk(int from, int to, Shape shape, int depth, List<int>? offsets)
    {
        if (depth > MostDepth)
        {
            return DecodeResult.Rejected(RejectKind.TooLarge, from, FormattableString.Invariant($"Templates are nested deeper than {MostDepth} levels; send flatter ones."));
        }

        var at = from;
        while (at < to)
        {
            var start = at;
            if (!TryVarint(ref at, to, out var tag))
            {
                return Cut(at, to);
            }

            var (field, type) = (tag >> 3, (int)(tag & 7));
            if (field is 0 or > 536_870_911 || type is 3 or 4 or 6 or 7)
            {
                return DecodeResult.Rejected(RejectKind.Malformed, start, "Not a Sparkplug B payload from here on: no field of a protocol buffer begins so.");
            }

            if (type != 2)
            {
                if (!TrySkip(ref at, to, type))
                {
                    return Cut(at, to);
                }

                continue;
            }

            if (!TryVarint(ref at, to, out var length) || length > (ulong)(to - at))
            {
                return Cut(at, to);
            }

            var below = Below(shape, field);
            if (below == Shape.Metric)
            {
                offsets?.Add(start); // only of the payload itself; within templates there is no list
            }

            var result = Count(below, start);
            result = result.IsDecoded && below != Shape.Leaf ? Walk(at, at + (int)length, below, depth + 1, null) : result;
            if (!result.IsDecoded)
            {
                return result;
            }

            at += (int)length;
        }

        return DecodeResult.Decoded(0);
    }

    private static Shape Below(Shape shape, ulong field) => (shape, field) switch
    {
        (Shape.Payload or Shape.Template, 2) => Shape.Metric,
        (Shape.Metric, 18) => Shape.Template,
        (Shape.Metric, 9) => Shape.PropertySet,
        _ => Shape.Leaf,
    };

    private DecodeResult Count(Shape below, int at)
    {
        _metrics += below == Shape.Metric ? 1 : 0;
        _properties += below == Shape.PropertySet ? 1 : 0;
        return _metrics <= MostMetrics && _properties <= MostProperties
            ? DecodeResult.Decoded(0)
            : DecodeResult.Rejected(RejectKind.TooLarge, at, FormattableString.Invariant($"The message holds more than {MostMetrics} metrics; send it in parts."));
    }

    private readonly bool TrySkip(ref int at, int to, int type)
    {
        switch (type)
        {
            case 0:
                return TryVarint(ref at, to, out _);
            case 1:
                at += 8;
                return at <= to;
            default:
                at += 4;
                return at <= to;
        }
    }

    private readonly bool TryVarint(ref int at, int to, out ulong value)
    {
        value = 0;
        for (var shift = 0; shift < 70 && at < to; shift += 7)
        {
            var b = _payload[at++];
            value |= shift < 64 ? (ulong)(b & 0x7F) << shift : 0;
            if (b < 0x80)
            {
                return true;
            }
        }

        return false;
    }

    private readonly DecodeResult Cut(int at, int to) => to == _payload.Length
        ? DecodeResult.Rejected(RejectKind.Truncated, Math.Min(at, _payload.Length), "The payload ends in the middle of a field; send the whole message, and check the publisher's buffer size.")
        : DecodeResult.Rejected(RejectKind.Malformed, Math.Min(at, _payload.Length), "A field is longer than what holds it: not a Sparkplug B payload.");
}
