// SPDX-License-Identifier: Apache-2.0
using System.ComponentModel.DataAnnotations;

namespace Detector.Timeline.DuckDb;

/// <summary>The embedded store: section <c>Timeline:DuckDb</c>.</summary>
public sealed class DuckDbOptions
{
    /// <summary>File of the store; the host names one under the data folder where this is empty.</summary>
    public string File { get; set; } = string.Empty;

    /// <summary>Memory the engine may take, in MiB.</summary>
    [Range(64, 1 << 20)]
    public int MemoryMebibytes { get; set; } = 1024;

    /// <summary>Threads of the engine.</summary>
    [Range(1, 256)]
    public int Threads { get; set; } = 2;

    /// <summary>Size of the write-ahead log, in MiB, at which it is folded into the file.</summary>
    /// <remarks>More means a longer wait of the batch that folds it, and a longer recovery: docs/decisions/0003.</remarks>
    [Range(1, 4096)]
    public int CheckpointMebibytes { get; set; } = 64; // folding 128 MiB made one batch in about 130 wait 0.9 s, 32 MiB 0.3 s, at the same total rate
}
