// SPDX-License-Identifier: Apache-2.0
namespace Detector.Metering;

/// <summary>The outdoor temperature of a region: measured at a moment, or the mean of the hour that begins there.</summary>
/// <param name="Region">The region, as the register names it.</param>
/// <param name="Time">UTC.</param>
/// <param name="Celsius">Degrees Celsius, from <see cref="LowestCelsius"/> to <see cref="HighestCelsius"/>.</param>
public readonly record struct OutdoorTemperature(string Region, DateTimeOffset Time, double Celsius)
{
    /// <summary>Lower than any measured on the ground (−89.2 °C, Vostok 1983: WMO archive of weather and climate extremes).</summary>
    public const double LowestCelsius = -90;

    /// <summary>Higher than any measured (56.7 °C, Furnace Creek 1913: the same).</summary>
    public const double HighestCelsius = 60;
}
