// SPDX-License-Identifier: Apache-2.0
using BenchmarkDotNet.Attributes;
using Detector.Codecs;

namespace Detector.Bench.HotPaths;

/// <summary>A payload to readings, by topic, as the relay does it.</summary>
public class Decoding
{
    private readonly MessageDecoder _decoder = MessageDecoder.Default();
    private readonly ReadingBuffer _readings = new();
    private readonly byte[] _topic = "meters/plant-7"u8.ToArray();
    private readonly byte[] _lineTopic = "influx/gateway-1"u8.ToArray();
    private byte[] _json = [];
    private byte[] _lines = [];

    /// <summary>Readings in the payload.</summary>
    [Params(1, 100)]
    public int Readings { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        (_json, _lines) = (Loads.Json(Readings, 0), Loads.Lines(Readings));
        Refuse(Json());
        Refuse(LineProtocol());
    }

    [Benchmark]
    public int Json() => Decode(_topic, _json);

    [Benchmark]
    public int LineProtocol() => Decode(_lineTopic, _lines);

    private int Decode(byte[] topic, byte[] payload)
    {
        _readings.Clear();
        return _decoder.Decode(topic, payload, Loads.Start, _readings).IsDecoded ? _readings.Count : -1;
    }

    private void Refuse(int decoded)
    {
        if (decoded != Readings)
        {
            throw new InvalidOperationException($"{decoded} readings decoded of {Readings}.");
        }
    }
}
