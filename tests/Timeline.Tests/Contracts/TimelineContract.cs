// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;
using Microsoft.Extensions.Logging.Abstractions;

namespace Detector.Timeline.Tests.Contracts;

/// <summary>What every timeline holds to; one fixture a store inherits it.</summary>
internal abstract partial class TimelineContract
{
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);

    protected ITimeline Timeline { get; private set; } = null!;

    /// <summary>Options of a store that has no readings yet.</summary>
    protected abstract Task<TimelineOptions> FreshAsync();

    private TimelineOptions _options = null!;

    [SetUp]
    public async Task OpenFresh()
    {
        _options = await FreshAsync();
        Timeline = await OpenAsync(_options);
    }

    [TearDown]
    public async Task Close()
    {
        if (Timeline is not null)
        {
            await Timeline.DisposeAsync();
        }
    }

    protected static Task<ITimeline> OpenAsync(TimelineOptions options) =>
        TimelineCatalog.Standard().OpenAsync(new TimelineSetup(options, TimeProvider.System, NullLoggerFactory.Instance), CancellationToken.None);

    protected async Task ReopenAsync()
    {
        await Timeline.DisposeAsync();
        Timeline = await OpenAsync(_options);
    }

    protected static ArrivedReading Arrived(string meter, double minutes, double kilowatts, long position, int index = 0) =>
        new(new Reading(MeterId.Of(meter), Start.AddMinutes(minutes)) { PowerKilowatts = kilowatts }, position, index);

    protected async Task<WriteResult[]> WriteAsync(params ArrivedReading[] batch) =>
        (await Timeline.WriteAsync(batch, CancellationToken.None)).Results;

    protected async Task<List<Reading>> ReadAllAsync(string meter, TimeRange? range = null)
    {
        var readings = new List<Reading>();
        await foreach (var reading in Timeline.ReadAsync(MeterId.Of(meter), range ?? TimeRange.All, CancellationToken.None))
        {
            readings.Add(reading);
        }

        return readings;
    }

    protected async Task<double[]> PowersAsync(string meter) => [.. (await ReadAllAsync(meter)).Select(reading => reading.PowerKilowatts)];

    protected Task<long> CountAsync() => Timeline.CountAsync(CancellationToken.None);
}
