// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Analysis.Corpora;

/// <summary>The sets of recordings that are known: one <c>Add</c> line each, a folder twice is refused.</summary>
internal sealed class RecordingSets
{
    /// <summary>Source name of the buildings of the University of Cambridge.</summary>
    public const string Cambridge = "cambridge";

    /// <summary>Source name of the Building Data Genome 2 buildings.</summary>
    public const string Buildings = "bdg2";

    /// <summary>Source name of the small sets, pooled: too few sites each to be held out alone.</summary>
    public const string DataCenters = "data centers and others";

    private readonly Dictionary<string, RecordingSet> _byFolder = new(StringComparer.Ordinal);

    /// <summary>Every set, in the order they were added.</summary>
    public IReadOnlyCollection<RecordingSet> All => _byFolder.Values;

    /// <summary>The sets whose licences and origins were read.</summary>
    public static RecordingSets Default()
    {
        var sets = new RecordingSets();
        sets.Add(new("honest/cambridge_estates", Cambridge, "University of Cambridge estate, 60 buildings, hourly, 2008-2023", "MIT",
            "Energy Efficient Cities Initiative, University of Cambridge (doi:10.5281/zenodo.10708693)", Hourly: true)
        { TimeZone = "Europe/London" });
        sets.Add(new("honest/bdg2", Buildings, "Building Data Genome Project 2, 130 buildings, hourly, 2016-2017", "CC BY-SA 4.0",
            "Miller et al., Building Data Genome Project 2", Hourly: true)
        {
            TimeZone = "America/New_York",
            ZoneByPrefix = new Dictionary<string, string> { ["Lamb"] = "Europe/London", ["Shrew"] = "Europe/London" },
            DeclaredUse = DeclaredUse.Commercial,
        });
        sets.Add(new("honest/hpc_system", DataCenters, "LUMI supercomputer, whole system, 10 minutes, four months", "CC BY 4.0",
            "Patki et al., LLNL/LAST power provisioning data set; LUMI: CSC", Hourly: true)
        { TimeZone = "Europe/Helsinki", DeclaredUse = DeclaredUse.Hpc });
        sets.Add(new("honest/google_power_2019", DataCenters, "two power domains of a Google data center, 5 minutes, one month", "CC BY",
            "Google, powerdata-2019", Hourly: true)
        { TimeZone = "America/New_York", DeclaredUse = DeclaredUse.DataCenter });
        sets.Add(new("honest/biohpc", DataCenters, "three GPU servers of a university cluster, hourly, years", "MIT",
            "BioHPC Lab, Cornell University; C. Gressel", Hourly: true)
        { TimeZone = "America/New_York", DeclaredUse = DeclaredUse.AiCompute });
        sets.Add(new("honest/uci851-steel", DataCenters, "a steel plant, 15 minutes, one year", "CC BY 4.0",
            "Sathishkumar V E, DAEWOO Steel Co. Ltd; UCI data set 851", Hourly: true)
        { TimeZone = "Asia/Seoul", DeclaredUse = DeclaredUse.Industrial });
        sets.Add(new("honest/mlperf-inference-v2.1", "mlperf", "MLPerf inference v2.1, servers, 1 second", "Apache-2.0", "MLCommons", Hourly: false));
        sets.Add(new("honest/mlperf-inference-v3.0", "mlperf", "MLPerf inference v3.0, servers, 1 second", "Apache-2.0", "MLCommons", Hourly: false));
        sets.Add(new("honest/mlperf-training-v4.0", "mlperf", "MLPerf training v4.0, nodes, 2 seconds", "Apache-2.0", "MLCommons", Hourly: false));
        return sets;
    }

    /// <summary>Adds a set; throws <see cref="ArgumentException"/> where its folder is already known.</summary>
    public void Add(RecordingSet set)
    {
        if (!_byFolder.TryAdd(set.Folder, set))
        {
            throw new ArgumentException($"The set {set.Folder} is already known.", nameof(set));
        }
    }
}
