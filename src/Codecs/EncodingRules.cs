// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Codecs;

/// <summary>What every encoder holds to.</summary>
internal static class EncodingRules
{
    /// <summary>Refuses an empty batch and one of several meters: a topic carries one meter.</summary>
    public static void Check(ReadOnlySpan<Reading> readings)
    {
        if (readings.IsEmpty)
        {
            throw new ArgumentException("There is nothing to encode.", nameof(readings));
        }

        foreach (ref readonly var reading in readings)
        {
            if (reading.Meter != readings[0].Meter)
            {
                throw new ArgumentException($"One payload is of one meter; these are of {readings[0].Meter} and {reading.Meter}.", nameof(readings));
            }
        }
    }

    /// <summary>Whether the decoder would take the reading for another kind without being told.</summary>
    public static bool NeedsKind(in Reading reading)
    {
        var isRegisterOnly = double.IsNaN(reading.PowerKilowatts) && !double.IsNaN(reading.RegisterKilowattHours);
        var taken = isRegisterOnly ? ReadingKind.Register : reading.Interval > TimeSpan.Zero ? ReadingKind.IntervalMean : ReadingKind.Instantaneous;
        return reading.Kind != taken;
    }
}
