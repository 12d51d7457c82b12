// SPDX-License-Identifier: Apache-2.0
using Detector.Analysis.Corpora;
using Detector.Metering;
using Detector.Recordings;
using Detector.Validation;

namespace Detector.Analysis.Bursts;

/// <summary>Recordings of seconds: the sets that are not used at an hour, and the graphics processor's traces.</summary>
internal static class RecordedBursts
{
    private static readonly SeriesAssessor Assessor = new();

    /// <summary>Every recording of seconds under a folder; empty where it holds none.</summary>
    public static IReadOnlyList<BurstLoad> Read(string folder, CancellationToken cancel)
    {
        var loads = new List<BurstLoad>();
        foreach (var set in RecordingSets.Default().All.Where(s => !s.Hourly))
        {
            var path = Path.Combine(folder, set.Folder);
            string[] files = Directory.Exists(path) ? Directory.GetFiles(path, "*.csv.gz") : [];
            foreach (var file in files.Order(StringComparer.Ordinal))
            {
                cancel.ThrowIfCancellationRequested();
                loads.Add(OfFile(file, Path.GetFileName(set.Folder)));
            }
        }

        loads.AddRange(GpuTraces.Read(Path.Combine(folder, "gpu-traces")));
        return loads;
    }

    /// <summary>A load through the product's own validation.</summary>
    public static LoadSeries Assess(ReadingColumns readings) => Assessor.Assess(readings).Series;

    private static BurstLoad OfFile(string file, string set)
    {
        var recording = ReadingsSource.Open(file).Recordings().Single();
        var name = recording.Meter.Value;
        return new BurstLoad(Assess(recording.ToColumns()), Hashing: false, set, name, GroupOf(name), Weight: 1);
    }

    /// <summary>The machine: what a name holds before the benchmark and its scenario; one node or the sum of a run is the same run.</summary>
    private static string GroupOf(string name)
    {
        if (name.StartsWith("SMC-ac", StringComparison.Ordinal))
        {
            // SMC-ac_8xSMC-H100-SXM-80GB_llama2_70b_lora_node_1: all sizes and nodes of one benchmark together.
            var bench = name[(name.IndexOf("80GB_", StringComparison.Ordinal) + 5)..];
            var node = bench.IndexOf("_node", StringComparison.Ordinal);
            return "training/" + (node < 0 ? bench : bench[..node]);
        }

        var parts = name.Split('_');
        return string.Join('_', parts[..Math.Max(1, parts.Length - 2)]);
    }
}
