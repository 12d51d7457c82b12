// SPDX-License-Identifier: Apache-2.0
namespace Detector.Timeline;

/// <summary>A meter and a time in microseconds: what a reading is known by.</summary>
internal readonly record struct ArrivalKey(MeterTrack Track, long Microseconds);

/// <summary>One batch on its way: what is fresh, what is late, and in the end one result for each reading.</summary>
/// <remarks>It is used again for the next batch; only its results outlive it.</remarks>
internal sealed class SplitBatch
{
    private const WriteResult Undecided = 0;

    private MeterTrack?[] _tracks = [];
    private long[] _microseconds = [];

    private Dictionary<int, string> _refusals = [];
    private readonly Dictionary<int, List<int>> _repeats = [];
    private readonly Dictionary<int, ArrivedReading> _completed = [];
    private readonly Lock _refusing = new();

    /// <summary>The readings.</summary>
    public ReadOnlyMemory<ArrivedReading> Batch { get; private set; }

    /// <summary>The meter of each reading; null for one that is not to be written.</summary>
    public ReadOnlySpan<MeterTrack?> Tracks => _tracks.AsSpan(0, Batch.Length);

    /// <summary>Time of each reading in microseconds.</summary>
    public ReadOnlySpan<long> Microseconds => _microseconds.AsSpan(0, Batch.Length);

    /// <summary>Result of each reading.</summary>
    public WriteResult[] Results { get; private set; } = [];

    /// <summary>Every meter of the batch.</summary>
    public List<MeterTrack> Touched { get; } = [];

    /// <summary>Meters first met in this batch.</summary>
    public List<MeterTrack> New { get; } = [];

    /// <summary>Readings that are not later than all before them, by index.</summary>
    public List<int> Late { get; } = [];

    /// <summary>Those of <see cref="Late"/> that the store may hold.</summary>
    public List<int> LookUp { get; } = [];

    /// <summary>Readings to write, by index, in the order of the batch; complete after <see cref="Resolve"/>.</summary>
    public List<int> ToWrite { get; } = [];

    /// <summary>Those of <see cref="ToWrite"/> that take the place of what the store holds: with the quantities that it lacked.</summary>
    public List<int> Replacing { get; } = [];

    /// <summary>What is to be written for an index of <see cref="ToWrite"/>: with quantities that came beside it for the same meter and time.</summary>
    public ArrivedReading Written(int index) => _completed.Count > 0 && _completed.TryGetValue(index, out var completed) ? completed : Batch.Span[index];

    /// <summary>Begins with a batch.</summary>
    public void Begin(ReadOnlyMemory<ArrivedReading> batch)
    {
        Batch = batch;
        Results = new WriteResult[batch.Length];
        if (_tracks.Length < batch.Length)
        {
            (_tracks, _microseconds) = (new MeterTrack?[batch.Length], new long[batch.Length]);
        }

        Array.Clear(_tracks);
        _refusals = [];
        _repeats.Clear();
        _completed.Clear();
        Touched.Clear();
        New.Clear();
        Late.Clear();
        LookUp.Clear();
        ToWrite.Clear();
        Replacing.Clear();
        ToWrite.EnsureCapacity(batch.Length);
    }

    /// <summary>Places a reading that can be stored.</summary>
    public void Place(int index, MeterTrack track, long microseconds)
    {
        _tracks[index] = track;
        _microseconds[index] = microseconds;
        if (microseconds > track.TentativeMicroseconds)
        {
            track.TentativeMicroseconds = microseconds;
            Results[index] = WriteResult.Stored;
            return;
        }

        Late.Add(index);
        if (microseconds <= track.LastMicroseconds)
        {
            LookUp.Add(index);
        }
    }

    /// <summary>Marks a reading as one whose time has expired.</summary>
    public void Expire(int index) => Results[index] = WriteResult.Expired;

    /// <summary>Marks a reading as refused, and with it those of the batch that were judged by it.</summary>
    /// <remarks>Safe for use by requests that are on their way at the same time.</remarks>
    public void Refuse(int index, string why)
    {
        lock (_refusing)
        {
            Results[index] = WriteResult.Refused;
            _refusals[index] = why;
            foreach (var repeat in _repeats.GetValueOrDefault(index, []))
            {
                Results[repeat] = WriteResult.Refused;
                _refusals[repeat] = "it repeats a reading of its batch that was refused: " + why;
            }
        }
    }

    /// <summary>Decides the late readings by what the store holds, and by their batch: the earlier place wins.</summary>
    /// <param name="stored">What the store holds of those that were looked up.</param>
    /// <param name="expired">Those of them whose readings have expired and are not held; null where none have.</param>
    public void Resolve(IReadOnlyDictionary<ArrivalKey, ArrivedReading> stored, IReadOnlySet<ArrivalKey>? expired = null)
    {
        var lateTracks = Late.Select(i => _tracks[i]!).ToHashSet();
        var taken = new Dictionary<ArrivalKey, int>();
        for (var i = 0; i < Batch.Length; i++)
        {
            if (_tracks[i] is { } track && (lateTracks.Count == 0 || !lateTracks.Contains(track) || Decide(i, track, stored, expired, taken)))
            {
                ToWrite.Add(i);
            }
        }
    }

    /// <summary>Moves the meters' last times forward: the batch is durable.</summary>
    public void Commit()
    {
        foreach (var track in Touched)
        {
            track.LastMicroseconds = track.TentativeMicroseconds;
        }
    }

    /// <summary>The results as the caller sees them.</summary>
    public WriteOutcome Outcome() => new(Results, _refusals);

    private bool Decide(int index, MeterTrack track, IReadOnlyDictionary<ArrivalKey, ArrivedReading> stored, IReadOnlySet<ArrivalKey>? expired, Dictionary<ArrivalKey, int> taken)
    {
        var key = new ArrivalKey(track, _microseconds[index]);
        var arrived = Batch.Span[index];
        if (taken.TryGetValue(key, out var earlier))
        {
            Results[index] = Storable.Judge(Written(earlier), arrived, out var whole);
            RepeatsOf(earlier).Add(index);
            Complete(earlier, whole);
            return false;
        }

        if (Results[index] == Undecided && stored.TryGetValue(key, out var held))
        {
            Results[index] = Storable.Judge(held, arrived, out var whole);
            if (whole is null)
            {
                return false;
            }

            Complete(index, whole);
            Replacing.Add(index);
            taken.Add(key, index);
            return true;
        }

        if (Results[index] == Undecided && expired?.Contains(key) == true)
        {
            Results[index] = WriteResult.Expired;
            return false;
        }

        taken.Add(key, index);
        Results[index] = WriteResult.Stored;
        return true;
    }

    private void Complete(int index, ArrivedReading? whole)
    {
        if (whole is { } completed)
        {
            _completed[index] = completed;
        }
    }

    private List<int> RepeatsOf(int earlier)
    {
        if (!_repeats.TryGetValue(earlier, out var repeats))
        {
            _repeats.Add(earlier, repeats = []);
        }

        return repeats;
    }
}
