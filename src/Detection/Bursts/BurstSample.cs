// SPDX-License-Identifier: Apache-2.0
using Detector.Profiles.Bursts;

namespace Detector.Detection.Bursts;

/// <summary>One labelled window of seconds.</summary>
/// <param name="Window">Its features.</param>
/// <param name="Hashing">Whether it is hashing.</param>
/// <param name="Set">The set it comes from.</param>
/// <param name="Recording">The recording it was cut from; windows of one recording are judged together.</param>
/// <param name="Group">The machine or run the recording is of; never on both sides of a split.</param>
/// <param name="Weight">Weight in training, over zero; the recording's, shared out over its windows.</param>
public sealed record BurstSample(BurstWindow Window, bool Hashing, string Set, string Recording, string Group, double Weight);

/// <summary>A sample with its score by a model that has not seen its group.</summary>
/// <param name="Sample">The sample.</param>
/// <param name="LogOdds">Log likelihood ratio of hashing against honest load.</param>
public sealed record HeldOutBurst(BurstSample Sample, double LogOdds);
