// SPDX-License-Identifier: Apache-2.0
namespace Detector.Recordings;

/// <summary>A growing column in chunks: no copying while it grows, and at most one chunk unused.</summary>
internal sealed class Column<T>
    where T : struct
{
    private const int ChunkLength = 1024;
    private readonly List<T[]> _chunks = [];

    public int Count { get; private set; }

    public T this[int index] => _chunks[index / ChunkLength][index % ChunkLength];

    public void Add(T value)
    {
        if (Count == _chunks.Count * ChunkLength)
        {
            _chunks.Add(new T[ChunkLength]);
        }

        _chunks[^1][Count++ % ChunkLength] = value;
    }

    public void AddMany(T value, int count)
    {
        for (var i = 0; i < count; i++)
        {
            Add(value);
        }
    }

    public TOut[] ToArray<TOut>(Func<T, TOut> convert)
    {
        var values = new TOut[Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = convert(this[i]);
        }

        return values;
    }

    public T[] ToArray()
    {
        var values = new T[Count];
        for (var i = 0; i < _chunks.Count; i++)
        {
            var from = i * ChunkLength;
            _chunks[i].AsSpan(0, Math.Min(ChunkLength, Count - from)).CopyTo(values.AsSpan(from));
        }

        return values;
    }
}
