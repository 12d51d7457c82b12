// SPDX-License-Identifier: Apache-2.0
using Detector.Detection.Change;
using Detector.Detection.Ladder;
using Detector.Metering;
using Detector.Profiles;

namespace Detector.Detection;

/// <summary>The first step of the ladder: whether the readings allow a judgement at all.</summary>
/// <remarks>
/// In: a window, as validated. Out: what is missing; empty where nothing is. Insufficient readings are never suspicion. The
/// same check screens training windows, so that a model is trained on what it will be asked about.
/// </remarks>
public static class ReadingsCheck
{
    private const int StuckHours = 168; // hours of one value to the last digit that no running load shows
    private const double Rest = 0.1; // of the running level: below it a load rests
    private const double MostStep = 0.01; // of the level: the digits of a load that moves by them are fine enough for a verdict (the rule coarse)
    private const int LeastValues = 3; // two may be a load that is switched on and off, and say nothing of digits

    /// <summary>What the window lacks, in a fixed order.</summary>
    public static IReadOnlyList<MissingEvidence> Missing(LoadSeries window, JudgeOptions options)
    {
        ArgumentNullException.ThrowIfNull(window);
        ArgumentNullException.ThrowIfNull(options);
        return Missing(window, HourlyLoad.From(window, "Etc/UTC"), options);
    }

    internal static List<MissingEvidence> Missing(LoadSeries window, HourlyLoad hours, JudgeOptions options)
    {
        var missing = new List<MissingEvidence>();
        var known = hours.Kilowatts.Where(v => !float.IsNaN(v)).ToArray();
        var days = window.Range.Length.TotalDays;
        var isShort = days < options.MinimumDays - 0.05;
        if (MeterFaults.Share(window, QualityFlags.Conflict) is var conflict && conflict > MeterFaults.ExcludedShare && hours.Coverage < options.MinimumCoverage)
        {
            missing.Add(MissingCatalog.Conflict(conflict));
        }

        if (known.Length == 0 && missing.Count == 0)
        {
            // Minutes of readings do not make an hour known, but they are readings: what they lack is span.
            missing.Add(isShort && JudgedWindow.UsableShare(window) > 0 ? MissingCatalog.Span(days, options.MinimumDays) : MissingCatalog.NoReadings());
        }

        if (window.Cadence > TimeSpan.FromHours(1))
        {
            missing.Add(MissingCatalog.Resolution(window.Cadence));
        }

        AddFaults(window, hours, missing);
        if (known.Length == 0)
        {
            return missing;
        }

        if (isShort)
        {
            missing.Add(MissingCatalog.Span(days, options.MinimumDays));
        }

        if (hours.Coverage < options.MinimumCoverage && window.Cadence <= TimeSpan.FromHours(1))
        {
            missing.Add(MissingCatalog.Coverage(hours.Coverage, options.MinimumCoverage));
        }

        if (known.Average(v => (double)v) is var mean && mean < options.MinimumKilowatts)
        {
            missing.Add(MissingCatalog.TooLow(mean));
        }

        return missing;
    }

    private static void AddFaults(LoadSeries window, HourlyLoad hours, List<MissingEvidence> missing)
    {
        var stuck = MeterFaults.Share(window, QualityFlags.Stuck);
        if (stuck > MeterFaults.ExcludedShare || StandsStill(hours.Kilowatts))
        {
            missing.Add(IsConstant(window) ? MissingCatalog.Constant() : MissingCatalog.Stuck(Math.Max(stuck, StuckHours / (double)hours.Count)));
        }

        MeterFaults.Add(window, isRegister: false, missing);
    }

    private static bool IsConstant(LoadSeries window)
    {
        var first = float.NaN;
        foreach (var v in window.PowerKilowatts)
        {
            if (float.IsNaN(v))
            {
                continue;
            }

            first = float.IsNaN(first) ? v : first;
            if (!v.Equals(first))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether hours above rest are equal for a week, and no others about their level show that the meter's digits are fine and the load so flat.</summary>
    /// <remarks>What repeats fine digits is flagged by the rule stuck, by the meter's own steps. This is for what is left: few values, or steps too coarse to tell.</remarks>
    internal static bool StandsStill(float[] hours)
    {
        float[]? known = null; // sorted once a week of one value is met: in nearly every load none is
        for (int i = 1, run = 1; i < hours.Length; i++)
        {
            run = hours[i].Equals(hours[i - 1]) ? run + 1 : 1;
            if (run == StuckHours && hours[i] > 0)
            {
                known ??= Order.Known(hours);
                if (hours[i] >= Rest * known[(int)(0.75 * (known.Length - 1))] && !HasFineSteps(known, hours[i]))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static bool HasFineSteps(float[] sorted, float level)
    {
        float[] near = [.. sorted.Where(v => v >= 0.8 * level && v <= 1.2 * level).Distinct()];
        var step = near.Zip(near.Skip(1), (low, high) => high - low).DefaultIfEmpty(float.PositiveInfinity).Min();
        return near.Length >= LeastValues && step <= MostStep * level;
    }
}
