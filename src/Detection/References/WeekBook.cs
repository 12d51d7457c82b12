// SPDX-License-Identifier: Apache-2.0
using Detector.Detection.Models;
using Detector.Metering;

namespace Detector.Detection.References;

/// <summary>What the day and the week of honest loads look like, by declared use: for people to hold a site against. No verdict rests on it.</summary>
/// <remarks>Kept beside a model as <c>weeks.json</c>: aggregates over many sites, no readings. The console reads the file by its documented form (docs/formats/weeks.md).</remarks>
public sealed record WeekBook
{
    /// <summary>Name of the file in a model's folder.</summary>
    public const string FileName = "weeks.json";

    /// <summary>Fewest sites behind a band: with fewer, a tenth of them is less than two sites.</summary>
    public const int LeastSites = 20;

    private const string Format = "detector-weeks/1";

    /// <summary>Length of the windows that the bands were counted on, in days.</summary>
    public required int WindowDays { get; init; }

    /// <summary>Fewest sites behind a band of this file.</summary>
    public required int LeastSitesOfUse { get; init; }

    /// <summary>The uses of which there are enough sites, by their order.</summary>
    public required IReadOnlyList<WeekUse> Uses { get; init; }

    /// <summary>Reads the bands of a model folder; null where the folder has none.</summary>
    /// <exception cref="InvalidDataException">The file is damaged or of another format; the message says which.</exception>
    public static WeekBook? TryLoad(string folder)
    {
        var path = Path.Combine(folder, FileName);
        return File.Exists(path) ? ModelEnvelope.Read<WeekBook>(Format, path) : null;
    }

    /// <summary>Writes <c>weeks.json</c> into a folder, made where needed; the same bands give the same bytes.</summary>
    public void Save(string folder) => ModelEnvelope.Write(this, Format, Path.Combine(folder, FileName));
}

/// <summary>The bands of one declared use.</summary>
/// <param name="Use">The use.</param>
/// <param name="Sites">Sites behind them.</param>
/// <param name="RecordedSites">How many of those were recorded; the others are simulated.</param>
/// <param name="Sources">Where they come from, with licence and credit.</param>
/// <param name="Week">By hour of the week, 168 from Monday 00:00, local time.</param>
/// <param name="WorkingDay">By hour of Monday to Friday.</param>
/// <param name="Weekend">By hour of Saturday and Sunday.</param>
public sealed record WeekUse(
    DeclaredUse Use, int Sites, int RecordedSites, IReadOnlyList<WeekSource> Sources, WeekBand Week, WeekBand WorkingDay, WeekBand Weekend);

/// <summary>A set of loads behind a band.</summary>
/// <param name="Title">What it is.</param>
/// <param name="Licence">Its licence.</param>
/// <param name="Credit">Whom to credit.</param>
/// <param name="Sites">How many sites of it.</param>
public sealed record WeekSource(string Title, string Licence, string Credit, int Sites);

/// <summary>10th, 50th and 90th percentile over the sites of each hour's median load, as a share of the site's own mean.</summary>
public sealed record WeekBand(IReadOnlyList<double> Low, IReadOnlyList<double> Median, IReadOnlyList<double> High);
