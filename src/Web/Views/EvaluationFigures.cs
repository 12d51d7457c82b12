// SPDX-License-Identifier: Apache-2.0
using System.Text.Json;

namespace Detector.Web.Views;

/// <summary>What the evaluation of a model measured on all sources held out, as its <c>evaluation.json</c> says it.</summary>
/// <remarks>A report that lacks a figure, as one of another version may, leaves it out here; nothing is computed from others.</remarks>
public sealed record EvaluationFigures
{
    private const string Everywhere = "all";
    private const string Case = "detector, case";
    private const string CaseOrWatch = "detector, case or watch";
    private const string Honest = "honest";
    private const string Mining = "pure and mixtures of 20 % and more";
    private const string Month = ", 28 days";
    private const double FalseWindows = 0.0012; // the nominal share of honest windows at which methods are compared

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };
    private static readonly int[] Percents = [50, 30, 20, 10, 5];

    private readonly IReadOnlyList<Entry> _entries;

    private EvaluationFigures(Report report)
    {
        // A figure that does not exist, such as the precision of what flags nothing, is written as null.
        _entries = [.. (report.Figures ?? []).Where(f => f is { Source: Everywhere, Value: { Value: not null, Low: not null, High: not null } })];
        (Tables, Reliability, JudgedOnly) = (report.Tables ?? [], report.Reliability ?? [], report.StylesJudgedOnly ?? []);
        (Prevalence, FleetSites) = (report.Prevalence, report.FleetSites);
        (Styles, Curves, Methods) = (ReadStyles(), ReadCurves(), ReadMethods());
    }

    /// <summary>Every table of the report, already in words.</summary>
    public IReadOnlyList<EvaluationTable> Tables { get; }

    /// <summary>Stated probabilities beside the share that mines, low to high.</summary>
    public IReadOnlyList<ReliabilityPoint> Reliability { get; }

    /// <summary>Share of sites that is assumed to mine where methods are compared, 0 to 1.</summary>
    public double Prevalence { get; }

    /// <summary>Sites of the fleet in which the first are looked at.</summary>
    public int FleetSites { get; }

    /// <summary>False cases that would be opened in 1,000 years of honest sites, judged by 91 days.</summary>
    public Measured? Opened => Of("opened_false_cases_per_1000_site_years", Case, Honest);

    /// <summary>Years of honest sites behind <see cref="Opened"/>.</summary>
    public double? HonestSiteYears => Of("honest_site_years", Case, Honest)?.Value;

    /// <summary>Share that mines among the first fifty of the fleet; only sites that do nothing else mine in it.</summary>
    public Measured? FirstFifty => Of("precision_among_first_50", "detector, p-value", "pure");

    /// <summary>Harmonic mean of precision and recall, of sites that only mine and mixtures of a fifth and more.</summary>
    public Measured? F1 => Of("f1", "detector, p-value", Mining, FalseWindows);

    /// <summary>By how much stated probabilities miss the observed share.</summary>
    public Measured? CalibrationError => Of("expected_calibration_error", Case, Mining);

    /// <summary>What became of windows of each style of mining that did nothing else.</summary>
    public IReadOnlyList<StyleOutcome> Styles { get; }

    /// <summary>How much is found of mining beside honest load, by its share of the whole; curves without a point are left out.</summary>
    public IReadOnlyList<ShareCurve> Curves { get; }

    /// <summary>The product and simple methods at the same nominal share of false windows, best F1 first.</summary>
    public IReadOnlyList<MethodOutcome> Methods { get; }

    private IReadOnlyList<string> JudgedOnly { get; }

    /// <summary>Reads a report; null where it is no report, as one that is being written is not.</summary>
    internal static EvaluationFigures? Read(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<Report>(json, Json) is { } report ? new EvaluationFigures(report) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private IReadOnlyList<StyleOutcome> ReadStyles() =>
    [
        .. _entries.Where(e => e is { Name: "detection", Method: Case } && Of("detection", Case, e.Population + Month) is not null)
            .Select(e => new StyleOutcome(
                e.Population, JudgedOnly.Contains(e.Population, StringComparer.Ordinal), e.Figure, Of("detection", CaseOrWatch, e.Population)!, Of("insufficient", Case, e.Population)?.Value,
                Of("detection", Case, e.Population + Month)!, Of("detection", CaseOrWatch, e.Population + Month)!)),
    ];

    private IReadOnlyList<ShareCurve> ReadCurves() =>
    [
        .. new[] { Curve("history", p => $"onset {p} %, with history, 5 kW and more"), Curve("window", p => $"onset {p} %, window alone, 5 kW and more"), Curve("first_day", p => $"first day {p} %") }
            .Where(c => c.Points.Count > 0),
    ];

    private IReadOnlyList<MethodOutcome> ReadMethods() =>
    [
        .. _entries.Where(e => e.Name == "f1" && e.Population == Mining && e.Rate == FalseWindows)
            .OrderByDescending(e => e.Figure.Value)
            .Select(e => new MethodOutcome(
                e.Method, e.Figure, Of("precision", e.Method, Mining, FalseWindows), Of("recall", e.Method, Mining, FalseWindows), Of("precision_among_first_50", e.Method, "pure"))),
    ];

    private ShareCurve Curve(string name, Func<int, string> population) => new(
        name,
        [.. Percents.Where(p => Of("detection", Case, population(p)) is not null).Select(p => new SharePoint(p, Of("detection", Case, population(p))!, Of("detection", CaseOrWatch, population(p))!))]);

    private Measured? Of(string name, string method, string population, double? rate = null) =>
        _entries.FirstOrDefault(e => e.Name == name && e.Method == method && e.Population == population && e.Rate == rate)?.Figure;

    private sealed record Report(
        IReadOnlyList<EvaluationTable>? Tables, IReadOnlyList<Entry>? Figures, IReadOnlyList<ReliabilityPoint>? Reliability, IReadOnlyList<string>? StylesJudgedOnly, double Prevalence, int FleetSites);

    private sealed record Entry(string Name, string Method, double? Rate, string Source, string Population, Written? Value)
    {
        public Measured Figure => new(Value!.Value!.Value, Value.Low!.Value, Value.High!.Value);
    }

    private sealed record Written(double? Value, double? Low, double? High);
}

/// <summary>A figure with its 90 % interval.</summary>
public sealed record Measured(double Value, double Low, double High);

/// <summary>Windows of one style of mining, by what was said of them; shares of all of them, 0 to 1.</summary>
/// <param name="Style">Name of the style.</param>
/// <param name="JudgedOnly">Whether no model was trained on it.</param>
/// <param name="Case">A case, of 91 days.</param>
/// <param name="CaseOrWatch">A case or a watch.</param>
/// <param name="Insufficient">Could not be judged; null where the report does not say.</param>
/// <param name="MonthCase">A case, of 28 days.</param>
/// <param name="MonthCaseOrWatch">A case or a watch, of 28 days.</param>
public sealed record StyleOutcome(string Style, bool JudgedOnly, Measured Case, Measured CaseOrWatch, double? Insufficient, Measured MonthCase, Measured MonthCaseOrWatch);

/// <summary>What is found of mining beside honest load.</summary>
/// <param name="Name"><c>history</c>, <c>window</c> or <c>first_day</c>.</param>
/// <param name="Points">From the largest share down.</param>
public sealed record ShareCurve(string Name, IReadOnlyList<SharePoint> Points);

/// <summary>One share of a curve.</summary>
/// <param name="Percent">Share of the load that mines, in percent.</param>
/// <param name="Case">Share of windows that are a case, 0 to 1.</param>
/// <param name="CaseOrWatch">Share that are a case or a watch.</param>
public sealed record SharePoint(int Percent, Measured Case, Measured CaseOrWatch);

/// <summary>A method at the common share of false windows.</summary>
public sealed record MethodOutcome(string Method, Measured F1, Measured? Precision, Measured? Recall, Measured? FirstFifty);

/// <summary>A bin of stated probability.</summary>
/// <param name="Stated">Mean stated probability, 0 to 1.</param>
/// <param name="Observed">Share that mines.</param>
/// <param name="Weight">Share of windows in the bin.</param>
public sealed record ReliabilityPoint(double Stated, double Observed, double Weight);

/// <summary>A table of an evaluation, already in words.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Columns">Column heads.</param>
/// <param name="Rows">Cells, as many a row as there are columns.</param>
/// <param name="Note">How to read it; null where nothing needs saying.</param>
public sealed record EvaluationTable(string Title, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows, string? Note);
