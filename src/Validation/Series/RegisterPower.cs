// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Validation.Series;

/// <summary>Mean power of the intervals between readings of a cumulative register.</summary>
internal static class RegisterPower
{
    /// <summary>Longest interval that counts as one slot, in cadences; over a longer one the shape is lost, and only its mean is known.</summary>
    private const double LongestInterval = 1.5;

    /// <summary>Fills the power of each sample from the registers where fewer than half of the samples carry power of their own.</summary>
    /// <remarks>A register that falls was reset, rolled over or belongs to another meter: the interval is flagged and has no power.</remarks>
    public static void Fill(Samples samples, TimeSpan cadence)
    {
        var withPower = samples.PowerKilowatts.Count(v => !double.IsNaN(v));
        var withRegister = samples.RegisterKilowattHours.Count(v => !double.IsNaN(v));
        if (withRegister == 0 || withPower * 2 >= samples.Count)
        {
            return;
        }

        var longest = cadence.TotalMicroseconds * LongestInterval;
        var last = -1;
        Array.Fill(samples.PowerKilowatts, double.NaN);
        for (var i = 0; i < samples.Count; i++)
        {
            if (double.IsNaN(samples.RegisterKilowattHours[i]))
            {
                continue;
            }

            if (last >= 0)
            {
                var rise = samples.RegisterKilowattHours[i] - samples.RegisterKilowattHours[last];
                var microseconds = samples.UnixMicroseconds[i] - samples.UnixMicroseconds[last];
                if (rise < 0)
                {
                    samples.Quality[last] |= QualityFlags.RegisterReset;
                }
                else if (microseconds <= longest)
                {
                    samples.PowerKilowatts[last] = rise / (microseconds / 3.6e9);
                }
            }

            last = i;
        }
    }
}
