// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using Detector.Metering;
using Microsoft.Extensions.Logging;

namespace Detector.Timeline.Influx;

/// <summary>Readings in an InfluxDB, 1.x by <c>/write</c> and <c>/query</c>, 2.x and 3 with a token.</summary>
/// <remarks>
/// Opening asks nothing of the server: an absent one is met by the first call. The server overwrites a point of the same
/// meter and time, so only what this writer has looked up, or knows to be later than everything, is sent: there must be one writer.
/// </remarks>
internal sealed partial class InfluxTimeline : ITimeline
{
    /// <summary>Name of the kind.</summary>
    public const string KindName = "influx";

    private const int MetersAtOnce = 32; // of a statement that reads whole histories: thirteen months of them at a quarter hour are some 50 MB

    private readonly InfluxClient _client;
    private readonly InfluxLookup _lookup;
    private readonly InfluxExpired _expired;
    private readonly InfluxRetention _retention;
    private readonly bool _isVersion1;
    private readonly InfluxWriter _writer;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly ArrivalSplit _split = new();
    private readonly SemaphoreSlim _writing = new(1, 1);
    private bool _disposed;

    private InfluxTimeline(InfluxOptions options, TimeProvider time, ILogger log)
    {
        _client = new InfluxClient(options, time, log);
        _expired = new InfluxExpired(_client, options);
        _retention = new InfluxRetention(_client, _expired);
        _isVersion1 = options.Token.Length == 0;
        _lookup = new InfluxLookup(_client, _expired, options);
        _writer = new InfluxWriter(_client, options);
        (_time, _log) = (time, log);
    }

    /// <inheritdoc />
    public string Kind => KindName;

    /// <summary>Makes the client; does not wait for the server.</summary>
    public static Task<ITimeline> OpenAsync(TimelineSetup setup, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        return Task.FromResult<ITimeline>(new InfluxTimeline(setup.Options.Influx, setup.Time, setup.Logs.CreateLogger<InfluxTimeline>()));
    }

    /// <inheritdoc />
    public async Task<WriteOutcome> WriteAsync(ReadOnlyMemory<ArrivedReading> batch, CancellationToken cancel)
    {
        await _writing.WaitAsync(cancel);
        try
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            var began = _time.GetTimestamp();
            await _lookup.LearnAsync(_split, batch, cancel);
            var split = _split.Split(batch);
            await StoreAsync(split, cancel);
            Metrics.Written(Kind, split, _time.GetElapsedTime(began).TotalSeconds);
            return split.OutcomeLogged(_log, Kind);
        }
        catch (TimelineUnavailableException)
        {
            Metrics.Failed(Kind);
            throw;
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <inheritdoc />
    public async IAsyncEnumerable<Reading> ReadAsync(MeterId meter, TimeRange range, [EnumeratorCancellation] CancellationToken cancel)
    {
        var statement = InfluxQl.Points([meter], Micros.AtOrAfter(range.From), Micros.AtOrAfter(range.To));
        await foreach (var series in _client.QueryAsync(statement, cancel))
        {
            foreach (var row in series.Rows.EnumerateArray())
            {
                cancel.ThrowIfCancellationRequested();
                yield return InfluxRows.Point(row, meter).Reading;
            }
        }
    }

    /// <inheritdoc />
    public async IAsyncEnumerable<ReadingColumns> ReadManyAsync(
        IReadOnlyCollection<MeterId> meters, TimeRange range, [EnumeratorCancellation] CancellationToken cancel)
    {
        foreach (var some in meters.Distinct().Chunk(MetersAtOnce))
        {
            var columns = new Dictionary<MeterId, MeterColumns>();
            await foreach (var series in _client.QueryAsync(InfluxQl.Points(some, Micros.AtOrAfter(range.From), Micros.AtOrAfter(range.To)), cancel))
            {
                if (!columns.TryGetValue(series.Meter, out var mine))
                {
                    columns.Add(series.Meter, mine = new MeterColumns(series.Meter, series.Rows.GetArrayLength(), hasRegister: false));
                }

                foreach (var row in series.Rows.EnumerateArray())
                {
                    cancel.ThrowIfCancellationRequested();
                    var reading = InfluxRows.Point(row, series.Meter).Reading;
                    mine.Add(Micros.Of(reading.Time), reading.PowerKilowatts, reading.Quality, reading.RegisterKilowattHours);
                }
            }

            foreach (var mine in columns.Values)
            {
                yield return mine.ToColumns();
            }
        }
    }

    /// <inheritdoc />
    public async Task<IReadOnlyDictionary<MeterId, DateTimeOffset>> LatestAsync(CancellationToken cancel)
    {
        var latest = new Dictionary<MeterId, DateTimeOffset>();
        await foreach (var series in _client.QueryAsync(InfluxQl.LastOfEach(), cancel))
        {
            if (!series.Meter.IsEmpty && series.Rows.EnumerateArray().FirstOrDefault() is { ValueKind: System.Text.Json.JsonValueKind.Array } row)
            {
                latest[series.Meter] = Micros.ToMoment(row[0].GetInt64());
            }
        }

        return latest;
    }

    /// <inheritdoc />
    public async Task<TimeRange?> ExtentAsync(MeterId meter, CancellationToken cancel)
    {
        var times = new List<long>(2);
        await foreach (var series in _client.QueryAsync(InfluxQl.Extent(meter), cancel))
        {
            times.AddRange(series.Rows.EnumerateArray().Select(row => row[0].GetInt64()));
        }

        return times.Count == 0 ? null : new TimeRange(Micros.ToMoment(times.Min()), Micros.ToMoment(times.Max()));
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<MeterId>> MetersAsync(CancellationToken cancel)
    {
        var meters = new List<MeterId>();
        await foreach (var series in _client.QueryAsync(InfluxQl.Meters(), cancel))
        {
            foreach (var row in series.Rows.EnumerateArray())
            {
                if (MeterTag.TryRead(row[1].GetString() ?? string.Empty, out var meter))
                {
                    meters.Add(meter);
                }
            }
        }

        meters.Sort(static (one, other) => string.CompareOrdinal(one.Value, other.Value));
        return meters;
    }

    /// <inheritdoc />
    public async Task<long> CountAsync(CancellationToken cancel)
    {
        var count = 0L;
        await foreach (var series in _client.QueryAsync(InfluxQl.Count(), cancel))
        {
            count += series.Rows.EnumerateArray().Sum(row => row[1].GetInt64());
        }

        return count;
    }

    /// <inheritdoc />
    public Task ProbeAsync(CancellationToken cancel) => _client.ProbeAsync(cancel);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_disposed)
        {
            return;
        }

        await _writing.WaitAsync();
        _disposed = true;
        _client.Dispose();
        _writing.Dispose();
    }

    /// <summary>Writes what is to be written; where that ends early, nothing is assumed of the meters it touched.</summary>
    private async Task StoreAsync(SplitBatch split, CancellationToken cancel)
    {
        var durable = false;
        try
        {
            if (split.LookUp.Count == 0)
            {
                split.Resolve(new Dictionary<ArrivalKey, ArrivedReading>());
            }
            else
            {
                split.Resolve(await _lookup.HeldAsync(split, cancel), await _lookup.InExpiredBurstsAsync(split, cancel));
            }

            await _writer.WriteAsync(split, cancel);
            durable = true;
            split.Commit();
        }
        finally
        {
            if (!durable)
            {
                split.Touched.ForEach(track => _split.Forget(track.Meter));
            }
        }
    }
}
