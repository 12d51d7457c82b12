// SPDX-License-Identifier: Apache-2.0
namespace Detector.Recordings;

/// <summary>A sites or labels file with faults: all of them at once, each with line and column.</summary>
public sealed class TableFileException(string file, IReadOnlyList<string> faults)
    : Exception($"{file}:{Environment.NewLine}  {string.Join(Environment.NewLine + "  ", faults)}")
{
    /// <summary>The file.</summary>
    public string File { get; } = file;

    /// <summary>Each fault, in the order of the lines.</summary>
    public IReadOnlyList<string> Faults { get; } = faults;
}
