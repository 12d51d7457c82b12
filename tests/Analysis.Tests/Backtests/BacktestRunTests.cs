// SPDX-License-Identifier: Apache-2.0
using Detector.Analysis.Backtests;
using Detector.Detection;
using Detector.Metering;
using Detector.Profiles;
using Detector.Recordings;
using Detector.Simulation;
using Detector.Testing;
using Detector.Validation;

namespace Detector.Analysis.Tests.Backtests;

internal sealed class BacktestRunTests
{
    private const int Days = 70;

    private readonly TemporaryFolder _folder = new();
    private readonly List<MeterLabel> _labels = [];
    private DetectorModel _model = null!;
    private SimulatedSite[] _sites = null!;

    [OneTimeSetUp]
    public void Write_a_fleet()
    {
        var models = Path.Combine(Requires.Repository(), "models");
        _model = DetectorModel.Load(Path.Combine(models, File.ReadAllText(Path.Combine(models, "current")).Trim()));
        _sites = [.. Fleet.Generate(new FleetOptions { Sites = 12, Days = Days, Seed = 4, Cadence = TimeSpan.FromHours(1) })];
        Directory.CreateDirectory(_folder.In("all"));
        Directory.CreateDirectory(_folder.In("short"));
        foreach (var site in _sites)
        {
            Write("all", site, DateTimeOffset.MaxValue);
            Write("short", site, site.Load.Start.AddDays(49));
            _labels.Add(new MeterLabel { Meter = site.Registration.Meter, Site = site.Registration.Site, Mines = site.Truth.Mines, Onset = site.Truth.Onset });
        }
    }

    [OneTimeTearDown]
    public void Remove() => _folder.Dispose();

    private void Write(string folder, SimulatedSite site, DateTimeOffset until)
    {
        using var file = ReadingsFileWriter.Create(Path.Combine(_folder.In(folder), site.Registration.Meter.Value + ".csv.gz"), ReadingsColumns.TimeAndPower);
        foreach (var reading in site.Readings.Where(r => r.Time < until))
        {
            file.Write(reading);
        }
    }

    private BacktestReport Run(string folder, DateTimeOffset? to = null) => BacktestRun.Of(
        ReadingsSource.Open(_folder.In(folder)).Recordings(),
        new BacktestOptions { InUse = _model, Candidate = _model.With(null), Labels = _labels, To = to, BootstrapRepeats = 50 },
        null,
        CancellationToken.None);

    [Test]
    public void The_last_look_is_what_score_says()
    {
        var judge = new Judge(_model, new ProfileBuilder(FeatureCatalog.Default()), new JudgeOptions());
        var scored = ReadingsSource.Open(_folder.In("all")).Recordings()
            .Select(r => judge.Assess(new SeriesAssessor().Assess(r.ToColumns()).Series, MeterRegistration.Unregistered(r.Meter), null).Verdict.Name())
            .Order(StringComparer.Ordinal).ToArray();
        var moves = Run("all").Moves.SelectMany(m => Enumerable.Repeat(m.InUse, m.Meters)).Order(StringComparer.Ordinal).ToArray();
        Assert.That(moves, Is.EqualTo(scored).And.Contains("case").And.Contains("clear"));
    }

    [Test]
    public void What_comes_later_changes_no_look_before_it()
    {
        var until = _sites[0].Load.Start.AddDays(49);
        var known = Run("short", until);
        var later = Run("all", until);
        Assert.Multiple(() =>
        {
            Assert.That(later.InUse, Is.EqualTo(known.InUse with { Labelled = later.InUse.Labelled }));
            Assert.That(later.Moves, Is.EqualTo(known.Moves));
            Assert.That(later.InUse.Looks, Is.GreaterThan(12 * 6));
        });
    }

    [Test]
    public async Task The_report_is_the_same_bytes_again_and_says_both_models()
    {
        await Run("all").WriteAsync(_folder.In("first"), CancellationToken.None);
        await Run("all").WriteAsync(_folder.In("second"), CancellationToken.None);
        var html = await File.ReadAllTextAsync(_folder.In("first/backtest.html"));
        Assert.Multiple(() =>
        {
            Assert.That(File.ReadAllBytes(_folder.In("second/backtest.json")), Is.EqualTo(File.ReadAllBytes(_folder.In("first/backtest.json"))));
            Assert.That(html, Does.Contain("in use").And.Contain("candidate").And.Contain("Held against the labels"));
        });
    }

    [Test]
    public void Options_that_cannot_be_are_named_together()
    {
        var fault = Assert.Throws<AnalysisException>(() => BacktestRun.Of(
            [], new BacktestOptions { InUse = _model, Candidate = _model, Every = TimeSpan.FromHours(1), From = Loads.Monday, To = Loads.Monday }, null, CancellationToken.None));
        Assert.That(fault!.Faults, Has.Count.EqualTo(2));
    }
}
