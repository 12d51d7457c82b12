// SPDX-License-Identifier: Apache-2.0
namespace Detector.Journal;

/// <summary>One file of consecutive records. <see cref="Length"/> and <see cref="Last"/> cover what is durable; guarded by the store's lock.</summary>
internal sealed class Segment(string path, long first)
{
    public string Path { get; } = path;

    /// <summary>Number of the first record it holds or will hold.</summary>
    public long First { get; } = first;

    /// <summary>Number of its last durable record; <see cref="First"/> − 1 where it has none; unknown until recovered, for all but the last segment known from the next one.</summary>
    public long Last { get; set; } = first - 1;

    /// <summary>Durable bytes, header included.</summary>
    public long Length { get; set; }
}
