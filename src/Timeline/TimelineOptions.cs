// SPDX-License-Identifier: Apache-2.0
using System.ComponentModel.DataAnnotations;
using Detector.Timeline.DuckDb;
using Detector.Timeline.Influx;

namespace Detector.Timeline;

/// <summary>Where readings are kept: section <c>Timeline</c>.</summary>
public sealed class TimelineOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Timeline";

    /// <summary>Kind of store, one of the catalogue: <c>duckdb</c> or <c>influx</c>.</summary>
    [Required]
    public string Kind { get; set; } = DuckDbTimeline.KindName;

    /// <summary>The embedded store.</summary>
    public DuckDbOptions DuckDb { get; set; } = new();

    /// <summary>The store behind HTTP.</summary>
    public InfluxOptions Influx { get; set; } = new();

    /// <summary>How long readings are kept.</summary>
    public RetentionOptions Retention { get; set; } = new();

    /// <summary>The file that holds the readings; null where a server holds them.</summary>
    public string? LocalFile() => string.Equals(Kind, DuckDbTimeline.KindName, StringComparison.OrdinalIgnoreCase) ? DuckDb.File : null;

    /// <summary>Every fault of these options by its setting's name; empty where there is none.</summary>
    /// <remarks>Settings of a kind that is not chosen are checked for their ranges only, not for being present.</remarks>
    public IReadOnlyList<string> Faults()
    {
        var faults = new List<string>();
        OptionsFaults.Collect(this, Section, faults);
        OptionsFaults.Collect(DuckDb, Section + ":DuckDb", faults);
        OptionsFaults.Collect(Influx, Section + ":Influx", faults);
        OptionsFaults.Collect(Retention, Section + ":Retention", faults);
        Retention.CollectFaults(Section + ":Retention", faults);
        if (Kind == InfluxTimeline.KindName && Influx.Token.Length > 0 && Retention.IsOn)
        {
            faults.Add(Section + ":Retention needs duckdb or an InfluxDB 1.x: a server that takes Timeline:Influx:Token has no statement that deletes by meter and time (docs/decisions/0023-retention.md). Leave RawDays and BurstDays at 0.");
        }

        if (Kind == DuckDbTimeline.KindName && string.IsNullOrWhiteSpace(DuckDb.File))
        {
            faults.Add(Section + ":DuckDb:File is empty; it must name the file of the store.");
        }

        if (Kind == InfluxTimeline.KindName)
        {
            Influx.CollectFaults(Section + ":Influx", faults);
        }

        return faults;
    }
}
