// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using Detector.Metering;
using DuckDB.NET.Data;

namespace Detector.Timeline.DuckDb;

/// <summary>The one writer of a file: its connection and what it knows of each meter. Not thread-safe.</summary>
/// <remarks>
/// A batch is one transaction: late readings are looked up by one join, the rest is appended. When <see cref="Write"/>
/// returns, the commit is on disk. After a <see cref="DuckDBException"/> the writer is spent: dispose it and open another.
/// </remarks>
internal sealed partial class DuckDbWriter : IDisposable
{
    private const int RowsBetweenChecks = 4096; // of the cancellation token

    private readonly DuckDBConnection _connection;
    private readonly ArrivalSplit _split = new();
    private readonly Dictionary<int, MeterTrack> _byId = [];
    private readonly DuckDbRow _row = new();
    private int _lastId;

    private DuckDbWriter(DuckDBConnection connection) => _connection = connection;

    /// <summary>Meters with readings.</summary>
    public int Meters => _split.Count;

    /// <summary>Opens the file and learns each meter's last time in one pass.</summary>
    public static DuckDbWriter Open(DuckDbFile file, out int foundVersion)
    {
        var writer = new DuckDbWriter(file.ConnectWriter(out foundVersion));
        try
        {
            writer.Learn();
            return writer;
        }
        catch
        {
            writer.Dispose();
            throw;
        }
    }

    /// <summary>Writes a batch.</summary>
    public SplitBatch Write(ReadOnlyMemory<ArrivedReading> batch, CancellationToken cancel)
    {
        var split = _split.Split(batch);
        var durable = false;
        try
        {
            Store(split, cancel);
            durable = true;
            split.Commit();
            return split;
        }
        finally
        {
            if (!durable)
            {
                ForgetNew(split);
            }
        }
    }

    /// <inheritdoc />
    public void Dispose() => _connection.Dispose();

    private void Store(SplitBatch split, CancellationToken cancel)
    {
        using var transaction = _connection.BeginTransaction();
        if (split.LookUp.Count == 0)
        {
            split.Resolve(new Dictionary<ArrivalKey, ArrivedReading>());
        }
        else
        {
            split.Resolve(Held(split, cancel), InExpiredBursts());
        }

        cancel.ThrowIfCancellationRequested();
        if (split.ToWrite.Count == 0)
        {
            return;
        }

        AppendMeters(split);
        DeleteReplaced(split);
        AppendReadings(split, cancel);
        transaction.Commit();
    }

    private void AppendMeters(SplitBatch split)
    {
        if (split.New.Count == 0)
        {
            return;
        }

        using var appender = _connection.CreateAppender("meters");
        foreach (var track in split.New)
        {
            track.StoreId = ++_lastId;
            _byId.Add(track.StoreId, track);
            appender.CreateRow().AppendValue((int?)track.StoreId).AppendValue(track.Meter.Value).EndRow();
        }

        appender.Close();
    }

    private void AppendReadings(SplitBatch split, CancellationToken cancel)
    {
        using var appender = _connection.CreateAppender("readings");
        var rows = 0;
        foreach (var index in split.ToWrite)
        {
            _row.Append(appender, split.Tracks[index]!.StoreId, split.Microseconds[index], split.Written(index));
            if (++rows % RowsBetweenChecks == 0)
            {
                cancel.ThrowIfCancellationRequested();
            }
        }

        appender.Close();
    }

    /// <summary>What the file holds of the late readings' meters and times: one join, narrowed to their span of time.</summary>
    private Dictionary<ArrivalKey, ArrivedReading> Held(SplitBatch split, CancellationToken cancel)
    {
        Name(split, split.LookUp);
        cancel.ThrowIfCancellationRequested();
        using var command = _connection.Command(string.Create(
            CultureInfo.InvariantCulture,
            $"""
            SELECT r.meter, {DuckDbSchema.ReadingColumns}
            FROM readings r JOIN late l ON l.meter = r.meter AND make_timestamp(l.us) = r.ts
            WHERE r.ts BETWEEN make_timestamp({split.LookUp.Min(i => split.Microseconds[i])}) AND make_timestamp({split.LookUp.Max(i => split.Microseconds[i])})
            """));
        using var rows = command.ExecuteReader();
        var held = new Dictionary<ArrivalKey, ArrivedReading>(split.LookUp.Count);
        while (rows.Read())
        {
            var track = _byId[rows.GetInt32(0)];
            held[new ArrivalKey(track, rows.GetInt64(1))] = DuckDbRow.Read(rows, track.Meter, 1);
        }

        return held;
    }

    private void DeleteReplaced(SplitBatch split)
    {
        if (split.Replacing.Count > 0)
        {
            Name(split, split.Replacing);
            _connection.Run(string.Create(
                CultureInfo.InvariantCulture,
                $"""
                DELETE FROM readings USING late l WHERE readings.meter = l.meter AND readings.ts = make_timestamp(l.us)
                AND readings.ts BETWEEN make_timestamp({split.Replacing.Min(i => split.Microseconds[i])}) AND make_timestamp({split.Replacing.Max(i => split.Microseconds[i])})
                """));
        }
    }

    /// <summary>Puts meters and times of readings into the table that statements join with.</summary>
    private void Name(SplitBatch split, List<int> indices)
    {
        _connection.Run("DELETE FROM late");
        using var appender = _connection.CreateAppender("late");
        foreach (var index in indices)
        {
            appender.CreateRow().AppendValue((int?)split.Tracks[index]!.StoreId).AppendValue((long?)split.Microseconds[index]).EndRow();
        }

        appender.Close();
    }

    private void Learn()
    {
        _connection.Run("CREATE TEMP TABLE late(meter INTEGER NOT NULL, us BIGINT NOT NULL)");
        _connection.Run(ExpiringSchema);
        using var command = _connection.Command(
            """
            SELECT m.id, m.name, greatest(coalesce(epoch_us(l.ts), b.us), coalesce(b.us, epoch_us(l.ts))), e.hours_us
            FROM meters m
            LEFT JOIN (SELECT meter, max(ts) AS ts FROM readings GROUP BY meter) l ON l.meter = m.id
            LEFT JOIN (SELECT meter, max(to_us) AS us FROM expired_bursts GROUP BY meter) b ON b.meter = m.id
            LEFT JOIN expired e ON e.meter = m.id
            """);
        using var rows = command.ExecuteReader();
        while (rows.Read())
        {
            var track = _split.Learn(MeterId.Of(rows.GetString(1)), rows.IsDBNull(2) ? MeterTrack.NoReading : rows.GetInt64(2));
            track.StoreId = rows.GetInt32(0);
            track.ExpiredBeforeMicroseconds = rows.IsDBNull(3) ? MeterTrack.NoReading : rows.GetInt64(3);
            _byId.Add(track.StoreId, track);
            _lastId = Math.Max(_lastId, track.StoreId);
        }
    }

    private void ForgetNew(SplitBatch split)
    {
        foreach (var track in split.New)
        {
            _split.Forget(track.Meter);
            _byId.Remove(track.StoreId);
        }
    }
}
