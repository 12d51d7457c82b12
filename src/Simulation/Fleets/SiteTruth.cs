// SPDX-License-Identifier: Apache-2.0
namespace Detector.Simulation;

/// <summary>What a simulated site really is.</summary>
/// <param name="Mines">Whether it mines.</param>
/// <param name="MiningShare">Mining's share of the energy from the onset to the end, 0 to 1; 0 where it does not mine.</param>
/// <param name="Onset">When mining began; null where it never did, or had begun before the first reading.</param>
/// <param name="LoadClass">The honest load's class; <c>mining</c> where there is none beside.</param>
/// <param name="MiningStyle">How it mines; null where it does not.</param>
/// <param name="MeterFault">How its meter misbehaves; null where it does not. See <see cref="MeterFaults"/>.</param>
public sealed record SiteTruth(bool Mines, double MiningShare, DateTimeOffset? Onset, string LoadClass, string? MiningStyle, string? MeterFault);
