// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using Detector.Metering;
using Detector.Pipeline;
using Detector.Timeline;

namespace Detector.Web.Tests;

/// <summary>Readings in memory; can be away.</summary>
internal sealed class MemoryTimeline : ITimeline
{
    private readonly SortedDictionary<string, List<Reading>> _byMeter = new(StringComparer.Ordinal);

    public bool Away { get; set; }

    /// <summary>Passes over many meters begun; each waits for <see cref="Held"/>.</summary>
    public List<int> Passes { get; } = [];

    public Task Held { get; set; } = Task.CompletedTask;

    /// <summary>As the writer of readings keeps it.</summary>
    public MeterStates States { get; } = new();

    public string Kind => "memory";

    public IRetention? Retention { get; set; }

    public void Add(params IEnumerable<Reading> readings)
    {
        foreach (var reading in readings)
        {
            if (!_byMeter.TryGetValue(reading.Meter.Value, out var list))
            {
                _byMeter[reading.Meter.Value] = list = [];
            }

            list.Add(reading);
            States.Stored(reading.Meter, reading.Time, reading.Time);
        }
    }

    public Task<WriteOutcome> WriteAsync(ReadOnlyMemory<ArrivedReading> batch, CancellationToken cancel) =>
        throw new InvalidOperationException("The web part writes no readings.");

    public async IAsyncEnumerable<Reading> ReadAsync(MeterId meter, TimeRange range, [EnumeratorCancellation] CancellationToken cancel)
    {
        await ProbeAsync(cancel);
        foreach (var reading in _byMeter.GetValueOrDefault(meter.Value) ?? [])
        {
            if (range.Contains(reading.Time))
            {
                yield return reading;
            }
        }
    }

    public async IAsyncEnumerable<ReadingColumns> ReadManyAsync(IReadOnlyCollection<MeterId> meters, TimeRange range, [EnumeratorCancellation] CancellationToken cancel)
    {
        Passes.Add(meters.Count);
        await Held;
        await ProbeAsync(cancel);
        foreach (var meter in meters.Where(m => _byMeter.ContainsKey(m.Value)))
        {
            var within = _byMeter[meter.Value].Where(r => range.Contains(r.Time)).ToArray();
            if (within.Length > 0)
            {
                yield return new ReadingColumns
                {
                    Meter = meter,
                    UnixMicroseconds = Array.ConvertAll(within, r => Instants.ToUnixMicroseconds(r.Time)),
                    PowerKilowatts = Array.ConvertAll(within, r => r.PowerKilowatts),
                    Quality = Array.ConvertAll(within, r => r.Quality),
                };
            }
        }
    }

    public Task<IReadOnlyDictionary<MeterId, DateTimeOffset>> LatestAsync(CancellationToken cancel) =>
        throw new InvalidOperationException("The web part keeps no live state.");

    public async Task<TimeRange?> ExtentAsync(MeterId meter, CancellationToken cancel)
    {
        await ProbeAsync(cancel);
        return _byMeter.TryGetValue(meter.Value, out var list) ? new TimeRange(list[0].Time, list[^1].Time) : null;
    }

    public async Task<IReadOnlyList<MeterId>> MetersAsync(CancellationToken cancel)
    {
        await ProbeAsync(cancel);
        return [.. _byMeter.Keys.Select(MeterId.Of)];
    }

    public Task<long> CountAsync(CancellationToken cancel) => Task.FromResult(_byMeter.Values.Sum(l => (long)l.Count));

    public Task ProbeAsync(CancellationToken cancel) => Away ? throw new TimelineUnavailableException("It is away.") : Task.CompletedTask;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

/// <summary>Hours and days in memory, of one meter whose readings have expired.</summary>
internal sealed class MemoryRetention(MeterId meter, MeterHorizon horizon, IReadOnlyList<LoadAggregate> hours, IReadOnlyList<LoadAggregate> days) : IRetention
{
    public async IAsyncEnumerable<LoadAggregates> ReadAsync(
        AggregateLength length, IReadOnlyCollection<MeterId> meters, TimeRange range, [EnumeratorCancellation] CancellationToken cancel)
    {
        await Task.CompletedTask;
        LoadAggregate[] kept = [.. (length == AggregateLength.Hour ? hours : days).Where(one => range.Contains(one.Start))];
        if (meters.Contains(meter) && kept.Length > 0)
        {
            yield return new LoadAggregates(meter, kept);
        }
    }

    public Task<MeterHorizon?> HorizonAsync(MeterId asked, CancellationToken cancel) => Task.FromResult<MeterHorizon?>(asked == meter ? horizon : null);

    public Task<IReadOnlyList<MeterAge>> AgesAsync(CancellationToken cancel) => throw Never();

    public Task<ExpiryOutcome> ExpireAsync(IReadOnlyList<MeterExpiry> meters, long settledPosition, CancellationToken cancel) => throw Never();

    public Task<ExpiryOutcome> ExpireBurstsAsync(IReadOnlyList<BurstExpiry> meters, long settledPosition, CancellationToken cancel) => throw Never();

    public Task<long> DropAsync(AggregateLength length, DateTimeOffset before, IReadOnlyCollection<MeterId> except, CancellationToken cancel) => throw Never();

    public Task<long> CountAsync(AggregateLength length, DateTimeOffset before, IReadOnlyCollection<MeterId> except, CancellationToken cancel) => throw Never();

    public Task<long> ExpiredAsync(CancellationToken cancel) => throw Never();

    private static InvalidOperationException Never() => new("The web part lets nothing expire.");
}

/// <summary>An account, parts and letters as a test wants them.</summary>
internal sealed class FakePipeline : ILedger, IReadiness, IDeadLetters, IQuarantine, IMappingTrials
{
    /// <summary>Mappings that were tried; null for those in force.</summary>
    public List<string?> Tried { get; } = [];

    public string Draft(DeadLetter letter) => $$"""{ "Topic": "{{letter.Topic}}" }""";

    /// <summary>Reads letters by mappings that name a codec.</summary>
    public MappingTrial Try(DeadLetter letter, string? mapping)
    {
        Tried.Add(mapping);
        return mapping is null ? new MappingTrial { Rejection = letter.Reason, AtByte = letter.AtByte }
            : mapping.Contains("\"Codec\"", StringComparison.Ordinal) ? new MappingTrial { Count = 1, Readings = [new Reading(MeterId.Of("m-9"), letter.ArrivedAt) { PowerKilowatts = 41.5 }] }
            : new MappingTrial { Faults = ["Codec is missing <b>"] };
    }

    public LedgerSnapshot Account { get; set; } = new(120, 110, 4, 2, 1, 3);

    public List<PartState> States { get; } = [new("journal", true, "writing"), new("timeline", true, "duckdb")];

    public List<DeadLetter> Letters { get; } = [];

    public List<IReadOnlyCollection<long>?> Replays { get; } = [];

    public List<QuarantinedReading> Held { get; } = [];

    IReadOnlyList<QuarantinedReading> IQuarantine.List(long after, int limit) => [.. Held.Where(h => h.Id > after).Take(limit)];

    public List<(QuarantineChoice Choice, string By)> Releases { get; } = [];

    public Task<ReleaseOutcome> ReleaseAsync(QuarantineChoice choice, string by, CancellationToken cancel)
    {
        Releases.Add((choice, by));
        var released = Held.RemoveAll(h => (choice.Ids is null || choice.Ids.Contains(h.Id)) && (choice.Rule is null || choice.Rule == h.Rule));
        return Task.FromResult(new ReleaseOutcome(released, 0));
    }

    public LedgerSnapshot Snapshot() => Account;

    public IReadOnlyList<PartState> Parts() => [.. States];

    public IReadOnlyList<DeadLetter> List(long after, int limit) => [.. Letters.Where(l => l.Id > after).Take(limit)];

    public DeadLetter? Get(long id) => Letters.FirstOrDefault(l => l.Id == id);

    public Task<ReplayOutcome> ReplayAsync(IReadOnlyCollection<long>? ids, CancellationToken cancel)
    {
        Replays.Add(ids);
        var back = Letters.RemoveAll(l => ids is null || ids.Contains(l.Id));
        return Task.FromResult(new ReplayOutcome(back, 0, back));
    }
}

/// <summary>A way to meters that takes every command and keeps it, or refuses.</summary>
internal sealed class FakeCommands : IMeterCommands
{
    private readonly List<(string Meter, double Seconds, double Hertz)> _asked = [];

    public IReadOnlyList<(string Meter, double Seconds, double Hertz)> Asked
    {
        get
        {
            lock (_asked)
            {
                return [.. _asked];
            }
        }
    }

    public string? Away { get; set; }

    public string? Fault { get; set; }

    public Task<string?> AskBurstAsync(MeterId meter, TimeSpan duration, double hertz, CancellationToken cancel)
    {
        lock (_asked)
        {
            _asked.Add((meter.Value, duration.TotalSeconds, hertz));
        }

        return Task.FromResult(Fault);
    }
}
