// SPDX-License-Identifier: Apache-2.0

namespace Detector.Cases.Lists;

/// <summary>A list as columns and rows; each way of writing it writes the same cells.</summary>
/// <param name="Name">Its name, at most 25 characters, such as <c>projects</c>.</param>
/// <param name="Heads">Names of the columns.</param>
/// <param name="Rows">Cells: text, a number, a time, or null.</param>
public sealed record ListTable(string Name, IReadOnlyList<string> Heads, IEnumerable<object?[]> Rows);
