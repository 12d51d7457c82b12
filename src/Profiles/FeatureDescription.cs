// SPDX-License-Identifier: Apache-2.0
namespace Detector.Profiles;

/// <summary>What one feature measures, for people and for the checks that every feature passes.</summary>
/// <param name="Name">Unique name, lower case with underscores; frozen, because trained models refer to it.</param>
/// <param name="Group">The group it belongs to; explanations are given by group.</param>
/// <param name="Unit">Unit of the value; <c>1</c> for a ratio or count, <c>ln</c> for the natural logarithm of a ratio, <c>ln %</c> for that of a share of the load.</param>
/// <param name="Low">Smallest value it can take.</param>
/// <param name="High">Largest value it can take.</param>
/// <param name="Meaning">What it measures, as an English noun phrase.</param>
/// <param name="MeaningZh">The same in Chinese.</param>
public sealed record FeatureDescription(
    string Name, string Group, string Unit, double Low, double High, string Meaning, string MeaningZh);
