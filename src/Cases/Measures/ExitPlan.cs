// SPDX-License-Identifier: Apache-2.0
namespace Detector.Cases.Measures;

/// <summary>A ceiling from a date on.</summary>
/// <param name="From">From when, UTC.</param>
/// <param name="Kilowatts">Most mean power of a clock hour, kW.</param>
public sealed record ExitCeiling(DateTimeOffset From, decimal Kilowatts);

/// <summary>The terms of an exit plan.</summary>
/// <param name="Ceilings">Dated ceilings, oldest first, never rising.</param>
/// <param name="Tolerance">Share by which a ceiling may be passed, 0 to 0.5.</param>
public sealed record ExitPlan(IReadOnlyList<ExitCeiling> Ceilings, decimal Tolerance)
{
    /// <summary>Most ceilings of a plan.</summary>
    public const int MostCeilings = 100;

    /// <summary>Most power of a ceiling, kW: more than any site draws.</summary>
    public const decimal MostKilowatts = 10_000_000;

    /// <summary>Largest tolerance, as a share.</summary>
    public const decimal MostTolerance = 0.5m;

    /// <summary>Whether the plan can be held: one ceiling at least, in order of time within 1970 to 2199, never rising, nothing negative.</summary>
    public bool IsUsable => !ExitPlanFault.Of(this).Any();
}

/// <summary>How a site keeps its exit plan.</summary>
public enum ExitStatus
{
    /// <summary>No ceiling has begun, or nothing is known of the load since one did.</summary>
    Unknown = 1,

    /// <summary>Every hour since the present ceiling began was under it.</summary>
    OnTrack = 2,

    /// <summary>The next ceiling begins within two weeks and the load of the last week is above it.</summary>
    Warning = 3,

    /// <summary>An hour since the present ceiling began was above it.</summary>
    Breached = 4,

    /// <summary>The load was under the last ceiling for four weeks.</summary>
    Fulfilled = 5,

    /// <summary>It was fulfilled, and the load rose above the last ceiling since.</summary>
    Relapsed = 6,
}

/// <summary>A plan held against the readings.</summary>
/// <param name="Status">How it is kept.</param>
/// <param name="CeilingKilowatts">The ceiling now; null before the first.</param>
/// <param name="HighestKilowatts">The highest hour since that ceiling began; null where nothing is known.</param>
/// <param name="FirstBreach">The first hour above a ceiling since the present one began, or above the last after fulfilment; null where none was.</param>
/// <param name="FulfilledAt">When the plan was fulfilled; null where it is not.</param>
/// <param name="Coverage">Share of the hours since the present ceiling began for which the load is known, 0 to 1.</param>
public sealed record ExitReport(
    ExitStatus Status, decimal? CeilingKilowatts, decimal? HighestKilowatts, DateTimeOffset? FirstBreach, DateTimeOffset? FulfilledAt, decimal Coverage);

/// <summary>Holds an exit plan against the hours of a site's load. Pure.</summary>
internal static class ExitCheck
{
    /// <summary>So long under the last ceiling, and the exit is fulfilled.</summary>
    private static readonly TimeSpan FulfilledAfter = TimeSpan.FromDays(28);

    private static readonly TimeSpan WarnBefore = TimeSpan.FromDays(14);
    private static readonly TimeSpan WarnBy = TimeSpan.FromDays(7);
    private const decimal LeastCoverage = 0.9m; // of the hours under the last ceiling: silence is not compliance

    /// <summary>The report now.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="hours">Mean power of the site by start of the clock hour, UTC, for hours that are known.</param>
    /// <param name="now">Now, UTC; the hour under way does not count.</param>
    public static ExitReport Judge(ExitPlan plan, IReadOnlyDictionary<DateTimeOffset, decimal> hours, DateTimeOffset now)
    {
        var begun = plan.Ceilings.Where(c => c.From <= now).ToList();
        var next = plan.Ceilings.FirstOrDefault(c => c.From > now);
        if (begun.Count == 0)
        {
            return new ExitReport(Warns(plan, next, hours, now) ? ExitStatus.Warning : ExitStatus.Unknown, null, null, null, null, 0);
        }

        var present = begun[^1];
        var since = hours.Where(h => h.Key >= present.From && h.Key.AddHours(1) <= now).OrderBy(h => h.Key).ToList();
        var fulfilled = next is null ? Fulfilment(since, present, Limit(plan, present)) : null;
        var breach = since.Where(h => h.Value > Limit(plan, present) && !(h.Key < fulfilled)).Select(h => (DateTimeOffset?)h.Key).FirstOrDefault();
        var status = (fulfilled, breach) switch
        {
            ({ }, { }) => ExitStatus.Relapsed,
            ({ }, null) => ExitStatus.Fulfilled,
            (null, { }) => ExitStatus.Breached,
            _ when since.Count == 0 => ExitStatus.Unknown,
            _ => Warns(plan, next, hours, now) ? ExitStatus.Warning : ExitStatus.OnTrack,
        };
        var due = Math.Max(1, (int)Math.Floor((now - present.From).TotalHours));
        return new ExitReport(
            status, present.Kilowatts, since.Count == 0 ? null : Math.Round(since.Max(h => h.Value), 3), breach, fulfilled, Math.Round(Math.Min(1, (decimal)since.Count / due), 4));
    }

    /// <summary>Above this an hour breaches a ceiling, kW.</summary>
    internal static decimal Limit(ExitPlan plan, ExitCeiling ceiling) => ceiling.Kilowatts * (1 + plan.Tolerance);

    /// <summary>The end of the first four weeks under the last ceiling in which enough hours are known.</summary>
    private static DateTimeOffset? Fulfilment(List<KeyValuePair<DateTimeOffset, decimal>> since, ExitCeiling last, decimal limit)
    {
        var start = last.From;
        var known = 0;
        foreach (var (hour, power) in since)
        {
            if (power > limit)
            {
                (start, known) = (hour.AddHours(1), 0);
                continue;
            }

            known++;
            if (hour.AddHours(1) - start >= FulfilledAfter)
            {
                if (known >= LeastCoverage * (decimal)(hour.AddHours(1) - start).TotalHours)
                {
                    return hour.AddHours(1);
                }
            }
        }

        return null;
    }

    private static bool Warns(ExitPlan plan, ExitCeiling? next, IReadOnlyDictionary<DateTimeOffset, decimal> hours, DateTimeOffset now)
    {
        if (next is null || next.From - now > WarnBefore)
        {
            return false;
        }

        var lately = hours.Where(h => h.Key >= now - WarnBy && h.Key.AddHours(1) <= now).Select(h => h.Value).ToList();
        return lately.Count > 0 && lately.Average() > Limit(plan, next);
    }
}
