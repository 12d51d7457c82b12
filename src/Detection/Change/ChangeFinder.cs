// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;
using Detector.Profiles;

namespace Detector.Detection.Change;

/// <summary>Finds the largest lasting rise of a load and judges what it added.</summary>
/// <remarks>
/// A and B are medians by hour of week of up to 28 days after and before a day; the added load is their difference, and
/// the best day is that where its low quantiles are highest: a rise at all hours, not a warmer week. The onset is then
/// sharpened to the hour. What cannot be told apart: mining added, and any other plant of constant load added; so only an
/// added load that itself looks like mining counts. Source: detection-change research, docs/decisions/0005.
/// </remarks>
internal sealed class ChangeFinder(DetectorModel model, ProfileBuilder profiles)
{
    private const int Day = 24;
    private const int LeastBefore = 28 * Day;
    private const int LeastAfter = 14 * Day;
    private const int Reach = 28 * Day;
    private const double LeastShare = 0.1; // of the load after: smaller additions cannot be told hourly

    /// <summary>The change, or null where the load does not rise and stay.</summary>
    public ChangeEvidence? Find(MeterId meter, HourlyLoad load)
    {
        if (Best(load) is not { } rise)
        {
            return null;
        }

        var onset = OnsetSearch.Around(load, rise.Hour, rise.Before, rise.Added);
        var added = load.With([.. load.Kilowatts.Select((v, i) => v - rise.Before[load.Local.HourOfWeek[i]])])
            .Slice(onset.Likely, load.Count - onset.Likely);
        var evidence = model.Score(profiles.Build(meter, added));
        DateTimeOffset TimeOf(int hour) => load.Start + TimeSpan.FromHours(hour);
        return new ChangeEvidence(
            new OnsetInterval(TimeOf(onset.Earliest), TimeOf(onset.Likely), TimeOf(onset.Latest)),
            rise.Added, rise.Share(), rise.Constancy, (load.Count - onset.Likely) / (double)Day, evidence);
    }

    private static Rise? Best(HourlyLoad load)
    {
        Rise? best = null;
        for (var hour = LeastBefore; hour + LeastAfter <= load.Count; hour += Day)
        {
            var before = WeekProfile.Of(load, Math.Max(0, hour - Reach), hour);
            var after = WeekProfile.Of(load, hour, Math.Min(load.Count, hour + Reach));
            var rise = Rise.Of(hour, before, after);
            if (rise.Low > 0 && rise.Added >= LeastShare * rise.AfterLevel && (best is null || rise.Low > best.Low))
            {
                best = rise;
            }
        }

        return best;
    }

    /// <summary>A rise at one day.</summary>
    /// <param name="Hour">First hour after it.</param>
    /// <param name="Before">Load by hour of week before.</param>
    /// <param name="Low">Mean of the 10th and 25th percentile of the added load over the week, kW.</param>
    /// <param name="Added">Its median, kW.</param>
    /// <param name="AfterLevel">Median load by hour of week after, kW.</param>
    /// <param name="Tenth">10th percentile of the added load, kW.</param>
    /// <param name="Ninetieth">90th percentile, kW.</param>
    private sealed record Rise(int Hour, float[] Before, double Low, double Added, double AfterLevel, double Tenth, double Ninetieth)
    {
        /// <summary>Least of the 10th percentile and what the 90th leaves to twice the median, over the median (detection-change research, section 1).</summary>
        public double Constancy => Math.Min(Tenth, (2 * Added) - Ninetieth) / Added;

        public static Rise Of(int hour, float[] before, float[] after)
        {
            float[] added = [.. after.Zip(before, (a, b) => a - b).Where(v => !float.IsNaN(v))];
            double tenth = WeekProfile.At(added, 0.1), ninetieth = WeekProfile.At(added, 0.9);
            return new Rise(
                hour, before, (tenth + WeekProfile.At(added, 0.25)) / 2, WeekProfile.Median(added),
                WeekProfile.Median([.. after.Where(v => !float.IsNaN(v))]), tenth, ninetieth);
        }

        public ShareInterval Share()
        {
            var level = Math.Max(AfterLevel, 1e-9);
            double Part(double kilowatts) => Math.Round(Math.Clamp(kilowatts / level, 0, 1), 4, MidpointRounding.AwayFromZero);
            return new ShareInterval(Part(Tenth), Part(Added), Part(Ninetieth));
        }
    }
}
