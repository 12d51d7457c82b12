// SPDX-License-Identifier: Apache-2.0
namespace Detector.Analysis.Evaluation;

/// <summary>A way to decide, in the tables: the product by its verdict or its p-value, or a baseline at a threshold.</summary>
/// <param name="Name">Name in the tables.</param>
/// <param name="Score">By what it ranks; higher is more suspicious.</param>
/// <param name="Flags">Whether it flags a window at the rate of the table.</param>
internal sealed record Method(string Name, Func<JudgedWindow, double> Score, Func<JudgedWindow, bool> Flags);
