// SPDX-License-Identifier: Apache-2.0
using Detector.Validation.Series;

namespace Detector.Validation.Registers;

/// <summary>Readings of a cumulative register become the mean power of the intervals between them.</summary>
/// <remarks>Pure. An interval belongs to the reading it starts with. Where most readings carry power of their own, registers are left alone.</remarks>
internal sealed class RegisterIntervals(RegisterRuleCatalog catalog)
{
    /// <summary>Longest interval that counts as one slot, in cadences; over a longer one the shape is lost, and only its mean is known.</summary>
    private const double LongestInterval = 1.5;

    /// <summary>How far above the usual highest power a load may have been in one interval: as the rule for spikes of power has it.</summary>
    private const double AboveUsual = 5;

    private const double Usual = 0.995;
    private const int LeastForUsual = 24; // intervals
    private const int MostJumps = 3; // or one in
    private const int ReadingsPerJump = 2000;
    private const double HourMicroseconds = 3.6e9;

    /// <summary>Fills the power of each sample from the registers where fewer than half of the samples carry power of their own.</summary>
    public void Fill(Samples samples, TimeSpan cadence)
    {
        var withPower = samples.PowerKilowatts.Count(v => !double.IsNaN(v));
        var readings = Readings(samples);
        if (readings.Count == 0 || withPower * 2 >= samples.Count)
        {
            return;
        }

        samples.IsOfRegister = true;
        Array.Fill(samples.PowerKilowatts, double.NaN);
        var longest = cadence.TotalMicroseconds * LongestInterval;
        var most = MostKilowatts(samples, readings, longest);
        for (var i = 1; i < readings.Count; i++)
        {
            var (from, to) = (readings[i - 1], readings[i]);
            var hours = (samples.UnixMicroseconds[to] - samples.UnixMicroseconds[from]) / HourMicroseconds;
            var energy = Judge(samples, from, new RegisterStep(samples.RegisterKilowattHours[from], samples.RegisterKilowattHours[to], hours, most));
            if (hours * HourMicroseconds <= longest)
            {
                samples.PowerKilowatts[from] = energy / hours;
            }
        }
    }

    // The energy of a step; NaN where a rule takes it out.
    private double Judge(Samples samples, int from, in RegisterStep step)
    {
        var rise = step.AfterKilowattHours - step.BeforeKilowattHours;
        if (rise >= 0 && !(rise > step.MostKilowatts * step.Hours))
        {
            return rise;
        }

        foreach (var rule in catalog.Rules)
        {
            if (rule.Explains(step, out var energy))
            {
                samples.Quality[from] |= rule.Flag;
                return energy;
            }
        }

        throw new InvalidOperationException("BUG: no rule explains a register that fell.");
    }

    private static List<int> Readings(Samples samples)
    {
        var readings = new List<int>();
        for (var i = 0; i < samples.Count; i++)
        {
            if (!double.IsNaN(samples.RegisterKilowattHours[i]))
            {
                readings.Add(i);
            }
        }

        return readings;
    }

    // Of the meter's own intervals, so that it needs no register of capacities; NaN where there are too few. A load that goes so high more often than meters are replaced really does it.
    private static double MostKilowatts(Samples samples, List<int> readings, double longest)
    {
        var powers = new List<float>(readings.Count);
        for (var i = 1; i < readings.Count; i++)
        {
            var (from, to) = (readings[i - 1], readings[i]);
            var microseconds = samples.UnixMicroseconds[to] - samples.UnixMicroseconds[from];
            var rise = samples.RegisterKilowattHours[to] - samples.RegisterKilowattHours[from];
            if (rise >= 0 && microseconds <= longest)
            {
                powers.Add((float)(rise * HourMicroseconds / microseconds));
            }
        }

        if (powers.Count < LeastForUsual)
        {
            return double.NaN;
        }

        powers.Sort();
        var most = AboveUsual * SeriesSubject.Quantile([.. powers], Usual);
        var above = powers.Count(p => p > most);
        return above > Math.Max(MostJumps, powers.Count / ReadingsPerJump) ? powers[^1] : most > 0 ? most : double.NaN;
    }
}
