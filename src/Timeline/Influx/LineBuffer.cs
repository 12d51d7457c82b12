// SPDX-License-Identifier: Apache-2.0
using System.Buffers;
using System.Globalization;
using System.Text;

namespace Detector.Timeline.Influx;

/// <summary>Bytes of line protocol as they grow.</summary>
internal sealed class LineBuffer
{
    private const int LongestNumber = 32; // a double needs at most 24 bytes, a long 20

    private readonly ArrayBufferWriter<byte> _bytes = new(1 << 16);

    /// <summary>What was written.</summary>
    public ReadOnlyMemory<byte> Written => _bytes.WrittenMemory;

    /// <summary>Empties it, keeping its memory.</summary>
    public void Clear() => _bytes.ResetWrittenCount();

    /// <summary>Text as UTF-8.</summary>
    public void Text(ReadOnlySpan<char> text)
    {
        var span = _bytes.GetSpan(text.Length * 3);
        _bytes.Advance(Encoding.UTF8.GetBytes(text, span));
    }

    /// <summary>Constant text.</summary>
    public void Raw(ReadOnlySpan<byte> utf8) => _bytes.Write(utf8);

    /// <summary>A number with as many digits as tell it from its neighbours, so that it reads back the same.</summary>
    public void Number(double value)
    {
        value.TryFormat(_bytes.GetSpan(LongestNumber), out var length, "R", CultureInfo.InvariantCulture);
        _bytes.Advance(length);
    }

    /// <summary>A whole number, without the mark of its type.</summary>
    public void Number(long value)
    {
        value.TryFormat(_bytes.GetSpan(LongestNumber), out var length, default, CultureInfo.InvariantCulture);
        _bytes.Advance(length);
    }
}
