// SPDX-License-Identifier: Apache-2.0
using Detector.Profiles;

namespace Detector.Detection;

/// <summary>One labelled window.</summary>
/// <param name="Profile">Its features.</param>
/// <param name="Class">What it is.</param>
/// <param name="Share">Mining's share of the load, 0 to 1: 0 for honest, 1 for pure mining.</param>
/// <param name="Source">The set it comes from; thresholds are judged by source. A mixture carries its honest host's source.</param>
/// <param name="Site">The site within all sources; never on both sides of a split. A mixture carries its honest host's site.</param>
/// <param name="Style">Style of mining, for reports; null for honest.</param>
/// <param name="Weight">Weight in training, over zero; 1 is usual.</param>
/// <param name="SetsThresholds">Whether an honest window counts when thresholds are set: sums of sites and simulated ones train only.</param>
public sealed record TrainingSample(
    LoadProfile Profile, SampleClass Class, double Share, string Source, string Site, string? Style, double Weight, bool SetsThresholds = true);
