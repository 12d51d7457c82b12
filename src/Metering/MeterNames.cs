// SPDX-License-Identifier: Apache-2.0
using System.Collections.Concurrent;
using System.Text;

namespace Detector.Metering;

/// <summary>Meter ids from UTF-8 text; a name met before costs no allocation.</summary>
/// <remarks>Safe for use by several threads. Past <see cref="MaxKept"/> names new ones are no longer kept, so that invented names cannot fill the memory.</remarks>
public sealed class MeterNames
{
    /// <summary>Names kept: several provinces' share of one instance, some 100 bytes each.</summary>
    public const int MaxKept = 4_000_000;

    private readonly ConcurrentDictionary<string, MeterId> _known = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, MeterId>.AlternateLookup<ReadOnlySpan<char>> _byChars;
    private int _count;

    /// <summary>Knows no name yet.</summary>
    public MeterNames() => _byChars = _known.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The id of a name; false where it is no valid meter name.</summary>
    public bool TryGet(ReadOnlySpan<byte> utf8, out MeterId id)
    {
        id = default;
        if (utf8.IsEmpty || utf8.Length > MeterId.MaxLength * 3)
        {
            return false;
        }

        Span<char> chars = stackalloc char[MeterId.MaxLength * 3];
        if (System.Text.Unicode.Utf8.ToUtf16(utf8, chars, out _, out var length, replaceInvalidSequences: false) != System.Buffers.OperationStatus.Done)
        {
            return false;
        }

        var name = chars[..length];
        if (_byChars.TryGetValue(name, out id))
        {
            return true;
        }

        if (MeterId.Fault(name) is not null)
        {
            return false;
        }

        var text = name.ToString();
        id = MeterId.Of(text);
        if (Volatile.Read(ref _count) < MaxKept && _known.TryAdd(text, id))
        {
            Interlocked.Increment(ref _count);
        }

        return true;
    }

    /// <summary>What is wrong with a name that <see cref="TryGet"/> refused, in words.</summary>
    public static string Fault(ReadOnlySpan<byte> utf8)
    {
        var text = Encoding.UTF8.GetString(utf8[..Math.Min(utf8.Length, MeterId.MaxLength * 4)]);
        return MeterId.Fault(text) ?? "it is not valid UTF-8";
    }
}
