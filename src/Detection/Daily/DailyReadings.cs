// SPDX-License-Identifier: Apache-2.0
using Detector.Detection.Ladder;
using Detector.Metering;
using Detector.Profiles.Daily;

namespace Detector.Detection.Daily;

/// <summary>Whether readings coarser than an hour allow a judgement by day: the same questions as for hours, asked of days.</summary>
internal static class DailyReadings
{
    private const int StuckDays = 7; // days of one value to the last digit: a flat mine on a coarse meter repeats a day or two
    private const int LeastRegisterDays = 14;
    private const double RegisterTypicalSteps = 10; // the whole rise over the typical step, at the fewest days

    /// <summary>What the window lacks, in a fixed order; empty where nothing is.</summary>
    public static List<MissingEvidence> Missing(LoadSeries window, DailyLoad days, JudgeOptions options)
    {
        var missing = new List<MissingEvidence>();
        float[] known = [.. days.Kilowatts.Where(v => !float.IsNaN(v))];
        if (MeterFaults.Share(window, QualityFlags.Conflict) is var conflict && conflict > MeterFaults.ExcludedShare && days.Coverage < options.MinimumCoverage)
        {
            missing.Add(MissingCatalog.Conflict(conflict));
        }

        if (known.Length == 0 && missing.Count == 0)
        {
            missing.Add(MissingCatalog.NoReadings());
        }

        AddFaults(window, days, missing);
        if (known.Length == 0)
        {
            return missing;
        }

        if (days.Count < options.MinimumDays)
        {
            missing.Add(MissingCatalog.Span(days.Count, options.MinimumDays));
        }

        if (days.Coverage < options.MinimumCoverage)
        {
            missing.Add(DailyMissing.Coverage(days.Coverage, options.MinimumCoverage));
        }

        if (known.Average(v => (double)v) is var mean && mean < options.MinimumKilowatts)
        {
            missing.Add(MissingCatalog.TooLow(mean));
        }

        return missing;
    }

    private static void AddFaults(LoadSeries window, DailyLoad days, List<MissingEvidence> missing)
    {
        var (run, distinct) = Repetition(days.Kilowatts);
        var stuck = MeterFaults.Share(window, QualityFlags.Stuck);
        if (stuck > MeterFaults.ExcludedShare || run >= StuckDays)
        {
            missing.Add(distinct <= 1 ? MissingCatalog.Constant() : MissingCatalog.Stuck(Math.Max(stuck, run / (double)days.Count)));
        }

        MeterFaults.Add(window, IsRegister(days.Kilowatts), missing);
    }

    private static (int LongestRun, int Distinct) Repetition(float[] days)
    {
        int longest = 0, run = 0;
        var before = float.NaN;
        var distinct = new HashSet<float>();
        foreach (var v in days)
        {
            if (float.IsNaN(v))
            {
                continue;
            }

            distinct.Add(v);
            run = v > 0 && v.Equals(before) ? run + 1 : 1;
            longest = v > 0 ? Math.Max(longest, run) : longest;
            before = v;
        }

        return (longest, distinct.Count);
    }

    /// <summary>Never falls, nearly always rises, and by far more than one day's rise: a register under the wrong key.</summary>
    private static bool IsRegister(float[] days)
    {
        float[] known = [.. days.Where(v => !float.IsNaN(v))];
        float[] rises = [.. Enumerable.Range(1, Math.Max(0, known.Length - 1)).Select(i => known[i] - known[i - 1])];
        if (known.Length < LeastRegisterDays || rises.Any(r => r < 0) || rises.Count(r => r > 0) * 2 < rises.Length)
        {
            return false;
        }

        Array.Sort(rises);
        return known[^1] - known[0] > RegisterTypicalSteps * rises[rises.Length / 2];
    }
}
