// SPDX-License-Identifier: Apache-2.0
using System.Text;

namespace Detector.Metering;

/// <summary>Which partition owns a meter's live state: a stable hash, the same on every machine and in every version.</summary>
/// <remarks>FNV-1a, 32 bit (Fowler, Noll, Vo; IETF draft-eastlake-fnv), over the UTF-8 of the meter's name. Frozen: see docs/decisions/0004.</remarks>
public static class Partition
{
    /// <summary>Partitions of a deployment; frozen, because state is stored and spread by it.</summary>
    public const int Count = 64;

    /// <summary>The partition of a meter, 0 to <see cref="Count"/> - 1.</summary>
    public static int Of(MeterId meter) => meter.Partition;

    /// <summary>The partition of the meter of this name.</summary>
    internal static int OfName(string name)
    {
        Span<byte> utf8 = stackalloc byte[MeterId.MaxLength * 3];
        var length = Encoding.UTF8.GetBytes(name, utf8);
        var hash = 2166136261u;
        foreach (var b in utf8[..length])
        {
            hash = (hash ^ b) * 16777619u;
        }

        return (int)(hash % Count);
    }
}
