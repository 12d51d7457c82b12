// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Codecs;

/// <summary>A list of readings that is used again for every message, so that decoding does not allocate.</summary>
/// <remarks>Not safe for use by several threads: one a worker.</remarks>
public sealed class ReadingBuffer
{
    private Reading[] _items = new Reading[64];

    /// <summary>Number of readings held.</summary>
    public int Count { get; private set; }

    /// <summary>The readings held; valid until the next change.</summary>
    public ReadOnlySpan<Reading> Span => _items.AsSpan(0, Count);

    /// <summary>One reading.</summary>
    public ref readonly Reading this[int index] => ref Span[index];

    /// <summary>Adds one.</summary>
    public void Add(in Reading reading)
    {
        if (Count == _items.Length)
        {
            Array.Resize(ref _items, _items.Length * 2);
        }

        _items[Count++] = reading;
    }

    /// <summary>Where the buffer stands now, for <see cref="Truncate"/>.</summary>
    public int Mark() => Count;

    /// <summary>Forgets everything added since a mark.</summary>
    public void Truncate(int mark)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)mark, (uint)Count, nameof(mark));
        Count = mark;
    }

    /// <summary>Forgets everything.</summary>
    public void Clear() => Count = 0;
}
