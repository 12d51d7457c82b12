// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;
using Detector.Timeline;
using Detector.Web.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Detector.Web.Api;

/// <summary>The meter and the time that a call of <c>/meters/{meter}</c> asks for.</summary>
internal static class MeterRange
{
    /// <summary>Longest range whose hours are looked at at once: a judgement's history, thirteen months.</summary>
    internal static readonly TimeSpan LongestOfHours = TimeSpan.FromDays(400);

    /// <summary>Reads what a call asks for; null where it is understood, else what is wrong with it. Times at which no reading can be, or that are not the caller's to see, are cut off.</summary>
    internal static ProblemHttpResult? Fault(string meter, string? from, string? to, HttpContext context, out MeterCall call)
    {
        call = default;
        if (!MeterId.TryOf(meter, out var id))
        {
            return Problems.BadRequest($"Not a meter name: {MeterId.Fault(meter)}.");
        }

        if (!Moments.TryParse(from, out var start) || !Moments.TryParse(to, out var end))
        {
            return Problems.BadRequest("from and to must be ISO 8601 times with zone, or Unix seconds.");
        }

        if (start >= end)
        {
            return Problems.BadRequest("from must be before to.");
        }

        if (Scopes.TimeOf(context, id) is not { } seen)
        {
            return Problems.NotFound($"There is no meter '{meter}'.");
        }

        call = new MeterCall(id, start, end, seen);
        return null;
    }

    /// <summary>The range asked for, completed from what the meter has; null where it has nothing.</summary>
    /// <param name="timeline">Where its readings are.</param>
    /// <param name="call">The meter; without a beginning the range begins <paramref name="length"/> before its end, without an end it ends after the last reading.</param>
    /// <param name="length">How long a range without a beginning is; null for all that the meter has.</param>
    /// <param name="cancel">Gives up.</param>
    internal static async Task<TimeRange?> OfAsync(ITimeline timeline, MeterCall call, TimeSpan? length, CancellationToken cancel)
    {
        if (call is { From: not null, To: not null })
        {
            return Some(call.Asked);
        }

        if (await timeline.ExtentAsync(call.Meter, cancel) is not { } extent)
        {
            return null;
        }

        var known = extent.To.AddTicks(TimeSpan.TicksPerMicrosecond); // the last reading is in it; stores keep microseconds
        var last = call.Asked.To < known ? call.Asked.To : known; // a length is counted back from what there is, not from a day to come
        var first = call.From ?? (length is { } bounded ? last - bounded : extent.From);
        return first < last ? Some(new TimeRange(first, last).Within(call.Seen)) : null;
    }

    /// <summary>What is wrong with a range whose hours are asked for; null where it is not too long.</summary>
    internal static ProblemHttpResult? TooLong(TimeRange range) => range.Length > LongestOfHours ? Problems.BadRequest("from and to must lie at most 400 days apart.") : null;

    private static TimeRange? Some(TimeRange range) => range.Length > TimeSpan.Zero ? range : null;
}

/// <summary>What a call of <c>/meters/{meter}</c> asks for.</summary>
/// <param name="Meter">The meter.</param>
/// <param name="From">First moment asked for; null where none was said.</param>
/// <param name="To">The moment after the last asked for; null where none was said.</param>
/// <param name="Seen">The time in which the caller sees what the meter measured.</param>
internal readonly record struct MeterCall(MeterId Meter, DateTimeOffset? From, DateTimeOffset? To, TimeRange Seen)
{
    /// <summary>What of the time asked for is the caller's to see; all of that where none was said.</summary>
    internal TimeRange Asked => new TimeRange(From ?? Seen.From, To ?? Seen.To).Within(Seen);
}
