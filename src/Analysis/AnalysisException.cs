// SPDX-License-Identifier: Apache-2.0
namespace Detector.Analysis;

/// <summary>A run cannot start: every fault of its options, each with its remedy.</summary>
public sealed class AnalysisException(IReadOnlyList<string> faults) : Exception(string.Join(Environment.NewLine, faults))
{
    /// <summary>One sentence a fault.</summary>
    public IReadOnlyList<string> Faults { get; } = faults;
}
