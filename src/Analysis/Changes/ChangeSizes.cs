// SPDX-License-Identifier: Apache-2.0
namespace Detector.Analysis.Changes;

/// <summary>How many hosts and looks train and judge change evidence.</summary>
internal sealed record ChangeSizes
{
    /// <summary>Days between the looks that are taken at an honest window: five of them follow each other without a gap.</summary>
    public const int LookDays = 18;

    /// <summary>Looks at each honest window.</summary>
    public int Looks { get; init; } = 5;

    /// <summary>Honest windows a site that set thresholds.</summary>
    public int HonestPerSite { get; init; } = 64;

    /// <summary>Host windows a site for training injections.</summary>
    public int HostsPerSite { get; init; } = 24;

    /// <summary>Injections a training host.</summary>
    public int InjectionsPerHost { get; init; } = 2;

    /// <summary>Additions of other recorded load a training host.</summary>
    public int RecordedAdditionsPerHost { get; init; } = 2;

    /// <summary>Additions of simulated honest load a training host.</summary>
    public int SimulatedAdditionsPerHost { get; init; } = 6;

    /// <summary>Host windows a site that are judged, of each kind.</summary>
    public int JudgedHostsPerSite { get; init; } = 2;

    /// <summary>Simulated honest additions of each share a judged host.</summary>
    public int JudgedAdditionsPerHost { get; init; } = 2;

    /// <summary>A fraction of it.</summary>
    public static ChangeSizes Quick { get; } = new() { Looks = 3, HonestPerSite = 6, HostsPerSite = 4, InjectionsPerHost = 1, RecordedAdditionsPerHost = 1, SimulatedAdditionsPerHost = 3, JudgedHostsPerSite = 1, JudgedAdditionsPerHost = 1 };
}
