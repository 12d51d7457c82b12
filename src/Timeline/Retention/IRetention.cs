// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Timeline;

/// <summary>How long an aggregate of a load is.</summary>
public enum AggregateLength : byte
{
    /// <summary>Whole UTC hours.</summary>
    Hour = 1,

    /// <summary>Whole UTC days.</summary>
    Day = 2,
}

/// <summary>Names of the lengths in a store.</summary>
internal static class AggregateLengths
{
    /// <summary>Name of the table or measurement that holds aggregates of a length.</summary>
    public static string Table(this AggregateLength length) => length switch
    {
        AggregateLength.Hour => "hours",
        AggregateLength.Day => "days",
        _ => throw new ArgumentOutOfRangeException(nameof(length), length, "no such length"),
    };
}

/// <summary>A store that can let readings expire and keeps hours and days of them.</summary>
/// <remarks>
/// Each call that deletes can be stopped at any moment: a meter's readings are then counted as stored or as expired, never as both or neither, and what a crash left to be deleted
/// is deleted by the next <see cref="AgesAsync"/>. What expired is refused when it comes again (<see cref="WriteResult.Expired"/>), for ever.
/// </remarks>
public interface IRetention
{
    /// <summary>What each meter has, and how far it has expired; a meter without readings is left out.</summary>
    Task<IReadOnlyList<MeterAge>> AgesAsync(CancellationToken cancel);

    /// <summary>Keeps hours and days of meters and deletes the readings they stand for.</summary>
    /// <param name="meters">The meters, each once.</param>
    /// <param name="settledPosition">Journal position up to which the relay has settled: a meter with a reading from behind it is put off, because it may be written again.</param>
    /// <param name="cancel">Ends it; nothing is changed then.</param>
    Task<ExpiryOutcome> ExpireAsync(IReadOnlyList<MeterExpiry> meters, long settledPosition, CancellationToken cancel);

    /// <summary>Deletes the readings of bursts, and remembers their spans so that they are refused when they come again.</summary>
    /// <param name="meters">The meters, each once.</param>
    /// <param name="settledPosition">As for <see cref="ExpireAsync"/>.</param>
    /// <param name="cancel">Ends it; nothing is changed then.</param>
    Task<ExpiryOutcome> ExpireBurstsAsync(IReadOnlyList<BurstExpiry> meters, long settledPosition, CancellationToken cancel);

    /// <summary>Deletes hours or days that start before a moment; returns how many.</summary>
    Task<long> DropAsync(AggregateLength length, DateTimeOffset before, IReadOnlyCollection<MeterId> except, CancellationToken cancel);

    /// <summary>How many hours or days there are that start before a moment.</summary>
    Task<long> CountAsync(AggregateLength length, DateTimeOffset before, IReadOnlyCollection<MeterId> except, CancellationToken cancel);

    /// <summary>How many readings have expired so far: with the readings that are left, all that were ever stored.</summary>
    Task<long> ExpiredAsync(CancellationToken cancel);

    /// <summary>Hours or days of some meters that start in a range, one meter after another; a meter that has none is left out.</summary>
    IAsyncEnumerable<LoadAggregates> ReadAsync(AggregateLength length, IReadOnlyCollection<MeterId> meters, TimeRange range, CancellationToken cancel);

    /// <summary>How far a meter's readings have expired; null where none have.</summary>
    Task<MeterHorizon?> HorizonAsync(MeterId meter, CancellationToken cancel);
}

/// <summary>How far a meter has expired.</summary>
/// <param name="ReadingsFrom">No reading before it is kept, only hours and days.</param>
/// <param name="HoursUntil">Hours were made up to here; what comes late from before it is refused.</param>
public readonly record struct MeterHorizon(DateTimeOffset ReadingsFrom, DateTimeOffset HoursUntil);

/// <summary>What a meter has, and how far it has expired.</summary>
/// <param name="Meter">The meter.</param>
/// <param name="First">Time of its first reading that is kept.</param>
/// <param name="Last">Time of its last reading.</param>
/// <param name="HoursUntil">Hours were made up to here; null where none were.</param>
/// <param name="BurstsUntil">Bursts have expired up to here; null where none were looked for.</param>
public readonly record struct MeterAge(MeterId Meter, DateTimeOffset First, DateTimeOffset Last, DateTimeOffset? HoursUntil, DateTimeOffset? BurstsUntil);

/// <summary>What is to be kept of one meter, and what is to be deleted.</summary>
public sealed record MeterExpiry
{
    /// <summary>The meter.</summary>
    public required MeterId Meter { get; init; }

    /// <summary>Readings from before <see cref="HoursUntil"/> that the hours were made of: with another number in the store the meter is put off.</summary>
    public required long Readings { get; init; }

    /// <summary>Hours are made up to here; no later than this is refused from now on.</summary>
    public required DateTimeOffset HoursUntil { get; init; }

    /// <summary>Readings before it are deleted; at or before <see cref="HoursUntil"/>.</summary>
    public required DateTimeOffset ReadingsUntil { get; init; }

    /// <summary>Readings from before <see cref="ReadingsUntil"/>, for an account of what would be deleted.</summary>
    public long Expiring { get; init; }

    /// <summary>The new hours.</summary>
    public required IReadOnlyList<LoadAggregate> Hours { get; init; }

    /// <summary>The new days.</summary>
    public required IReadOnlyList<LoadAggregate> Days { get; init; }
}

/// <summary>The bursts of one meter that are to be deleted.</summary>
/// <param name="Meter">The meter.</param>
/// <param name="Until">Bursts were looked for up to here.</param>
/// <param name="Spans">Each burst; may be empty.</param>
public sealed record BurstExpiry(MeterId Meter, DateTimeOffset Until, IReadOnlyList<BurstSpan> Spans);

/// <summary>One burst; its times are in microseconds since 1970.</summary>
/// <param name="From">Its first reading that is to be deleted.</param>
/// <param name="To">Its last reading that is to be deleted.</param>
/// <param name="Times">The readings that are to be deleted, ascending.</param>
/// <param name="Kept">Readings in it that belong to the meter's own intervals and stay.</param>
public sealed record BurstSpan(long From, long To, IReadOnlyList<long> Times, IReadOnlyList<long> Kept);

/// <summary>What came of letting readings expire.</summary>
/// <param name="Readings">Readings deleted.</param>
/// <param name="PutOff">Meters left as they are, because readings came in meanwhile or are not settled: they come again with the next sweep.</param>
public sealed record ExpiryOutcome(long Readings, IReadOnlyList<MeterId> PutOff);
