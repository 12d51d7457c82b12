// SPDX-License-Identifier: Apache-2.0
using System.ComponentModel.DataAnnotations;
using Detector.Cases.Measures;
using Detector.Cases.Stores.Sqlite;

namespace Detector.Cases;

/// <summary>Settings of the section <c>Cases</c>.</summary>
public sealed class CasesOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Cases";

    /// <summary>Store, by its name in the catalogue: <c>sqlite</c>, <c>postgres</c>.</summary>
    [Required]
    public string Kind { get; set; } = "sqlite";

    /// <summary>Settings of the store <c>postgres</c>.</summary>
    public PostgresOptions Postgres { get; set; } = new();

    /// <summary>How long a site is left alone after its case was refuted; 0 to 10 years.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "3650.00:00:00")]
    public TimeSpan CoolDown { get; set; } = TimeSpan.FromDays(90);

    /// <summary>How far below the step of its verdict a meter must stand for the verdict to fall at once; 0 to 1, of the way from watch to case.</summary>
    [Range(0.0, 1.0)]
    public double FallMargin { get; set; } = 0.25;

    /// <summary>Looks in a row, one a day, that must say less for a verdict to fall although the meter stands close below it; 1 turns the hold off.</summary>
    [Range(1, 365)]
    public int FallAfterLooks { get; set; } = 7;

    /// <summary>How long a case may stand in each state before it is escalated.</summary>
    public DeadlineOptions Deadlines { get; set; } = new();

    /// <summary>Longest time for which a case may be put off at once; 1 hour to 1 year.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "365.00:00:00")]
    public TimeSpan LongestSnooze { get; set; } = TimeSpan.FromDays(90);

    /// <summary>How long the answer to a request with an <c>Idempotency-Key</c> is kept to be given again; 1 hour to 1 year.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "365.00:00:00")]
    public TimeSpan KeepAnswers { get; set; } = TimeSpan.FromDays(7);

    /// <summary>How dossiers are signed.</summary>
    public Dossier.DossierOptions Dossier { get; set; } = new();

    /// <summary>Bounds of the files of a case.</summary>
    public Attachments.AttachmentOptions Attachments { get; set; } = new();

    /// <summary>Legal bases, rates and tariffs of the measures, dated.</summary>
    public MeasuresOptions Measures { get; set; } = new();

    /// <summary>Change of probability from which evidence is materially new, 0.01 to 1.</summary>
    [Range(0.01, 1.0)]
    public double MaterialProbability { get; set; } = 0.05;

    /// <summary>Change of the likely share from which evidence is materially new, 0.01 to 1.</summary>
    [Range(0.01, 1.0)]
    public double MaterialShare { get; set; } = 0.10;

    /// <summary>Move of the likely onset from which evidence is materially new; 1 hour to 1 year.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "365.00:00:00")]
    public TimeSpan MaterialOnset { get; set; } = TimeSpan.FromDays(3);

    /// <summary>The file that holds the cases of a data folder, made by the first start; null where a server holds them.</summary>
    public string? FileIn(string dataFolder) =>
        string.Equals(Kind, SqliteCaseStore.KindName, StringComparison.OrdinalIgnoreCase) ? Path.Combine(dataFolder, SqliteCaseStore.FileName) : null;
}

/// <summary>Settings of the section <c>Cases:Postgres</c>.</summary>
public sealed class PostgresOptions
{
    /// <summary>Connection string as Npgsql reads it, such as <c>Host=db;Database=detector;Username=detector;Password=…</c>; the database must exist, its tables are made.</summary>
    public string ConnectionString { get; set; } = string.Empty;
}
