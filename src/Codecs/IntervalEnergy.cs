// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Codecs;

/// <summary>The energy of an interval is kept as its mean power, kWh over hours.</summary>
internal static class IntervalEnergy
{
    /// <summary>Puts the mean power of an interval in the place of its energy.</summary>
    public static DecodeResult ToMeanPower(double energy, bool hasPower, double seconds, int at, ref Reading reading)
    {
        if (seconds <= 0)
        {
            return DecodeResult.Rejected(RejectKind.NoValue, at, "The kind is interval_energy but the interval's length is unknown; send interval_s or map IntervalSeconds.");
        }

        if (double.IsNaN(energy))
        {
            return hasPower ? DecodeResult.Decoded(0) : DecodeResult.Rejected(RejectKind.NoValue, at, "The kind is interval_energy but there is no kwh.");
        }

        var mean = energy / (seconds / 3600);
        if (!double.IsFinite(mean))
        {
            return DecodeResult.Rejected(RejectKind.OutOfRange, at, FormattableString.Invariant($"{energy} kWh in {seconds} s are no power that can be kept; send the interval's length in seconds."));
        }

        if (hasPower && !ReadingAssembler.Agree(mean, reading.PowerKilowatts))
        {
            return DecodeResult.Rejected(RejectKind.Contradiction, at, FormattableString.Invariant($"{energy} kWh in {seconds} s are {mean} kW, but the element says {reading.PowerKilowatts} kW; send one of them."));
        }

        reading = reading with { PowerKilowatts = mean, RegisterKilowattHours = double.NaN };
        return DecodeResult.Decoded(0);
    }
}
