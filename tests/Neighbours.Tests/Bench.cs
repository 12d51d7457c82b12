// SPDX-License-Identifier: Apache-2.0
using Detector.Detection;
using Detector.Metering;
using Detector.Profiles;
using Detector.Simulation;
using Detector.Testing;
using Detector.Validation;

namespace Detector.Neighbours.Tests;

/// <summary>Takes a neighbourhood through what a score does: validation, judgement, balance, book.</summary>
internal sealed class Bench
{
    private static readonly Lazy<Judge> Shipped = new(MakeJudge);

    private readonly List<(LoadSeries Series, MeterRegistration Row)> _meters = [];

    public static Judge Judge => Shipped.Value;

    public static NeighbourOptions Options { get; } = new();

    public IReadOnlyList<(LoadSeries Series, MeterRegistration Row)> Meters => _meters;

    public static Bench Of(params IEnumerable<Neighbourhood> neighbourhoods)
    {
        var bench = new Bench();
        var assessor = new SeriesAssessor();
        foreach (var site in neighbourhoods.SelectMany(n => n.Sites.Prepend(n.Head)))
        {
            bench.Add(assessor.Assess(site.Registration.Meter, site.Readings).Series, site.Registration);
        }

        return bench;
    }

    public Bench Add(LoadSeries series, MeterRegistration row)
    {
        _meters.Add((series, row));
        return this;
    }

    /// <summary>The virtual meter of the first parent.</summary>
    public VirtualMeter Balance()
    {
        var feeders = new Feeders(new SiteRegistry(_meters.Select(m => m.Row)));
        var hours = _meters.ToDictionary(m => m.Row.Meter, m => MeterHours.Of(m.Series, Options.WindowDays, asOf: null));
        return VirtualMeter.Of(feeders, hours[feeders.Parents[0]], m => hours.GetValueOrDefault(m), Options);
    }

    /// <summary>The finding of the first parent's virtual meter, by the model that ships.</summary>
    public Finding JudgeResidual()
    {
        var meter = Balance();
        return meter.Complete(Judge.Assess(meter.Residual, meter.Registration, asOf: null), Options);
    }

    /// <summary>A book of every sub-meter, with findings by a rule of the test.</summary>
    public NeighbourBook Book(Func<MeterRegistration, Finding> finding)
    {
        var book = new NeighbourBook(Options);
        foreach (var (series, row) in _meters.Where(m => m.Row.ParentMeter is not null))
        {
            book.Put(TraceFinder.Of(series, row, asOf: null, Options), finding(row));
        }

        return book;
    }

    /// <summary>A finding of a verdict and nothing else.</summary>
    public static Finding Verdict(MeterRegistration row, Verdict verdict, double pValue) => new()
    {
        Meter = row.Meter,
        Site = row.Site,
        Verdict = verdict,
        Probability = 0.1,
        PValue = pValue,
        Window = new TimeRange(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddDays(91)),
        CadenceSeconds = 900,
        Coverage = 1,
        Model = "test/1",
    };

    private static Judge MakeJudge()
    {
        var models = Path.Combine(Requires.Repository(), "models");
        var folder = Directory.Exists(models)
            ? Directory.EnumerateFiles(models, "model.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal).LastOrDefault()
            : null;
        if (folder is null)
        {
            Assert.Ignore("No model ships yet: models/ holds no model.json.");
        }

        return new Judge(DetectorModel.Load(Path.GetDirectoryName(folder)!), new ProfileBuilder(FeatureCatalog.Default()), new JudgeOptions());
    }
}
