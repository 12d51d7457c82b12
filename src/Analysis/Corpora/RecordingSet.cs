// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Analysis.Corpora;

/// <summary>A published set of recordings: where it lies, whose it is, and what it is used for.</summary>
/// <param name="Folder">Folder under the recordings folder, such as <c>honest/bdg2</c>.</param>
/// <param name="Source">The source that is held out as a whole; small sets share one.</param>
/// <param name="Title">What it is, for the model card.</param>
/// <param name="Licence">Licence as the set states it.</param>
/// <param name="Credit">Whom to credit.</param>
/// <param name="Hourly">Whether it is used at an hour; sets of seconds are not.</param>
internal sealed record RecordingSet(string Folder, string Source, string Title, string Licence, string Credit, bool Hourly)
{
    /// <summary>Level to which recordings without a true level are scaled, in kW; null keeps the recorded one.</summary>
    /// <remarks>Board power of one GPU is below what a meter of a site would read; only its shape is used.</remarks>
    public double? ScaleToKilowatts { get; init; }

    /// <summary>IANA zone in which the meters stand.</summary>
    public string TimeZone { get; init; } = "Etc/UTC";

    /// <summary>Zones of meters whose names start differently from most; empty where all stand in one zone.</summary>
    public IReadOnlyDictionary<string, string> ZoneByPrefix { get; init; } = new Dictionary<string, string>();

    /// <summary>What the sites would have declared; unknown where the set does not say.</summary>
    public DeclaredUse DeclaredUse { get; init; } = DeclaredUse.Unknown;

    /// <summary>The zone of one meter.</summary>
    public string ZoneOf(string meter) =>
        ZoneByPrefix.FirstOrDefault(p => meter.StartsWith(p.Key, StringComparison.Ordinal)).Value ?? TimeZone;
}
