// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using System.Runtime.CompilerServices;
using Detector.Metering;
using DuckDB.NET.Data;

namespace Detector.Timeline.DuckDb;

/// <summary>Retention: what deletes goes through the one writer, what reads has connections of its own.</summary>
internal sealed partial class DuckDbTimeline : IRetention
{
    /// <inheritdoc />
    public IRetention Retention => this;

    /// <inheritdoc />
    public Task<ExpiryOutcome> ExpireAsync(IReadOnlyList<MeterExpiry> meters, long settledPosition, CancellationToken cancel) =>
        ChangeAsync(writer => writer.Expire(meters, settledPosition, cancel), cancel);

    /// <inheritdoc />
    public Task<ExpiryOutcome> ExpireBurstsAsync(IReadOnlyList<BurstExpiry> meters, long settledPosition, CancellationToken cancel) =>
        ChangeAsync(writer => writer.ExpireBursts(meters, settledPosition, cancel), cancel);

    /// <inheritdoc />
    public Task<long> DropAsync(AggregateLength length, DateTimeOffset before, IReadOnlyCollection<MeterId> except, CancellationToken cancel) =>
        ChangeAsync(writer => writer.Drop(length, before, except), cancel);

    /// <inheritdoc />
    public Task<long> CountAsync(AggregateLength length, DateTimeOffset before, IReadOnlyCollection<MeterId> except, CancellationToken cancel) => QueryAsync(
        connection => (long)connection.Scalar(
            $"SELECT count(*) FROM {length.Table()} WHERE {DuckDbAggregates.Aged(before, connection.Names(except).Keys)}")!,
        cancel);

    /// <inheritdoc />
    public Task<long> ExpiredAsync(CancellationToken cancel) =>
        QueryAsync(connection => (long)connection.Scalar("SELECT coalesce(sum(readings), 0)::BIGINT FROM expired")!, cancel);

    /// <inheritdoc />
    public Task<IReadOnlyList<MeterAge>> AgesAsync(CancellationToken cancel) => QueryAsync<IReadOnlyList<MeterAge>>(
        connection =>
        {
            using var command = connection.Command(
                """
                SELECT m.name, epoch_us(r.first), epoch_us(r.last), e.hours_us, e.bursts_us
                FROM (SELECT meter, min(ts) AS first, max(ts) AS last FROM readings GROUP BY meter) r
                JOIN meters m ON m.id = r.meter LEFT JOIN expired e ON e.meter = r.meter
                ORDER BY m.id
                """);
            using var rows = command.ExecuteReader();
            var ages = new List<MeterAge>();
            while (rows.Read())
            {
                ages.Add(new MeterAge(
                    MeterId.Of(rows.GetString(0)), Micros.ToMoment(rows.GetInt64(1)), Micros.ToMoment(rows.GetInt64(2)), Moment(rows, 3), Moment(rows, 4)));
            }

            return ages;
        },
        cancel);

    /// <inheritdoc />
    public Task<MeterHorizon?> HorizonAsync(MeterId meter, CancellationToken cancel) => QueryAsync<MeterHorizon?>(
        connection =>
        {
            using var command = connection.Command(
                "SELECT e.readings_us, e.hours_us FROM expired e JOIN meters m ON m.id = e.meter WHERE m.name = $1 AND e.readings_us IS NOT NULL", meter.Value);
            using var row = command.ExecuteReader();
            return row.Read() ? new MeterHorizon(Micros.ToMoment(row.GetInt64(0)), Micros.ToMoment(row.GetInt64(1))) : null;
        },
        cancel);

    /// <inheritdoc />
    public async IAsyncEnumerable<LoadAggregates> ReadAsync(
        AggregateLength length, IReadOnlyCollection<MeterId> meters, TimeRange range, [EnumeratorCancellation] CancellationToken cancel)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        using var connection = Guard(_file.Connect, cancel);
        var names = Guard(() => (bool)connection.Scalar($"SELECT EXISTS (SELECT 1 FROM {length.Table()})")! ? connection.Names(meters) : [], cancel);
        if (names.Count == 0)
        {
            yield break;
        }

        using var command = connection.Command(string.Create(
            CultureInfo.InvariantCulture,
            $"""
            SELECT a.meter, {DuckDbAggregates.Columns} FROM {length.Table()} a
            WHERE a.meter IN ({string.Join(',', names.Keys.Select(id => id.ToString(CultureInfo.InvariantCulture)))})
            AND a.ts >= make_timestamp({Micros.AtOrAfter(range.From)}) AND a.ts < make_timestamp({Micros.AtOrAfter(range.To)})
            ORDER BY a.meter, a.ts
            """));
        command.UseStreamingMode = true;
        await using var stop = cancel.UnsafeRegister(static c => ((DuckDBCommand)c!).Cancel(), command);
        using var rows = await Task.Run(() => Guard(command.ExecuteReader, cancel), cancel);
        var (meter, aggregates) = (0, new List<LoadAggregate>());
        while (Guard(rows.Read, cancel))
        {
            cancel.ThrowIfCancellationRequested();
            if (rows.GetInt32(0) != meter && aggregates.Count > 0)
            {
                yield return new LoadAggregates(names[meter], aggregates);
                aggregates = [];
            }

            meter = rows.GetInt32(0);
            aggregates.Add(DuckDbAggregates.Read(rows, 1));
        }

        if (aggregates.Count > 0)
        {
            yield return new LoadAggregates(names[meter], aggregates);
        }
    }

    private static DateTimeOffset? Moment(DuckDBDataReader row, int column) => row.IsDBNull(column) ? null : Micros.ToMoment(row.GetInt64(column));

    private async Task<T> ChangeAsync<T>(Func<DuckDbWriter, T> change, CancellationToken cancel)
    {
        await _writing.WaitAsync(cancel);
        try
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return await Task.Run(() => Guard(() => change(_writer ?? OpenWriter())), cancel);
        }
        finally
        {
            _writing.Release();
        }
    }
}
