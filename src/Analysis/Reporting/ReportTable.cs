// SPDX-License-Identifier: Apache-2.0
namespace Detector.Analysis.Reporting;

/// <summary>A table of a report, already in words: the host renders it on a terminal, the report as HTML.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Columns">Column heads.</param>
/// <param name="Rows">Cells, as many a row as there are columns.</param>
/// <param name="Note">How to read it; null where nothing needs saying.</param>
public sealed record ReportTable(string Title, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows, string? Note);
