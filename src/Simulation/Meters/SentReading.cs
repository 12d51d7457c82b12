// SPDX-License-Identifier: Apache-2.0
namespace Detector.Simulation;

/// <summary>What a meter sends, before it is a <see cref="Detector.Metering.Reading"/>: sixteen bytes a reading.</summary>
/// <param name="UtcTicks">Time it carries.</param>
/// <param name="Value">Power in kW as sent.</param>
internal readonly record struct SentReading(long UtcTicks, double Value);
