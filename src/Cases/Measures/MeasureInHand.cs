// SPDX-License-Identifier: Apache-2.0
namespace Detector.Cases.Measures;

/// <summary>A measure, and what a person may do about it now.</summary>
/// <param name="Measure">The measure.</param>
/// <param name="EvidenceVersion">The present evidence of its case: what a step is taken on.</param>
/// <param name="Steps">Verbs that this person may take now; empty for nobody.</param>
public sealed record MeasureInHand(Measure Measure, long EvidenceVersion, IReadOnlyList<string> Steps);
