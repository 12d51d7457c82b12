// SPDX-License-Identifier: Apache-2.0
using Detector.Cases.Measures;
using Detector.Metering;

namespace Detector.Cases.Dossier;

/// <summary>Writes a meter's readings of a range as CSV that begins with <c>timestamp_utc,value_kw</c>, oldest first, the same bytes each time.</summary>
public delegate Task ReadingsExcerpt(MeterId meter, TimeRange range, Stream csv, CancellationToken cancel);

/// <summary>A model's papers by its name and version; null where there are none here.</summary>
public delegate ModelPapers? PapersOfModel(string model);

/// <summary>The meters of a site whose energy counts, each while it does, none of them below another, and its region; <paramref name="judged"/> are the meters of the case.</summary>
public delegate (IReadOnlyCollection<MeterInstallation> Meters, string? Region) PlaceOfSite(string site, IReadOnlyCollection<MeterId> judged);

/// <summary>What a dossier holds beyond the store of the cases. Whatever is null is left out, and the page of the dossier says so.</summary>
public sealed record DossierSources
{
    /// <summary>Nothing but the store.</summary>
    public static DossierSources None { get; } = new();

    /// <summary>Readings of each meter over all its windows, for the excerpt and the charts.</summary>
    public ReadingsExcerpt? Readings { get; init; }

    /// <summary>The readings that money is counted from; needs <see cref="Place"/> too.</summary>
    public ReadingsOf? Energy { get; init; }

    /// <summary>Where the site is.</summary>
    public PlaceOfSite? Place { get; init; }

    /// <summary>Cards and calibration of the models that judged.</summary>
    public PapersOfModel? Models { get; init; }
}

/// <summary>What a model says of itself.</summary>
/// <param name="Card">Its card, in Markdown; null where it has none.</param>
/// <param name="Calibration">How its probabilities hold on sources it was not trained on; null where that was not measured.</param>
public sealed record ModelPapers(string? Card, Calibration? Calibration);

/// <summary>Stated against observed probability.</summary>
/// <param name="Command">The command that measured it.</param>
/// <param name="Reliability">By bins of the stated probability.</param>
public sealed record Calibration(string Command, IReadOnlyList<CalibrationPoint> Reliability);

/// <summary>A bin of stated probabilities.</summary>
/// <param name="Stated">Mean of what was stated, 0 to 1.</param>
/// <param name="Observed">Share of them that did mine, 0 to 1.</param>
/// <param name="Weight">Share of all windows that are in this bin, 0 to 1.</param>
public sealed record CalibrationPoint(double Stated, double Observed, double Weight);
