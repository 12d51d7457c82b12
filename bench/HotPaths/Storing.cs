// SPDX-License-Identifier: Apache-2.0
using BenchmarkDotNet.Attributes;
using Detector.Testing;
using Detector.Timeline;
using Microsoft.Extensions.Logging.Abstractions;

namespace Detector.Bench.HotPaths;

/// <summary>A durable batch into DuckDB: readings of 10,000 meters, in order of time.</summary>
public class Storing
{
    private const int Meters = 10_000;
    private TemporaryFolder? _folder;
    private ITimeline? _timeline;
    private ArrivedReading[] _batch = [];
    private int _written;

    /// <summary>Readings in the batch.</summary>
    [Params(10_000, 50_000)]
    public int Batch { get; set; }

    [GlobalSetup]
    public async Task SetupAsync()
    {
        _folder = new TemporaryFolder();
        var options = new TimelineOptions();
        options.DuckDb.File = _folder.In("timeline.duckdb");
        _timeline = await TimelineCatalog.Standard().OpenAsync(new TimelineSetup(options, TimeProvider.System, NullLoggerFactory.Instance), CancellationToken.None);
    }

    [GlobalCleanup]
    public async Task CleanupAsync()
    {
        await _timeline!.DisposeAsync();
        _folder!.Dispose();
    }

    [IterationSetup]
    public void Next()
    {
        _batch = Loads.Arrivals(Meters, Batch, _written);
        _written += Batch;
    }

    [Benchmark]
    public Task<WriteOutcome> DuckDb() => _timeline!.WriteAsync(_batch, CancellationToken.None);
}
