// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using Detector.Metering;

namespace Detector.Cases.Measures;

/// <summary>Reads a meter's readings of a range, oldest first.</summary>
public delegate IAsyncEnumerable<Reading> ReadingsOf(MeterId meter, TimeRange range, CancellationToken cancel);

/// <summary>A stretch of time for which one reading stands.</summary>
/// <param name="Meter">The meter.</param>
/// <param name="Reading">Time of the reading, by which it is found again.</param>
/// <param name="From">From when, UTC.</param>
/// <param name="To">Until when, UTC.</param>
/// <param name="Kilowatts">Mean power.</param>
internal readonly record struct LoadPiece(MeterId Meter, DateTimeOffset Reading, DateTimeOffset From, DateTimeOffset To, decimal Kilowatts)
{
    /// <summary>Energy in kWh.</summary>
    public decimal KilowattHours => Kilowatts * (To - From).Ticks / TimeSpan.TicksPerHour;
}

/// <summary>Readings as stretches of load: never twice for the same moment, and nothing made up where none is known.</summary>
internal static class LoadPieces
{
    private static readonly TimeSpan LongestInterval = TimeSpan.FromDays(1); // no reading covers more: the coarsest cadence there is

    private const double Absurd = 1e9; // kW; no site on earth draws a terawatt, and NaN is not below it either

    /// <summary>The load of one meter over the part of a range in which it was at the site. An interval value stands for its interval, a sample until the next one but at most <paramref name="longestHold"/>; a later reading cuts the one before.</summary>
    public static async IAsyncEnumerable<LoadPiece> OfAsync(
        ReadingsOf readings, MeterInstallation meter, TimeRange range, TimeSpan longestHold, [EnumeratorCancellation] CancellationToken cancel)
    {
        Reading? before = null;
        range = range.Within(meter.Valid);
        if (range.Length == TimeSpan.Zero)
        {
            yield break;
        }

        var early = new TimeRange(range.From > DateTimeOffset.UnixEpoch + LongestInterval ? range.From - LongestInterval : range.From, range.To);
        await foreach (var reading in readings(meter.Meter, early, cancel))
        {
            if (!(Math.Abs(reading.PowerKilowatts) < Absurd))
            {
                continue;
            }

            if (before is { } last && Stretch(last, reading.Time, range, longestHold) is { } piece)
            {
                yield return piece;
            }

            before = reading;
        }

        if (before is { } end && Stretch(end, DateTimeOffset.MaxValue, range, longestHold) is { } rest)
        {
            yield return rest;
        }
    }

    private static LoadPiece? Stretch(Reading reading, DateTimeOffset next, TimeRange range, TimeSpan longestHold)
    {
        var covers = reading.Interval > TimeSpan.Zero && reading.Kind is ReadingKind.IntervalMean or ReadingKind.IntervalEnergy ? reading.Interval : longestHold;
        var to = reading.Time + (covers < LongestInterval ? covers : LongestInterval);
        to = to < next ? to : next;
        to = to < range.To ? to : range.To;
        var from = reading.Time > range.From ? reading.Time : range.From;
        return to > from ? new LoadPiece(reading.Meter, reading.Time, from, to, (decimal)reading.PowerKilowatts) : null;
    }
}
