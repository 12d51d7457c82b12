// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Timeline;

/// <summary>
/// Tells readings that are later than everything their meter has (fresh: written without a look at the store) from late
/// ones (looked up, because the store may hold their time already).
/// </summary>
/// <remarks>
/// In: batches, in order, from one writer. Memory: about 150 bytes a meter. Not thread-safe. Sound because a track's last
/// time is never earlier than the store's: what is fresh here cannot be in the store. A writer that does not know what
/// became of a batch must <see cref="Forget"/> its meters and learn them again.
/// </remarks>
internal sealed class ArrivalSplit
{
    private readonly Dictionary<MeterId, MeterTrack> _tracks = [];
    private readonly SplitBatch _split = new();
    private readonly List<MeterTrack?> _found = []; // of each reading of the batch at hand
    private long _batch;

    /// <summary>Meters known.</summary>
    public int Count => _tracks.Count;

    /// <summary>Whether the meter's last time is known.</summary>
    public bool Knows(MeterId meter) => _tracks.ContainsKey(meter);

    /// <summary>Takes the meter's last time from the store.</summary>
    public MeterTrack Learn(MeterId meter, long lastMicroseconds) => _tracks[meter] = new MeterTrack(meter, lastMicroseconds);

    /// <summary>Takes what the store says of a meter.</summary>
    public void Learn(MeterTrack track) => _tracks[track.Meter] = track;

    /// <summary>What is known of a meter; null where nothing is.</summary>
    public MeterTrack? TrackOf(MeterId meter) => _tracks.GetValueOrDefault(meter);

    /// <summary>Drops what is known of a meter.</summary>
    public void Forget(MeterId meter) => _tracks.Remove(meter);

    /// <summary>The meters of a batch whose last time is not known.</summary>
    public HashSet<MeterId> Unknown(ReadOnlySpan<ArrivedReading> batch)
    {
        var unknown = new HashSet<MeterId>();
        foreach (ref readonly var arrived in batch)
        {
            if (!_tracks.ContainsKey(arrived.Reading.Meter))
            {
                unknown.Add(arrived.Reading.Meter);
            }
        }

        return unknown;
    }

    /// <summary>Splits a batch; a meter that was not learned is taken as one without readings. What comes back is valid until the next call.</summary>
    public SplitBatch Split(ReadOnlyMemory<ArrivedReading> batch)
    {
        var split = _split;
        split.Begin(batch);
        var number = ++_batch;
        var readings = batch.Span;
        Find(readings, _found);
        for (var i = 0; i < readings.Length; i++)
        {
            var reading = readings[i].Reading;
            var time = Micros.Of(reading.Time);
            if (Storable.Fault(reading, time) is { } fault)
            {
                split.Refuse(i, fault);
                continue;
            }

            var track = _found[i] ?? TrackOf(reading.Meter, split);
            if (track.Batch != number)
            {
                track.Batch = number;
                track.TentativeMicroseconds = track.LastMicroseconds;
                split.Touched.Add(track);
            }

            if (time < track.ExpiredBeforeMicroseconds)
            {
                split.Expire(i);
                continue;
            }

            split.Place(i, track, time);
        }

        return split;
    }

    // Of the whole batch before any is looked into: so look-ups in a large table wait for memory together instead of one after another.
    private void Find(ReadOnlySpan<ArrivedReading> readings, List<MeterTrack?> found)
    {
        found.Clear();
        string? name = null;
        MeterTrack? track = null;
        foreach (ref readonly var arrived in readings)
        {
            var meter = arrived.Reading.Meter;
            if (!ReferenceEquals(name, meter.Value))
            {
                (name, track) = (meter.Value, TrackOf(meter));
            }

            found.Add(track);
        }
    }

    private MeterTrack TrackOf(MeterId meter, SplitBatch split)
    {
        if (!_tracks.TryGetValue(meter, out var track))
        {
            track = Learn(meter, MeterTrack.NoReading);
            split.New.Add(track);
        }

        return track;
    }
}
