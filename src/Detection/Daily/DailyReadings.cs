// SPDX-License-Identifier: Apache-2.0
using Detector.Detection.Ladder;
using Detector.Metering;
using Detector.Profiles.Daily;

namespace Detector.Detection.Daily;

/// <summary>Whether readings coarser than an hour allow a judgement by day: the same questions as for hours, asked of days.</summary>
internal static class DailyReadings
{
    private const double LeastScaleJumps = 0.001; // share of slots, as for hours
    private const double MostCoarse = 0.5;
    private const double MostEstimated = 0.2;
    private const double MostStuck = 0.05;
    private const int StuckDays = 7; // days of one value to the last digit: a flat mine on a coarse meter repeats a day or two
    private const int LeastRegisterDays = 14;
    private const double RegisterTypicalSteps = 10; // the whole rise over the typical step, at the fewest days

    /// <summary>What the window lacks, in a fixed order; empty where nothing is.</summary>
    public static List<MissingEvidence> Missing(LoadSeries window, DailyLoad days, JudgeOptions options)
    {
        var missing = new List<MissingEvidence>();
        float[] known = [.. days.Kilowatts.Where(v => !float.IsNaN(v))];
        if (known.Length == 0)
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
            missing.Add(MissingCatalog.BelowOneMachine(mean));
        }

        return missing;
    }

    private static void AddFaults(LoadSeries window, DailyLoad days, List<MissingEvidence> missing)
    {
        var (run, distinct) = Repetition(days.Kilowatts);
        var stuck = Share(window, QualityFlags.Stuck);
        if (stuck > MostStuck || run >= StuckDays)
        {
            missing.Add(distinct <= 1 ? MissingCatalog.Constant() : MissingCatalog.Stuck(Math.Max(stuck, run / (double)days.Count)));
        }

        if (Share(window, QualityFlags.RegisterAsPower) > 0.01 || IsRegister(days.Kilowatts))
        {
            missing.Add(MissingCatalog.RegisterAsPower());
        }

        if (Share(window, QualityFlags.ScaleJump) > LeastScaleJumps)
        {
            missing.Add(MissingCatalog.ScaleJump());
        }

        if (Share(window, QualityFlags.Coarse) > MostCoarse)
        {
            missing.Add(MissingCatalog.Coarse());
        }

        if (Share(window, QualityFlags.Estimated) is var estimated && estimated > MostEstimated)
        {
            missing.Add(MissingCatalog.Estimated(estimated));
        }
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

    private static double Share(LoadSeries window, QualityFlags flag) =>
        window.Count == 0 ? 0 : (double)window.Quality.Count(q => (q & flag) != 0) / window.Count;
}
