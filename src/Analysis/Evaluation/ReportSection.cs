// SPDX-License-Identifier: Apache-2.0
using Detector.Analysis.Reporting;

namespace Detector.Analysis.Evaluation;

/// <summary>A part of an evaluation that stands by itself: its figures, and its tables in words.</summary>
internal sealed record ReportSection(IReadOnlyList<Figure> Figures, IReadOnlyList<ReportTable> Tables);
