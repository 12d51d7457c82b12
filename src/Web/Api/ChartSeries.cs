// SPDX-License-Identifier: Apache-2.0
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Detector.Metering;

namespace Detector.Web.Api;

/// <summary>A load made ready for a chart: as read where it fits, else the lowest and highest of equal buckets.</summary>
internal sealed class ChartSeries
{
    private readonly List<double> _seconds = [];
    private readonly List<float> _low = [];
    private readonly List<float> _high = [];
    private readonly List<uint> _quality = [];

    private ChartSeries()
    {
    }

    /// <summary>A series without points.</summary>
    internal static ChartSeries Empty => new();

    /// <summary>Number of points.</summary>
    internal int Count => _seconds.Count;

    /// <summary>Whether points are buckets of several readings.</summary>
    internal bool Bucketed { get; private set; }

    /// <summary>Reads a range, keeping at most <paramref name="points"/> points whatever its length.</summary>
    /// <param name="kept">What is kept of the load; where that is hours or days, buckets are at least as long, so that a line does not break between them.</param>
    /// <param name="range">The range.</param>
    /// <param name="points">The most points.</param>
    /// <param name="cancel">Gives up.</param>
    internal static async Task<ChartSeries> FoldAsync(KeptLoad kept, TimeRange range, int points, CancellationToken cancel)
    {
        var series = new ChartSeries { Bucketed = kept.Seconds > 0 };
        var perBucket = Math.Max(1, kept.Seconds);
        await foreach (var point in kept.PointsAsync(cancel))
        {
            series.Add(point, range, perBucket);
            while (series.Count > points)
            {
                perBucket = series.Coarsen(range, perBucket, points);
            }
        }

        return series;
    }

    /// <summary>The binary form that the call's description gives; the 8-byte header keeps the times aligned.</summary>
    internal byte[] ToBytes()
    {
        var bytes = new byte[8 + (Count * 20)];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, (uint)Count);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(4), Bucketed ? 1u : 0u);
        var at = 8;
        Put(MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(_seconds)));
        Put(MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(_low)));
        Put(MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(_high)));
        Put(MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(_quality)));
        return bytes;

        void Put(ReadOnlySpan<byte> part)
        {
            part.CopyTo(bytes.AsSpan(at));
            at += part.Length;
        }
    }

    /// <summary>Adds a reading; once buckets exist, to the bucket that holds its time.</summary>
    private void Add(in ChartPoint point, TimeRange range, long width)
    {
        var time = point.Time;
        var seconds = Bucketed
            ? Seconds(range.From) + (Math.Floor((Seconds(time) - Seconds(range.From)) / width) * width)
            : Seconds(time);
        Merge(seconds, point.Low, point.High, point.Quality);
    }

    private void Merge(double seconds, float low, float high, uint quality)
    {
        var last = Count - 1;
        if (Bucketed && last >= 0 && _seconds[last] == seconds)
        {
            _low[last] = Least(_low[last], low);
            _high[last] = Greatest(_high[last], high);
            _quality[last] |= quality;
            return;
        }

        _seconds.Add(seconds);
        _low.Add(low);
        _high.Add(high);
        _quality.Add(quality);
    }

    /// <summary>Folds what is there into wider buckets and returns their width in seconds.</summary>
    private long Coarsen(TimeRange range, long width, int points)
    {
        // The range may reach far beyond the data; the span of what was read is what the points must cover.
        var span = _seconds[^1] - _seconds[0];
        var wider = Math.Max(Bucketed ? width * 2 : 1, (long)Math.Ceiling(span / (points / 2.0)));
        var (seconds, low, high, quality) = (_seconds.ToArray(), _low.ToArray(), _high.ToArray(), _quality.ToArray());
        _seconds.Clear();
        _low.Clear();
        _high.Clear();
        _quality.Clear();
        Bucketed = true;
        var from = Seconds(range.From);
        for (var i = 0; i < seconds.Length; i++)
        {
            Merge(from + (Math.Floor((seconds[i] - from) / wider) * wider), low[i], high[i], quality[i]);
        }

        return wider;
    }

    private static float Least(float a, float b) => float.IsNaN(a) ? b : float.IsNaN(b) ? a : Math.Min(a, b);

    private static float Greatest(float a, float b) => float.IsNaN(a) ? b : float.IsNaN(b) ? a : Math.Max(a, b);

    private static double Seconds(DateTimeOffset moment) => (moment - DateTimeOffset.UnixEpoch).TotalSeconds;
}
