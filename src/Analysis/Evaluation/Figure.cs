// SPDX-License-Identifier: Apache-2.0
using Detector.Analysis.Statistics;

namespace Detector.Analysis.Evaluation;

/// <summary>One figure of a report: what was measured, by which method, on what, with its 90 % interval over sites.</summary>
/// <param name="Name">What it is, such as <c>detection</c> or <c>false_cases_per_1000_site_years</c>.</param>
/// <param name="Method">By which method.</param>
/// <param name="Rate">Nominal share of honest windows of the comparison; null where the product's own verdict decides.</param>
/// <param name="Source">The source held out, or <c>all</c>.</param>
/// <param name="Population">The windows it is about.</param>
/// <param name="Value">The figure and its interval.</param>
/// <param name="Windows">How many windows are behind it.</param>
/// <param name="Sites">How many sites are behind it.</param>
public sealed record Figure(
    string Name, string Method, double? Rate, string Source, string Population, Estimate Value, int Windows, int Sites);
