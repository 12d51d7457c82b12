// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;
using Detector.Neighbours;
using Detector.Profiles;
using Detector.Timeline;
using Detector.Validation;

namespace Detector.Pipeline;

/// <summary>What happened to a load that its rhythm does not explain: dips that it recovered from, and steps that stayed.</summary>
/// <param name="Timezone">The site's zone, IANA: rhythms are of its hours.</param>
/// <param name="Window">The time looked at, UTC; null where the meter has no readings in the time asked for.</param>
/// <param name="Dips">In order of time; of more than 96 the deepest.</param>
/// <param name="Steps">In order of time; of more than 8 the largest.</param>
public sealed record LoadEvents(string Timezone, TimeRange? Window, IReadOnlyList<DipEvent> Dips, IReadOnlyList<StepEvent> Steps)
{
    /// <summary>Those of a meter without readings.</summary>
    public static LoadEvents None(string timezone) => new(timezone, null, [], []);
}

/// <summary>A fall out of the meter's rhythm and its return.</summary>
/// <param name="From">Start of the first hour below, UTC.</param>
/// <param name="To">Start of the first hour that is back, UTC.</param>
/// <param name="Depth">Greatest depth below the rhythm, as a share of what the rhythm has at that hour, 0 to 1: 1 is an outage of all of it.</param>
public sealed record DipEvent(DateTimeOffset From, DateTimeOffset To, double Depth);

/// <summary>A change point: the level moved and stayed.</summary>
/// <param name="At">The first hour of it, UTC.</param>
/// <param name="Kilowatts">Level after it less level before, kW.</param>
/// <param name="Constancy">How constant that is over the hours of the day: 1 is a constant, 0 and below is not at all hours.</param>
public sealed record StepEvent(DateTimeOffset At, double Kilowatts, double Constancy);

/// <summary>Finds the events of a meter's load, by the rules by which they are found when neighbours are compared.</summary>
/// <remarks>Cadences over an hour have none: a day's energy shows no dip. A dip within a day of a step is the step's.</remarks>
public sealed class LoadEventFinder(ITimeline timeline, SeriesAssessor assessor, RegistryHolder registry, NeighbourOptions options)
{
    private const int DayHours = 24;

    /// <summary>The events within a time, of the part in which the meter was where it was at its end.</summary>
    public async Task<LoadEvents> FindAsync(MeterId meter, TimeRange range, CancellationToken cancel)
    {
        var (row, installed) = registry.Current.InstallationOf(meter, range.To.AddTicks(-1));
        await foreach (var readings in timeline.ReadManyAsync([meter], installed.Within(range), cancel))
        {
            var series = assessor.Assess(readings).Series;
            var input = new ProfileInput(HourlyLoad.From(series, row.TimeZone));
            var (load, trace) = (input.Load, TraceFinder.Of(input, row, options));
            LevelStep[] steps = [.. trace.Steps.Select(step => step with { Hour = StepHour.Of(load, step) }).OrderBy(step => step.Hour)];
            return new LoadEvents(
                row.TimeZone,
                series.Range,
                [.. trace.Dips.Where(dip => !steps.Any(step => IsOf(step, dip))).Select(dip => new DipEvent(TimeOf(dip.Hour), TimeOf(dip.Hour + dip.Hours), DepthOf(input, (int)(dip.Hour - trace.First), dip.Hours)))],
                [.. steps.Select(step => new StepEvent(TimeOf(step.Hour), step.Kilowatts, step.Constancy))]);
        }

        return LoadEvents.None(row.TimeZone);
    }

    // The level is a day's: where it moves within one, the rest of that day looks like a dip.
    private static bool IsOf(LevelStep step, LoadDip dip) => dip.Hour < step.Hour + DayHours && dip.Hour + dip.Hours > step.Hour - DayHours;

    private static double DepthOf(ProfileInput input, int first, int hours)
    {
        var deepest = 0f;
        for (var i = first; i < first + hours; i++)
        {
            deepest = Math.Max(deepest, -input.Residual[i] / input.Template[input.Load.Local.HourOfWeek[i]]);
        }

        return Math.Round(Math.Clamp(deepest, 0, 1), 4);
    }

    private static DateTimeOffset TimeOf(long hour) => new(hour * TimeSpan.TicksPerHour, TimeSpan.Zero);
}
