// SPDX-License-Identifier: Apache-2.0
namespace Detector.Simulation;

/// <summary>An honest site to simulate.</summary>
/// <param name="LoadClass">One of <see cref="HonestLoad.Classes"/>.</param>
/// <param name="Kilowatts">Mean load in kW over the time simulated; over zero.</param>
/// <param name="Region">Where: weather, local clock, light.</param>
public sealed record HonestPlan(string LoadClass, double Kilowatts, Region Region);
