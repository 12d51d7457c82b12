// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;
using Detector.Timeline;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Detector.Web.Api;

/// <summary>The meter and the time that a call of <c>/meters/{meter}</c> asks for.</summary>
internal static class MeterRange
{
    /// <summary>Longest range whose hours are looked at at once: a judgement's history, thirteen months.</summary>
    internal static readonly TimeSpan LongestOfHours = TimeSpan.FromDays(400);

    /// <summary>Reads what a call asks for; null where it is understood, else what is wrong with it. Times at which no reading can be are cut off.</summary>
    internal static ProblemHttpResult? Fault(string meter, string? from, string? to, out MeterId id, out DateTimeOffset? start, out DateTimeOffset? end)
    {
        end = null;
        start = null;
        if (!MeterId.TryOf(meter, out id))
        {
            return Problems.BadRequest($"Not a meter name: {MeterId.Fault(meter)}.");
        }

        if (!Moments.TryParse(from, out start) || !Moments.TryParse(to, out end))
        {
            return Problems.BadRequest("from and to must be ISO 8601 times with zone, or Unix seconds.");
        }

        if (start >= end)
        {
            return Problems.BadRequest("from must be before to.");
        }

        (start, end) = (Within(start), Within(end));
        return null;
    }

    /// <summary>The range asked for, completed from what the meter has; null where it has nothing.</summary>
    /// <param name="timeline">Where its readings are.</param>
    /// <param name="meter">The meter.</param>
    /// <param name="from">First moment; null for <paramref name="length"/> before the end.</param>
    /// <param name="to">The moment after the last; null for that after the last reading.</param>
    /// <param name="length">How long a range without a beginning is; null for all that the meter has.</param>
    /// <param name="cancel">Gives up.</param>
    internal static async Task<TimeRange?> OfAsync(ITimeline timeline, MeterId meter, DateTimeOffset? from, DateTimeOffset? to, TimeSpan? length, CancellationToken cancel)
    {
        if (from is { } start && to is { } end)
        {
            return new TimeRange(start, end);
        }

        if (await timeline.ExtentAsync(meter, cancel) is not { } extent)
        {
            return null;
        }

        var known = extent.To.AddTicks(TimeSpan.TicksPerMicrosecond); // the last reading is in it; stores keep microseconds
        var last = to < known ? to.Value : known; // a length is counted back from what there is, not from a day to come
        var first = from ?? (length is { } bounded ? last - bounded : extent.From);
        return first < last ? new TimeRange(first, last) : null;
    }

    /// <summary>What is wrong with a range whose hours are asked for; null where it is not too long.</summary>
    internal static ProblemHttpResult? TooLong(TimeRange range) => range.Length > LongestOfHours ? Problems.BadRequest("from and to must lie at most 400 days apart.") : null;

    // No reading lies outside of it.
    private static DateTimeOffset? Within(DateTimeOffset? moment) =>
        moment < TimeRange.All.From ? TimeRange.All.From : moment > TimeRange.All.To ? TimeRange.All.To : moment;
}
