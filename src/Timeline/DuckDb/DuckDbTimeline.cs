// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using Detector.Metering;
using DuckDB.NET.Data;
using Microsoft.Extensions.Logging;

namespace Detector.Timeline.DuckDb;

/// <summary>Readings in one DuckDB file: the embedded default.</summary>
/// <remarks>
/// One process holds the file; a second one gets <see cref="TimelineUnavailableException"/>. Readings are scanned by
/// time, not by an index of meters, so a meter's history costs as much as all meters' in its range: many are read at once
/// (<see cref="DuckDbColumnReader"/>), and one is good to some hundred million readings (docs/decisions/0003).
/// </remarks>
internal sealed partial class DuckDbTimeline : ITimeline
{
    /// <summary>Name of the kind.</summary>
    public const string KindName = "duckdb";

    private readonly DuckDbFile _file;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly SemaphoreSlim _writing = new(1, 1);
    private DuckDbWriter? _writer;
    private bool _disposed;

    private DuckDbTimeline(DuckDbFile file, TimeProvider time, ILogger log) => (_file, _time, _log) = (file, time, log);

    /// <inheritdoc />
    public string Kind => KindName;

    /// <summary>Opens or makes the file.</summary>
    public static async Task<ITimeline> OpenAsync(TimelineSetup setup, CancellationToken cancel)
    {
        var timeline = new DuckDbTimeline(new DuckDbFile(setup.Options.DuckDb), setup.Time, setup.Logs.CreateLogger<DuckDbTimeline>());
        await Task.Run(() => timeline.Guard(timeline.OpenWriter), cancel);
        return timeline;
    }

    /// <inheritdoc />
    public Task<WriteOutcome> WriteAsync(ReadOnlyMemory<ArrivedReading> batch, CancellationToken cancel) => ChangeAsync(
        writer =>
        {
            var began = _time.GetTimestamp();
            var split = writer.Write(batch, cancel);
            Metrics.Written(Kind, split, _time.GetElapsedTime(began).TotalSeconds);
            return split.OutcomeLogged(_log, Kind);
        },
        cancel);

    /// <inheritdoc />
    public async IAsyncEnumerable<Reading> ReadAsync(MeterId meter, TimeRange range, [EnumeratorCancellation] CancellationToken cancel)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        using var connection = Guard(_file.Connect, cancel);
        using var command = connection.Command(
            $"""
            SELECT {DuckDbSchema.ReadingColumns} FROM readings r
            WHERE r.meter = (SELECT id FROM meters WHERE name = $1) AND r.ts >= make_timestamp($2) AND r.ts < make_timestamp($3)
            ORDER BY r.ts
            """,
            meter.Value,
            Micros.AtOrAfter(range.From),
            Micros.AtOrAfter(range.To));
        command.UseStreamingMode = true;
        await using var stop = cancel.UnsafeRegister(static c => ((DuckDBCommand)c!).Cancel(), command);
        using var rows = await Task.Run(() => Guard(command.ExecuteReader, cancel), cancel);
        while (Guard(rows.Read, cancel))
        {
            cancel.ThrowIfCancellationRequested();
            yield return DuckDbRow.Read(rows, meter, 0).Reading;
        }
    }

    /// <inheritdoc />
    public async IAsyncEnumerable<ReadingColumns> ReadManyAsync(
        IReadOnlyCollection<MeterId> meters, TimeRange range, [EnumeratorCancellation] CancellationToken cancel)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        var reader = new DuckDbColumnReader(_file, Micros.AtOrAfter(range.From), Micros.AtOrAfter(range.To));
        var groups = await Task.Run(() => Guard(() => reader.Groups(meters), cancel), cancel);
        var next = NextGroup(0);
        try
        {
            for (var i = 0; i < groups.Count; i++)
            {
                var group = await next;
                next = NextGroup(i + 1); // read while this one is being used
                foreach (var columns in group)
                {
                    yield return columns;
                }
            }
        }
        finally
        {
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // it holds the file open
        }

        Task<IReadOnlyList<ReadingColumns>> NextGroup(int index) => index < groups.Count
            ? Task.Run(() => Guard(() => reader.Read(groups[index], cancel), cancel), cancel)
            : Task.FromResult<IReadOnlyList<ReadingColumns>>([]);
    }

    /// <inheritdoc />
    public Task<IReadOnlyDictionary<MeterId, DateTimeOffset>> LatestAsync(CancellationToken cancel) => QueryAsync<IReadOnlyDictionary<MeterId, DateTimeOffset>>(
        connection =>
        {
            using var command = connection.Command("SELECT m.name, epoch_us(max(r.ts)) FROM readings r JOIN meters m ON m.id = r.meter GROUP BY m.name");
            using var rows = command.ExecuteReader();
            var latest = new Dictionary<MeterId, DateTimeOffset>();
            while (rows.Read())
            {
                latest.Add(MeterId.Of(rows.GetString(0)), Micros.ToMoment(rows.GetInt64(1)));
            }

            return latest;
        },
        cancel);

    /// <inheritdoc />
    public Task<TimeRange?> ExtentAsync(MeterId meter, CancellationToken cancel) => QueryAsync<TimeRange?>(
        connection =>
        {
            using var command = connection.Command(
                """
                SELECT epoch_us(min(a)), epoch_us(max(b)) FROM (
                    SELECT min(ts) AS a, max(ts) AS b FROM readings WHERE meter = (SELECT id FROM meters WHERE name = $1)
                    UNION ALL SELECT min(ts), max(ts) FROM hours WHERE meter = (SELECT id FROM meters WHERE name = $1)
                    UNION ALL SELECT min(ts), max(ts) FROM days WHERE meter = (SELECT id FROM meters WHERE name = $1))
                """,
                meter.Value);
            using var row = command.ExecuteReader();
            return row.Read() && !row.IsDBNull(0) ? new TimeRange(Micros.ToMoment(row.GetInt64(0)), Micros.ToMoment(row.GetInt64(1))) : null;
        },
        cancel);

    /// <inheritdoc />
    public Task<IReadOnlyList<MeterId>> MetersAsync(CancellationToken cancel) => QueryAsync<IReadOnlyList<MeterId>>(
        connection =>
        {
            using var command = connection.Command("SELECT name FROM meters");
            using var rows = command.ExecuteReader();
            var names = new List<string>();
            while (rows.Read())
            {
                names.Add(rows.GetString(0));
            }

            names.Sort(StringComparer.Ordinal);
            return names.ConvertAll(MeterId.Of);
        },
        cancel);

    /// <inheritdoc />
    public Task<long> CountAsync(CancellationToken cancel) => QueryAsync(connection => (long)connection.Scalar("SELECT count(*) FROM readings")!, cancel);

    /// <inheritdoc />
    public Task ProbeAsync(CancellationToken cancel) => QueryAsync(connection => connection.Scalar("SELECT max(version) FROM schema_version"), cancel);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_disposed)
        {
            return;
        }

        await _writing.WaitAsync();
        _disposed = true;
        _writer?.Dispose();
        _writer = null;
        _writing.Dispose();
    }

    private Task<T> QueryAsync<T>(Func<DuckDBConnection, T> query, CancellationToken cancel)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return Task.Run(
            () => Guard(
                () =>
                {
                    using var connection = _file.Connect();
                    return query(connection);
                },
                cancel),
            cancel);
    }

    private DuckDbWriter OpenWriter()
    {
        _writer = DuckDbWriter.Open(_file, out var found);
        if (found is > 0 && found < DuckDbSchema.Current)
        {
            Log.DuckDbMigrated(_log, _file.Path, found, DuckDbSchema.Current);
        }

        Log.DuckDbOpened(_log, _file.Path, _writer.Meters, DuckDbSchema.Current);
        return _writer;
    }

    /// <summary>Work of the writer: after a fault of the engine its connection and memory of the file are dropped.</summary>
    private T Guard<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception fault) when (fault is DuckDBException or IOException or UnauthorizedAccessException)
        {
            _writer?.Dispose();
            _writer = null;
            Metrics.Failed(Kind);
            Log.DuckDbFailed(_log, _file.Path, fault);
            throw new TimelineUnavailableException($"The timeline {_file.Path} cannot be used now: {fault.Message}", fault);
        }
    }

    /// <summary>Work of a reader.</summary>
    private T Guard<T>(Func<T> work, CancellationToken cancel)
    {
        try
        {
            return work();
        }
        catch (DuckDBException fault)
        {
            cancel.ThrowIfCancellationRequested();
            throw new TimelineUnavailableException($"The timeline {_file.Path} cannot be read now: {fault.Message}", fault);
        }
    }
}
