// SPDX-License-Identifier: Apache-2.0
using Detector.Pipeline.Retention;

namespace Detector.Host.Configuration;

/// <summary>Whether what is judged from is kept long enough: what no section can say by itself.</summary>
internal static class RetentionFaults
{
    private const string Section = "Timeline:Retention:";

    public static IEnumerable<string> Of(Settings settings)
    {
        var kept = settings.Timeline.Retention;
        var window = Math.Max(settings.Detection.WindowDays, settings.Neighbours.WindowDays) + RetentionCuts.MarginDays + 1;
        if (kept.RawDays > 0 && kept.RawDays < window)
        {
            yield return FormattableString.Invariant($"{Section}RawDays is {kept.RawDays}; judging needs readings of {window} days: the longer of Detection:WindowDays and Neighbours:WindowDays, and {RetentionCuts.MarginDays + 1} more. Give at least as many, or 0 for ever.");
        }

        var history = (int)Math.Ceiling(settings.Watch.History.TotalDays);
        if (kept.HourlyDays > 0 && kept.HourlyDays < history)
        {
            yield return FormattableString.Invariant($"{Section}HourlyDays is {kept.HourlyDays}; judging looks at hours of {history} days, Watch:History. Give at least as many, or 0 for ever, or shorten Watch:History.");
        }

        if (kept.DailyDays > 0 && kept.DailyDays <= settings.Detection.DailyWindowDays)
        {
            yield return FormattableString.Invariant($"{Section}DailyDays is {kept.DailyDays}; meters that are read less often than each hour are judged by more than {settings.Detection.DailyWindowDays} days, Detection:DailyWindowDays. Give more, or 0 for ever.");
        }

        var bursts = (int)Math.Ceiling(settings.Bursts.CountsFor.TotalDays) + 1;
        if (kept.BurstDays > 0 && kept.BurstDays < bursts)
        {
            yield return FormattableString.Invariant($"{Section}BurstDays is {kept.BurstDays}; a burst counts for {bursts - 1} days, Bursts:CountsFor. Give at least {bursts}, or 0 to keep bursts as long as other readings.");
        }
    }
}
