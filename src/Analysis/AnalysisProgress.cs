// SPDX-License-Identifier: Apache-2.0
namespace Detector.Analysis;

/// <summary>One line of progress of a long run, for people.</summary>
/// <param name="Step">What is being done, such as <c>read recordings</c>.</param>
/// <param name="Done">How much of it is done.</param>
/// <param name="Total">How much there is; 0 where it is not known.</param>
public sealed record AnalysisProgress(string Step, int Done, int Total)
{
    /// <inheritdoc />
    public override string ToString() => Total > 0 ? $"{Step}: {Done} of {Total}" : Step;
}
