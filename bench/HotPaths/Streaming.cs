// SPDX-License-Identifier: Apache-2.0
using BenchmarkDotNet.Attributes;
using Detector.Profiles;

namespace Detector.Bench.HotPaths;

/// <summary>One reading into the bounded hours of a profile.</summary>
public class Streaming
{
    private readonly HourlyAccumulator _hours = new(TimeSpan.FromMinutes(15), 91 * 24);
    private int _next;

    [Benchmark]
    public bool Update() => _hours.Add(Loads.Start.AddMinutes(15 * _next++), 181.4f);
}
