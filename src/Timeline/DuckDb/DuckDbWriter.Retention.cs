// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using Detector.Metering;

namespace Detector.Timeline.DuckDb;

/// <summary>Expiry: one transaction a batch of meters, so that readings, their hours and their count change together.</summary>
internal sealed partial class DuckDbWriter
{
    private const string ExpiringSchema = """
        CREATE TEMP TABLE expiring(meter INTEGER NOT NULL, readings BIGINT NOT NULL, until_us BIGINT NOT NULL, readings_us BIGINT);
        CREATE TEMP TABLE expiring_bursts(meter INTEGER NOT NULL, us BIGINT NOT NULL);
        """;

    /// <summary>Keeps hours and days and deletes the readings they stand for.</summary>
    public ExpiryOutcome Expire(IReadOnlyList<MeterExpiry> meters, long settledPosition, CancellationToken cancel)
    {
        var known = Known(meters, m => m.Meter);
        using var transaction = _connection.BeginTransaction();
        List(known, m => (m.Readings, m.HoursUntil, m.ReadingsUntil));

        // The readings must be those that the hours were made of, and none may be on its way to be written again.
        Strike(string.Create(
            CultureInfo.InvariantCulture,
            $"""
            SELECT e.meter FROM expiring e LEFT JOIN readings r ON r.meter = e.meter AND r.ts < make_timestamp(e.until_us)
            GROUP BY e.meter, e.readings HAVING count(r.meter) = e.readings AND coalesce(max(r.position), 0) <= {settledPosition}
            """));
        var fit = Listed();
        cancel.ThrowIfCancellationRequested();
        Append("hours", fit, id => known[id].Hours);
        Append("days", fit, id => known[id].Days);
        Enter(
            """
            SELECT e.meter, e.until_us AS hours, e.readings_us AS readings, NULL::BIGINT AS bursts, count(r.meter) AS n
            FROM expiring e LEFT JOIN readings r ON r.meter = e.meter AND r.ts < make_timestamp(e.readings_us)
            GROUP BY e.meter, e.until_us, e.readings_us
            """);
        var deleted = Execute("DELETE FROM readings USING expiring e WHERE readings.meter = e.meter AND readings.ts < make_timestamp(e.readings_us)");
        Execute("DELETE FROM expired_bursts USING expiring e WHERE expired_bursts.meter = e.meter AND expired_bursts.to_us < e.until_us");
        cancel.ThrowIfCancellationRequested();
        transaction.Commit();
        foreach (var id in fit)
        {
            _byId[id].ExpiredBeforeMicroseconds = Math.Max(_byId[id].ExpiredBeforeMicroseconds, Micros.Of(known[id].HoursUntil));
        }

        return new ExpiryOutcome(deleted, [.. known.Where(m => !fit.Contains(m.Key)).Select(m => m.Value.Meter)]);
    }

    /// <summary>Deletes the readings of bursts.</summary>
    public ExpiryOutcome ExpireBursts(IReadOnlyList<BurstExpiry> meters, long settledPosition, CancellationToken cancel)
    {
        var known = Known(meters, m => m.Meter);
        using var transaction = _connection.BeginTransaction();
        List(known, m => (m.Spans.Sum(span => (long)span.Times.Count), m.Until, null));
        ListTimes(known);
        Strike(string.Create(
            CultureInfo.InvariantCulture,
            $"""
            SELECT e.meter FROM expiring e
            LEFT JOIN expiring_bursts b ON b.meter = e.meter
            LEFT JOIN readings r ON r.meter = b.meter AND r.ts = make_timestamp(b.us) AND r.position <= {settledPosition}
            GROUP BY e.meter, e.readings HAVING count(r.meter) = e.readings
            """));
        Execute("DELETE FROM expiring_bursts WHERE meter NOT IN (SELECT meter FROM expiring)");
        var fit = Listed();
        cancel.ThrowIfCancellationRequested();
        AppendSpans(known, fit);
        Enter("SELECT e.meter, NULL::BIGINT AS hours, NULL::BIGINT AS readings, e.until_us AS bursts, e.readings AS n FROM expiring e");
        var deleted = Execute("DELETE FROM readings USING expiring_bursts b WHERE readings.meter = b.meter AND readings.ts = make_timestamp(b.us)");
        cancel.ThrowIfCancellationRequested();
        transaction.Commit();
        return new ExpiryOutcome(deleted, [.. known.Where(m => !fit.Contains(m.Key)).Select(m => m.Value.Meter)]);
    }

    /// <summary>Deletes hours or days.</summary>
    public long Drop(AggregateLength length, DateTimeOffset before, IReadOnlyCollection<MeterId> except) =>
        Execute($"DELETE FROM {length.Table()} WHERE {DuckDbAggregates.Aged(before, except.Select(_split.TrackOf).Where(t => t is not null).Select(t => t!.StoreId))}");

    /// <summary>Those of the late readings that lie in a burst that has expired.</summary>
    private HashSet<ArrivalKey> InExpiredBursts()
    {
        using var command = _connection.Command("SELECT l.meter, l.us FROM late l JOIN expired_bursts b ON b.meter = l.meter AND l.us BETWEEN b.from_us AND b.to_us");
        using var rows = command.ExecuteReader();
        var keys = new HashSet<ArrivalKey>();
        while (rows.Read())
        {
            keys.Add(new ArrivalKey(_byId[rows.GetInt32(0)], rows.GetInt64(1)));
        }

        return keys;
    }

    private Dictionary<int, T> Known<T>(IReadOnlyList<T> meters, Func<T, MeterId> meterOf)
    {
        var known = new Dictionary<int, T>();
        foreach (var meter in meters)
        {
            if (_split.TrackOf(meterOf(meter)) is { StoreId: > 0 } track)
            {
                known.Add(track.StoreId, meter);
            }
        }

        return known;
    }

    private void List<T>(Dictionary<int, T> meters, Func<T, (long Readings, DateTimeOffset Until, DateTimeOffset? ReadingsUntil)> entry)
    {
        Execute("DELETE FROM expiring");
        using var appender = _connection.CreateAppender("expiring");
        foreach (var (id, meter) in meters)
        {
            var (readings, until, readingsUntil) = entry(meter);
            appender.CreateRow()
                .AppendValue((int?)id)
                .AppendValue((long?)readings)
                .AppendValue((long?)Micros.Of(until))
                .AppendValue(readingsUntil is { } moment ? Micros.Of(moment) : null)
                .EndRow();
        }

        appender.Close();
    }

    private void ListTimes(Dictionary<int, BurstExpiry> meters)
    {
        Execute("DELETE FROM expiring_bursts");
        using var appender = _connection.CreateAppender("expiring_bursts");
        foreach (var (id, meter) in meters)
        {
            foreach (var time in meter.Spans.SelectMany(span => span.Times))
            {
                appender.CreateRow().AppendValue((int?)id).AppendValue((long?)time).EndRow();
            }
        }

        appender.Close();
    }

    private void AppendSpans(Dictionary<int, BurstExpiry> meters, HashSet<int> fit)
    {
        using var appender = _connection.CreateAppender("expired_bursts");
        foreach (var (id, span) in fit.SelectMany(id => meters[id].Spans.Select(span => (id, span))))
        {
            appender.CreateRow().AppendValue((int?)id).AppendValue((long?)span.From).AppendValue((long?)span.To).EndRow();
        }

        appender.Close();
    }

    private void Append(string table, HashSet<int> fit, Func<int, IReadOnlyList<LoadAggregate>> aggregates)
    {
        using var appender = _connection.CreateAppender(table);
        foreach (var id in fit)
        {
            foreach (var aggregate in aggregates(id))
            {
                DuckDbAggregates.Append(appender, id, aggregate);
            }
        }

        appender.Close();
    }

    private void Strike(string fit) => Execute($"DELETE FROM expiring WHERE meter NOT IN ({fit})");

    private HashSet<int> Listed()
    {
        using var command = _connection.Command("SELECT meter FROM expiring");
        using var rows = command.ExecuteReader();
        var ids = new HashSet<int>();
        while (rows.Read())
        {
            ids.Add(rows.GetInt32(0));
        }

        return ids;
    }

    /// <summary>Adds to each meter's count and moves what it has reached; that never goes back.</summary>
    private void Enter(string change)
    {
        Execute("INSERT INTO expired SELECT meter, NULL, NULL, NULL, 0 FROM expiring WHERE meter NOT IN (SELECT meter FROM expired)");
        Execute($"""
            UPDATE expired SET
                readings = expired.readings + c.n,
                hours_us = greatest(coalesce(expired.hours_us, c.hours), coalesce(c.hours, expired.hours_us)),
                readings_us = greatest(coalesce(expired.readings_us, c.readings), coalesce(c.readings, expired.readings_us)),
                bursts_us = greatest(coalesce(expired.bursts_us, c.bursts), coalesce(c.bursts, expired.bursts_us))
            FROM ({change}) c WHERE expired.meter = c.meter
            """);
    }

    private int Execute(string sql)
    {
        using var command = _connection.Command(sql);
        return command.ExecuteNonQuery();
    }
}
