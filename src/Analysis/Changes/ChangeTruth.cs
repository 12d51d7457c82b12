// SPDX-License-Identifier: Apache-2.0
namespace Detector.Analysis.Changes;

/// <summary>What is known of a judged onset beyond what every mixture has.</summary>
/// <param name="WithHistory">Whether thirteen months before the window were given.</param>
/// <param name="AddedKilowatts">Mean added load after the onset, kW.</param>
/// <param name="DaysSince">Days from the onset to the moment of the judgement.</param>
/// <param name="WidthHours">Width of the stated onset interval; NaN where none is stated.</param>
internal sealed record ChangeTruth(bool WithHistory, double AddedKilowatts, int DaysSince, double WidthHours);
