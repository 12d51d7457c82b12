// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;
using Detector.Timeline;

namespace Detector.Pipeline.Retention;

/// <summary>A meter that has something due.</summary>
/// <param name="Meter">The meter.</param>
/// <param name="From">Day from which on it has readings that are to be looked at.</param>
/// <param name="HoursUntil">Its hours were made up to here; null where none were.</param>
public sealed record DueMeter(MeterId Meter, DateTimeOffset From, DateTimeOffset? HoursUntil);

/// <summary>What is due by now.</summary>
/// <param name="Cuts">Before when.</param>
/// <param name="Readings">Meters with readings that are due.</param>
/// <param name="Bursts">Meters whose bursts are to be looked for.</param>
/// <param name="Holds">Every hold; nothing of these meters is due.</param>
public sealed record RetentionPlan(RetentionCuts Cuts, IReadOnlyList<DueMeter> Readings, IReadOnlyList<DueMeter> Bursts, IReadOnlyList<RetentionHold> Holds)
{
    /// <summary>The plan of a store without readings.</summary>
    public static RetentionPlan Nothing { get; } = new(new RetentionCuts(null, null, null, null, null), [], [], []);

    /// <summary>The plan by what each meter has.</summary>
    public static async Task<RetentionPlan> OfAsync(IReadOnlyList<MeterAge> ages, RetentionCuts cuts, IRetentionHolds holds, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(ages);
        ArgumentNullException.ThrowIfNull(cuts);
        ArgumentNullException.ThrowIfNull(holds);
        var held = await holds.AmongAsync([.. ages.Select(age => age.Meter)], cancel);
        var free = ages.ExceptBy(held.Select(hold => hold.Meter), age => age.Meter).ToList();
        return new RetentionPlan(
            cuts,
            [.. free.Where(age => age.First < cuts.Readings).Select(age => new DueMeter(age.Meter, Day(age.First), age.HoursUntil))],
            [.. free.Where(age => Later(age.First, age.BurstsUntil) < cuts.Bursts).Select(age => new DueMeter(age.Meter, Day(Later(age.First, age.BurstsUntil)), age.HoursUntil))],
            held);
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset? other) => other > one ? other.Value : one;

    private static DateTimeOffset Day(DateTimeOffset moment) => new(moment.UtcDateTime.Date, TimeSpan.Zero);
}
