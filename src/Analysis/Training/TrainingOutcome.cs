// SPDX-License-Identifier: Apache-2.0
using Detector.Detection;

namespace Detector.Analysis.Training;

/// <summary>What a training run made.</summary>
/// <param name="Model">The model, as saved.</param>
/// <param name="Folder">Its folder, with <c>model.json</c> and <c>card.md</c>.</param>
/// <param name="Samples">How many windows it was fitted on.</param>
/// <param name="SimulationOnly">Whether no recording took part.</param>
/// <param name="Inspected">How many inspected meters took part; null where none did.</param>
public sealed record TrainingOutcome(DetectorModel Model, string Folder, int Samples, bool SimulationOnly, string? Inspected);
