// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;
using Detector.Recordings;

namespace Detector.Analysis.Training;

/// <summary>Sites of which an inspection found what they are, and their readings: what a model learns from its own cases.</summary>
/// <param name="Labels">Labels; those without an inspection's provenance train nothing.</param>
/// <param name="Recordings">Readings of the labelled meters; meters without a label are passed over.</param>
/// <param name="Registry">Their sites' time zones and declared uses.</param>
public sealed record InspectedSites(IReadOnlyList<MeterLabel> Labels, IEnumerable<MeterRecording> Recordings, SiteRegistry Registry)
{
    private const string Provenance = "inspection:";

    /// <summary>Whether a label may train: an inspection says so, at a time that is known. Never a score, never hearsay.</summary>
    public static bool Counts(MeterLabel label)
    {
        ArgumentNullException.ThrowIfNull(label);
        return label.Inspected is not null && label.Provenance.StartsWith(Provenance, StringComparison.Ordinal) && label.Provenance.Length > Provenance.Length;
    }
}
