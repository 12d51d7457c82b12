// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using Detector.Metering;

namespace Detector.Analysis.Bursts;

/// <summary>The ten-hertz traces of one graphics processor, cut at its workloads.</summary>
/// <remarks>In: a CSV with the columns <c>unix_s, workload, phase, power_instant_w</c> first. Waits between workloads are honest idling.</remarks>
internal static class GpuTraces
{
    /// <summary>The set's name.</summary>
    public const string Set = "gpu-traces";

    private const double HashingWeight = 2; // two real recordings among hundreds of simulated ones
    private const int Decimation = 10;

    /// <summary>One load a workload, as means and as samples of a second; empty where there is no trace.</summary>
    public static IEnumerable<BurstLoad> Read(string folder)
    {
        string[] files = Directory.Exists(folder) ? Directory.GetFiles(folder, "*.csv") : [];
        foreach (var file in files.Order(StringComparer.Ordinal))
        {
            foreach (var workload in File.ReadLines(file).Skip(1).Select(line => line.Split(',')).GroupBy(cells => cells[1], StringComparer.Ordinal))
            {
                var hashing = workload.Key.StartsWith("hash", StringComparison.Ordinal);
                var rows = workload.ToArray();
                var name = $"{Path.GetFileNameWithoutExtension(file)}-{workload.Key}";
                yield return Load(name, name, rows, hashing);
                yield return Load(name + "-sampled", name, [.. rows.Where((_, i) => i % Decimation == 0)], hashing);
            }
        }
    }

    private static BurstLoad Load(string name, string group, string[][] rows, bool hashing)
    {
        var columns = new ReadingColumns
        {
            Meter = MeterId.Of(name),
            UnixMicroseconds = [.. rows.Select(r => (long)Math.Round(double.Parse(r[0], CultureInfo.InvariantCulture) * 1e6))],
            PowerKilowatts = [.. rows.Select(r => double.Parse(r[3], CultureInfo.InvariantCulture) / 1000)],
        };
        return new BurstLoad(RecordedBursts.Assess(columns), hashing, Set, name, group, hashing ? HashingWeight : 1);
    }
}
