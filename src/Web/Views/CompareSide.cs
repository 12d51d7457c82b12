// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Web.Views;

/// <summary>One of two sites that are compared.</summary>
/// <param name="Detail">The site.</param>
/// <param name="Finding">The finding of the meter compared: the most suspicious; null before the first judgement.</param>
/// <param name="Meter">That meter.</param>
/// <param name="Patterns">What its load usually does.</param>
/// <param name="Figures">What its load amounts to.</param>
public sealed record CompareSide(SiteDetail Detail, Finding? Finding, MeterId Meter, LoadPatterns Patterns, LoadFigures Figures);
