// SPDX-License-Identifier: Apache-2.0
using Detector.Analysis.Injection;
using Detector.Metering;

namespace Detector.Analysis.Corpora;

/// <summary>Every honest load of a recordings folder, as hours, with its source, its site and how its meter rounds.</summary>
internal sealed class HonestCorpus
{
    private const string Extension = ".csv.gz";

    /// <summary>A corpus of these loads.</summary>
    public HonestCorpus(IReadOnlyList<RecordedLoad> loads, IReadOnlyList<RecordingSet> sets)
    {
        Loads = loads;
        Sets = sets;
        Sources = [.. loads.Select(l => l.Source).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    /// <summary>A corpus without any recording.</summary>
    public static HonestCorpus Empty { get; } = new([], []);

    /// <summary>The loads.</summary>
    public IReadOnlyList<RecordedLoad> Loads { get; }

    /// <summary>The sets that were found and used.</summary>
    public IReadOnlyList<RecordingSet> Sets { get; }

    /// <summary>Their sources, in order of name.</summary>
    public IReadOnlyList<string> Sources { get; }

    /// <summary>Reads the known sets that a folder holds; sets of seconds are left out.</summary>
    public static HonestCorpus Read(
        string folder, RecordingSets known, int threads, IProgress<AnalysisProgress>? progress, CancellationToken cancel)
    {
        var sets = known.All.Where(s => s.Hourly && Directory.Exists(Path.Combine(folder, s.Folder))).ToArray();
        var files = sets.SelectMany(set => Files(folder, set).Select(file => (Set: set, File: file))).ToArray();
        var done = 0;
        var read = files.AsParallel().AsOrdered().WithDegreeOfParallelism(threads).WithCancellation(cancel).Select(item =>
        {
            var load = Load(item.Set, item.File, cancel);
            progress?.Report(new AnalysisProgress("read recordings", Interlocked.Increment(ref done), files.Length));
            return load;
        }).ToArray();
        return new HonestCorpus([.. sets.GroupBy(s => s.Folder, StringComparer.Ordinal).SelectMany(g => OneSiteEach([.. read.Where(l => l.Set == g.Key)]))], sets);
    }

    /// <summary>The same with more loads.</summary>
    public HonestCorpus With(IEnumerable<RecordedLoad> more) => new([.. Loads, .. more], Sets);

    private static IEnumerable<string> Files(string folder, RecordingSet set) =>
        Directory.EnumerateFiles(Path.Combine(folder, set.Folder), "*" + Extension).Order(StringComparer.Ordinal);

    private static RecordedLoad Load(RecordingSet set, string file, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        var meter = Path.GetFileName(file)[..^Extension.Length];
        var site = $"{set.Folder}/{meter}";
        var registration = MeterRegistration.Unregistered(MeterId.Of(meter)) with
        {
            Site = site,
            TimeZone = set.ZoneOf(meter),
            DeclaredUse = set.DeclaredUse,
        };
        var series = Scaled(RecordingReader.Hours(file, registration), set.ScaleToKilowatts);
        var rounding = RecordingRounding.Of(series.PowerKilowatts);

        // Written once more as its meter writes, so that adding nothing to it changes nothing.
        return new RecordedLoad(set.Source, site, set.Folder, rounding.Write(series), registration, rounding, Real: true);
    }

    private static LoadSeries Scaled(LoadSeries series, double? kilowatts)
    {
        if (kilowatts is null)
        {
            return series;
        }

        var factor = (float)(kilowatts.Value / LoadValues.Mean(series.PowerKilowatts));
        return new LoadSeries(series.Meter, series.Start, series.Cadence, Array.ConvertAll(series.PowerKilowatts, v => v * factor), series.Quality);
    }

    private static IEnumerable<RecordedLoad> OneSiteEach(RecordedLoad[] loads)
    {
        var groups = NearCopies.Groups([.. loads.Select(l => l.Load)]);
        return loads.Select((load, i) => load with { Site = loads[groups[i]].Site });
    }
}
