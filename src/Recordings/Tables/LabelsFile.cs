// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using System.Text;
using Detector.Metering;
using Detector.Recordings.Csv;

namespace Detector.Recordings;

/// <summary>What is known to be true of a meter.</summary>
public sealed record MeterLabel
{
    /// <summary>The site.</summary>
    public required string Site { get; init; }

    /// <summary>The meter.</summary>
    public required MeterId Meter { get; init; }

    /// <summary>Whether machines mine behind it.</summary>
    public required bool Mines { get; init; }

    /// <summary>Mining's share of its energy since onset, 0 to 1; null where unknown or where nothing mines.</summary>
    public double? Share { get; init; }

    /// <summary>When mining began; null where it always did, is unknown, or where nothing mines.</summary>
    public DateTimeOffset? Onset { get; init; }

    /// <summary>Class of the honest load, such as <c>office</c>; empty where there is none.</summary>
    public string Class { get; init; } = string.Empty;

    /// <summary>Style of mining, such as <c>steady</c> or <c>night</c>; empty where nothing mines.</summary>
    public string Style { get; init; } = string.Empty;

    /// <summary>When the site was inspected; null where it was not, or the label does not say.</summary>
    public DateTimeOffset? Inspected { get; init; }

    /// <summary>The event that the label comes from, such as <c>inspection:42</c>; empty where it names none.</summary>
    public string Provenance { get; init; } = string.Empty;
}

/// <summary>Labels of a fleet: <c>site,meter,mines,share,onset,class,style</c>; <c>meter</c> and <c>mines</c> are required.</summary>
/// <remarks>Labels of inspections (<c>GET /api/v1/labels?format=csv</c>) have <c>inspected_utc</c> and <c>provenance</c> beside them; other columns are passed over.</remarks>
public static class LabelsFile
{
    /// <summary>The columns that are written, in order: of a fleet that was made up, whose labels nobody inspected.</summary>
    public const string Header = "site,meter,mines,share,onset,class,style";

    /// <summary>Reads a file.</summary>
    /// <exception cref="TableFileException">It has faults; all are named, with line and column.</exception>
    public static IReadOnlyList<MeterLabel> Read(string path)
    {
        var table = new Table(path, ["meter", "mines"]);
        var labels = new List<MeterLabel>();
        while (table.Next())
        {
            if (!MeterId.TryOf(table["meter"], out var meter))
            {
                table.Fault("meter", $"'{table["meter"]}' is not a meter name: {MeterId.Fault(table["meter"])}.");
                continue;
            }

            labels.Add(new MeterLabel
            {
                Site = table.OrNull("site") ?? meter.Value,
                Meter = meter,
                Mines = MinesOf(table),
                Share = ShareOf(table),
                Onset = Moments.Of(table, "onset"),
                Class = table["class"],
                Style = table["style"],
                Inspected = Moments.Of(table, "inspected_utc"),
                Provenance = table["provenance"],
            });
        }

        table.ThrowIfFaulty();
        return labels;
    }

    /// <summary>Writes a file.</summary>
    public static void Write(string path, IEnumerable<MeterLabel> labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        using var writer = new StreamWriter(path, append: false, new UTF8Encoding(false)) { NewLine = "\n" };
        writer.WriteLine(Header);
        foreach (var label in labels)
        {
            string[] fields =
            [
                label.Site, label.Meter.Value, label.Mines ? "true" : "false", label.Share?.ToString("R", CultureInfo.InvariantCulture) ?? string.Empty,
                label.Onset?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture) ?? string.Empty, label.Class, label.Style,
            ];
            writer.WriteLine(string.Join(',', fields.Select(CsvFields.Quote)));
        }
    }

    private static bool MinesOf(Table table)
    {
        switch (table["mines"].ToUpperInvariant())
        {
            case "TRUE" or "1" or "YES":
                return true;
            case "FALSE" or "0" or "NO":
                return false;
            default:
                table.Fault("mines", $"'{table["mines"]}' is neither true nor false.");
                return false;
        }
    }

    private static double? ShareOf(Table table)
    {
        if (table.OrNull("share") is not { } text)
        {
            return null;
        }

        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var share) && share is >= 0 and <= 1)
        {
            return share;
        }

        table.Fault("share", $"'{text}' is not a number from 0 to 1.");
        return null;
    }
}
