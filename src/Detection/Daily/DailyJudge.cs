// SPDX-License-Identifier: Apache-2.0
using Detector.Detection.Ladder;
using Detector.Metering;
using Detector.Profiles.Daily;

namespace Detector.Detection.Daily;

/// <summary>Judges a meter that is read less often than each hour, up to once a day: the ladder by daily energy.</summary>
/// <remarks>
/// A case needs a quarter of a year, a score beyond the threshold of its length and beyond a watch's with all evenness taken
/// away. A load or an addition of under 5 kW is at most watched. The contracted capacity asks for more only where even the
/// highest days stay far below it, because a night's mine has a low day.
/// </remarks>
internal sealed class DailyJudge(DailyModel model, string modelId, JudgeOptions options, TailThreshold? budget = null)
{
    private const double LeastRise = 0.2; // of the level after it: less is no onset to name
    private const double MostOfLoad = 0.5; // of the level after it: such a rise is the load, whatever else speaks
    private const double LowUtilisation = 0.25; // of the contract on the highest days: a mine of eight hours a night uses a third
    private const double LowUtilisationMargin = 0.25; // of the way from watch to case, as for hours

    private readonly DailyCatalog _catalog = DailyCatalog.Default();
    private readonly DailyReasons _reasons = new(model, DailyCatalog.Default());

    /// <summary>Whether this is the judge of such a cadence.</summary>
    public static bool Takes(TimeSpan cadence) => cadence > TimeSpan.FromHours(1) && cadence <= DailyLoad.LongestCadence;

    /// <summary>What daily energy says, up to a moment.</summary>
    public Finding Assess(LoadSeries series, MeterRegistration registration, DateTimeOffset? asOf)
    {
        var window = JudgedWindow.Of(series, asOf, options.DailyWindowDays);
        var days = DailyLoad.From(window, registration.TimeZone);
        var finding = JudgedWindow.Unweighed(window, registration.Site, modelId);
        var missing = DailyReadings.Missing(window, days, options);
        return missing.Count > 0 ? finding with { Missing = missing } : Weigh(finding, days, registration);
    }

    private Finding Weigh(Finding finding, DailyLoad days, MeterRegistration registration)
    {
        var input = new DailyInput(days);
        var profile = _catalog.Build(finding.Meter, finding.Window, input);
        var evidence = model.Score(profile);
        var utilisation = registration.ContractedKilowatts is > 0 and { } contract ? input.Sorted(0.95) / contract : double.NaN;
        var rise = RiseBehind(input, evidence);
        var verdict = Decide(evidence, finding.Window.Length.TotalDays, utilisation, rise?.Added ?? input.Mean);
        var missing = new List<MissingEvidence>();
        if (verdict == Verdict.Case && registration.DeclaredUse == DeclaredUse.MiningDeclared)
        {
            verdict = Verdict.Watch;
            missing.Add(MissingCatalog.MiningDeclared());
        }
        else if (verdict == Verdict.Case && budget is { } allowed && evidence.Score < allowed.Score)
        {
            verdict = Verdict.Watch;
            missing.AddRange(WouldDecide.Sorted(Deciding(finding.Window.Length.TotalDays, registration)));
            missing.Add(MissingCatalog.AlertBudget(options.AlertBudget!.Value));
        }
        else if (verdict == Verdict.Watch)
        {
            missing.AddRange(WouldDecide.Sorted(Deciding(finding.Window.Length.TotalDays, registration)));
        }

        var suspected = verdict >= Verdict.Watch;
        var threshold = model.Thresholds.Of(finding.Window.Length.TotalDays);
        var explained = _reasons.Write(evidence, profile.Values, utilisation);
        return finding with
        {
            Verdict = verdict,
            Probability = evidence.Probability,
            PValue = evidence.PValue,
            Share = suspected && rise is { } added ? ShareOf(added, input) : null,
            Onset = suspected && rise is { } began ? OnsetOf(began, days, registration.TimeZone) : null,
            Reasons = explained.Reasons,
            Missing = missing,
            LogOdds = explained.Balance,
            Standing = LadderStanding.Within(verdict, LadderStanding.Of(evidence.Score, threshold.Watch, threshold.Case)),
        };
    }

    private Verdict Decide(DailyEvidence evidence, double days, double utilisation, double kilowatts)
    {
        var threshold = model.Thresholds.Of(days);
        var margin = utilisation < LowUtilisation ? LowUtilisationMargin * Math.Max(0, threshold.Case - threshold.Watch) : 0;
        var isCase = days >= DailyThresholds.QuarterDays - 0.05 && kilowatts >= options.MinimumAddedKilowatts
            && threshold.IsCase(evidence, margin);
        return isCase ? Verdict.Case : evidence.Score >= threshold.Watch ? Verdict.Watch : Verdict.Clear;
    }

    /// <summary>The lasting rise, where it made most of the load or is part of the evidence; null where the load speaks as a whole.</summary>
    private static LastingRise? RiseBehind(DailyInput input, DailyEvidence evidence)
    {
        var speaks = evidence.Groups.Any(g => g.Group == "day_steps" && g.LogOdds > 0);
        return LastingRise.Find(input.Weekless) is { } rise && rise.Added >= (speaks ? LeastRise : MostOfLoad) * rise.After ? rise : null;
    }

    private static ShareInterval ShareOf(LastingRise rise, DailyInput input)
    {
        var after = Describe(input, rise.Day, input.Count);
        var before = Describe(input, Math.Max(0, rise.Day - 56), rise.Day);
        double Of(double high, double low) => Math.Round(Math.Clamp((high - low) / Math.Max(high, 1e-9), 0, 1), 3, MidpointRounding.AwayFromZero);
        return new ShareInterval(Of(after.Low, before.High), Of(rise.After, rise.Before), Of(after.High, before.Low));
    }

    /// <summary>10th and 90th percentile of the weekless days of a stretch.</summary>
    private static (double Low, double High) Describe(DailyInput input, int from, int to)
    {
        double[] known = [.. input.Weekless[from..to].Where(v => !float.IsNaN(v)).Select(v => (double)v).Order()];
        return known.Length == 0 ? (double.NaN, double.NaN) : (known[known.Length / 10], known[known.Length - 1 - (known.Length / 10)]);
    }

    /// <summary>The first day at the new level; a rise within a day shows on the day before or after, a phased one within a week.</summary>
    private static OnsetInterval OnsetOf(LastingRise rise, DailyLoad days, string timeZone)
    {
        var zone = SiteZone.Of(timeZone);
        DateTimeOffset At(int day)
        {
            var midnight = new DateTime((days.FirstDay + Math.Clamp(day, 0, days.Count)) * TimeSpan.TicksPerDay, DateTimeKind.Unspecified);
            return new DateTimeOffset(midnight, zone.GetUtcOffset(midnight)).ToUniversalTime();
        }

        return new OnsetInterval(At(rise.Day - 3), At(rise.Day), At(rise.Day + 3));
    }

    private IEnumerable<MissingEvidence> Deciding(double days, MeterRegistration registration)
    {
        yield return DailyMissing.FinerReadings();
        if (days < DailyThresholds.QuarterDays - 0.05)
        {
            yield return DailyMissing.LongerWindow(DailyThresholds.QuarterDays);
        }
        else if (days < options.DailyWindowDays - 1)
        {
            yield return MissingCatalog.History();
        }

        if (registration.ContractedKilowatts is null)
        {
            yield return MissingCatalog.ContractedCapacity();
        }

        if (registration.DeclaredUse == DeclaredUse.Unknown)
        {
            yield return MissingCatalog.DeclaredUse();
        }

        yield return MissingCatalog.Inspection();
    }
}
