// SPDX-License-Identifier: Apache-2.0
using System.Buffers;
using System.Runtime.InteropServices;
using Detector.Metering;
using Detector.Timeline;

namespace Detector.Pipeline;

/// <summary>Live state of the meters, by partition: small, and rebuilt from the stores at start but for the trends, which judging leaves.</summary>
/// <remarks>
/// A partition belongs to one owner at a time and is guarded by its own lock, so that partitions can be spread over
/// threads now and over machines later (docs/decisions/0004).
/// </remarks>
public sealed class MeterStates
{
    private readonly MeterPartition[] _partitions = [.. Enumerable.Range(0, Partition.Count).Select(_ => new MeterPartition())];

    /// <summary>Traces in which meters wait to be judged.</summary>
    internal MeterTraces Traces { get; } = new();

    /// <summary>Meters that have live state.</summary>
    public int Count => _partitions.Sum(p => p.Count);

    /// <summary>Notes that a reading of this time was stored.</summary>
    public void Stored(MeterId meter, DateTimeOffset time, DateTimeOffset now) => Stored([new ArrivedReading(new Reading(meter, time), 0, 0)], [WriteResult.Stored], now);

    /// <summary>Notes which readings of a batch were stored.</summary>
    /// <remarks>By partition: its lock is taken once, and look-ups in it wait for memory together instead of one after another.</remarks>
    public void Stored(ReadOnlySpan<ArrivedReading> batch, ReadOnlySpan<WriteResult> results, DateTimeOffset now)
    {
        var order = ArrayPool<int>.Shared.Rent(batch.Length);
        Span<int> starts = stackalloc int[Partition.Count + 1];
        OrderByPartition(batch, results, order, starts);
        for (var p = 0; p < Partition.Count; p++)
        {
            _partitions[p].Stored(batch, order.AsSpan(starts[p]..starts[p + 1]), now);
        }

        ArrayPool<int>.Shared.Return(order);
    }

    /// <summary>Notes what the stores hold of a meter, when state is rebuilt: it waits where something came since it was last judged.</summary>
    /// <param name="meter">The meter.</param>
    /// <param name="latest">Time of its latest reading stored.</param>
    /// <param name="judgedUntil">End of the window it was last judged on; null where it never was.</param>
    /// <param name="now">The present moment.</param>
    public void Found(MeterId meter, DateTimeOffset latest, DateTimeOffset? judgedUntil, DateTimeOffset now) => Of(meter).Found(meter, latest, judgedUntil, now);

    /// <summary>Notes what a meter was last judged on.</summary>
    /// <param name="meter">The meter.</param>
    /// <param name="until">End of the judged window.</param>
    /// <param name="began">When the judgement began: what arrived since then is not in it.</param>
    public void Judged(MeterId meter, DateTimeOffset until, DateTimeOffset began) => Of(meter).Judged(meter, until, began);

    /// <summary>End of the window that a meter was last judged on; null where it never was.</summary>
    public DateTimeOffset? JudgedUntil(MeterId meter) => Of(meter).JudgedUntil(meter);

    /// <summary>Time of a meter's latest reading stored; null where none was.</summary>
    public DateTimeOffset? LatestOf(MeterId meter) => Of(meter).LatestOf(meter);

    /// <summary>Time of the earliest reading since a meter's last judgement that was older than one stored before it; null where there was none.</summary>
    public DateTimeOffset? BehindOf(MeterId meter) => Of(meter).BehindOf(meter);

    /// <summary>A meter's last weeks, as they were when it was last read; null where it was not since the start.</summary>
    public Trend? TrendOf(MeterId meter) => Of(meter).TrendOf(meter);

    /// <summary>Keeps a meter's last weeks, instead of older ones.</summary>
    public void Keep(MeterId meter, Trend trend) => Of(meter).Keep(meter, trend);

    /// <summary>Lets a meter whose judgement failed wait for its next readings.</summary>
    public void PutOff(MeterId meter) => Of(meter).PutOff(meter);

    /// <summary>Meters that are due to be judged, at most <paramref name="limit"/>, longest waiting first.</summary>
    public IReadOnlyList<DueMeter> Due(WatchOptions options, DateTimeOffset now, int limit)
    {
        var due = new List<DueMeter>();
        foreach (var partition in _partitions)
        {
            partition.AddDue(due, options, now);
        }

        return [.. due.OrderBy(d => d.Since).ThenBy(d => d.Meter.Value, StringComparer.Ordinal).Take(limit)];
    }

    /// <summary>Whether no meter is due, nor will be as soon as it goes quiet.</summary>
    public bool AllJudged(WatchOptions options, DateTimeOffset now) =>
        Due(new WatchOptions { JudgeEvery = options.JudgeEvery, QuietFor = TimeSpan.Zero }, now, limit: 1).Count == 0;

    // The indices of stored readings, those of a partition together and in their order; and where each partition's begin.
    private static void OrderByPartition(ReadOnlySpan<ArrivedReading> batch, ReadOnlySpan<WriteResult> results, Span<int> order, Span<int> starts)
    {
        starts.Clear();
        for (var i = 0; i < batch.Length; i++)
        {
            starts[Partition.Of(batch[i].Reading.Meter) + 1] += results[i] == WriteResult.Stored ? 1 : 0;
        }

        for (var p = 1; p < starts.Length; p++)
        {
            starts[p] += starts[p - 1];
        }

        Span<int> next = stackalloc int[Partition.Count];
        starts[..^1].CopyTo(next);
        for (var i = 0; i < batch.Length; i++)
        {
            if (results[i] == WriteResult.Stored)
            {
                order[next[Partition.Of(batch[i].Reading.Meter)]++] = i;
            }
        }
    }

    private MeterPartition Of(MeterId meter) => _partitions[Partition.Of(meter)];
}

/// <summary>A meter that is due to be judged.</summary>
/// <param name="Meter">The meter.</param>
/// <param name="Latest">Its latest reading stored.</param>
/// <param name="Since">When the first reading arrived that it waits with.</param>
public readonly record struct DueMeter(MeterId Meter, DateTimeOffset Latest, DateTimeOffset Since);

/// <summary>The meters of one partition.</summary>
internal sealed class MeterPartition
{
    /// <summary>An arrival so far in the future was noted before the clock was set back: how long ago it was is not known, and the meter does not wait for the clock to come there again.</summary>
    private static readonly TimeSpan ClockSetBack = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<MeterId, MeterState> _meters = [];

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _meters.Count;
            }
        }
    }

    public void Stored(ReadOnlySpan<ArrivedReading> batch, ReadOnlySpan<int> which, DateTimeOffset now)
    {
        lock (_gate)
        {
            foreach (var i in which)
            {
                ref readonly var arrived = ref batch[i];
                ref var state = ref CollectionsMarshal.GetValueRefOrAddDefault(_meters, arrived.Reading.Meter, out var known);
                state.Stored(arrived.Reading.Time, known, now);
            }
        }
    }

    public void Found(MeterId meter, DateTimeOffset latest, DateTimeOffset? judgedUntil, DateTimeOffset now)
    {
        lock (_gate)
        {
            ref var state = ref CollectionsMarshal.GetValueRefOrAddDefault(_meters, meter, out _);
            state.Latest = latest > state.Latest ? latest : state.Latest;
            state.JudgedUntil = judgedUntil > state.JudgedUntil ? judgedUntil.Value : state.JudgedUntil;
            if (state.Latest > state.JudgedUntil && state.WaitingSince == default)
            {
                (state.WaitingSince, state.LastArrival) = (now, now);
            }
        }
    }

    public void Judged(MeterId meter, DateTimeOffset until, DateTimeOffset began)
    {
        lock (_gate)
        {
            ref var state = ref CollectionsMarshal.GetValueRefOrAddDefault(_meters, meter, out _);
            state.JudgedUntil = until;
            state.Latest = until > state.Latest ? until : state.Latest;
            var more = state.LastArrival > began;
            state.Late &= more;
            state.Behind = more ? state.Behind : default;
            state.WaitingSince = more ? state.LastArrival : default;
        }
    }

    public DateTimeOffset? JudgedUntil(MeterId meter)
    {
        lock (_gate)
        {
            return _meters.TryGetValue(meter, out var state) && state.JudgedUntil != default ? state.JudgedUntil : null;
        }
    }

    public DateTimeOffset? LatestOf(MeterId meter)
    {
        lock (_gate)
        {
            return _meters.TryGetValue(meter, out var state) && state.Latest != default ? state.Latest : null;
        }
    }

    public DateTimeOffset? BehindOf(MeterId meter)
    {
        lock (_gate)
        {
            return _meters.TryGetValue(meter, out var state) && state.Behind != default ? new DateTimeOffset(state.Behind, TimeSpan.Zero) : null;
        }
    }

    public Trend? TrendOf(MeterId meter)
    {
        lock (_gate)
        {
            return _meters.TryGetValue(meter, out var state) ? state.Trend : null;
        }
    }

    public void Keep(MeterId meter, Trend trend)
    {
        lock (_gate)
        {
            ref var state = ref CollectionsMarshal.GetValueRefOrAddDefault(_meters, meter, out _);
            state.Trend = state.Trend is { } kept && kept.Until > trend.Until ? kept : trend; // two may read a meter at once
        }
    }

    public void PutOff(MeterId meter)
    {
        lock (_gate)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(_meters, meter, out _).WaitingSince = default;
        }
    }

    public void AddDue(List<DueMeter> due, WatchOptions options, DateTimeOffset now)
    {
        lock (_gate)
        {
            foreach (var (meter, state) in _meters)
            {
                var enough = state.Late || state.Latest - state.JudgedUntil >= options.JudgeEvery;
                var quiet = now - state.LastArrival;
                var settled = quiet >= options.QuietFor || quiet < -ClockSetBack || now - state.WaitingSince >= options.WaitAtMost;
                if (state.WaitingSince != default && enough && settled)
                {
                    due.Add(new DueMeter(meter, state.Latest, state.WaitingSince));
                }
            }
        }
    }
}

/// <summary>Live state of one meter: some 90 bytes, and 144 of its trend.</summary>
internal struct MeterState
{
    /// <summary>Latest reading stored: the meter's watermark.</summary>
    public DateTimeOffset Latest;

    /// <summary>End of the window last judged.</summary>
    public DateTimeOffset JudgedUntil;

    /// <summary>Arrival of the first reading since it was last judged; default where there is none.</summary>
    public DateTimeOffset WaitingSince;

    /// <summary>Arrival of the last reading.</summary>
    public DateTimeOffset LastArrival;

    /// <summary>Time, UTC, of the earliest reading since it was last judged that was older than one stored before it; default where there is none.</summary>
    public DateTime Behind;

    /// <summary>Its last weeks; null where they were not read since the start.</summary>
    public Trend? Trend;

    /// <summary>Whether a reading older than the judged window's end came after the judgement.</summary>
    public bool Late;

    /// <summary>Notes that a reading of this time was stored.</summary>
    /// <param name="time">Its time.</param>
    /// <param name="known">Whether anything was known of the meter.</param>
    /// <param name="now">The present moment.</param>
    public void Stored(DateTimeOffset time, bool known, DateTimeOffset now)
    {
        Late |= known && time < JudgedUntil;
        if (known && time < Latest && (Behind == default || time.UtcDateTime < Behind))
        {
            Behind = time.UtcDateTime;
        }

        Latest = !known || time > Latest ? time : Latest;
        WaitingSince = WaitingSince == default ? now : WaitingSince;
        LastArrival = now;
    }
}
