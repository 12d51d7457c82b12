// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using Detector.Analysis.Corpora;
using Detector.Analysis.Training;
using Detector.Detection;
using Detector.Metering;
using Detector.Recordings;
using Detector.Testing;

namespace Detector.Analysis.Tests.Corpora;

internal sealed class InspectedLoadsTests
{
    private const int Days = 300;

    /// <summary>A Wednesday at noon, 200.5 days in: windows must end there without it being a week's end.</summary>
    private static readonly DateTimeOffset Inspected = Loads.Monday.AddDays(205).AddHours(12);

    private readonly TemporaryFolder _folder = new();

    [OneTimeSetUp]
    public void Write()
    {
        foreach (var meter in new[] { "m-1", "m-2" })
        {
            using var file = new StreamWriter(_folder.In(meter + ".csv"));
            file.WriteLine("timestamp_utc,value_kw");
            for (var hour = 0; hour < Days * 24; hour++)
            {
                file.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Loads.Monday.AddHours(hour):yyyy-MM-ddTHH:mm:ssZ},{80 + (hour % 24)}.{hour * 7 % 10}"));
            }
        }
    }

    [OneTimeTearDown]
    public void Clean() => _folder.Dispose();

    [Test]
    public void An_honest_meter_joins_the_recordings_up_to_its_inspection()
    {
        var loads = Of(Label("m-1", mines: false));
        var load = loads.Honest.Single();
        Assert.Multiple(() =>
        {
            Assert.That(loads.Mines, Is.Empty);
            Assert.That(load.Load.TimeOf(load.Load.Count), Is.EqualTo(Inspected));
            Assert.That((load.Source, load.Real), Is.EqualTo((RecordingSets.DataCenters, true)));
            Assert.That(loads.Summary, Does.Contain("none: 1").And.Contain("machines: 0"));
        });
    }

    [Test]
    public void A_mine_of_unknown_onset_counts_for_the_windows_that_end_at_its_inspection()
    {
        var mines = Of(Label("m-1", mines: true)).Mines;
        Assert.Multiple(() =>
        {
            Assert.That(mines.Select(m => m.Days), Is.EqualTo(new[] { PlanSizes.LongDays, PlanSizes.ShortDays }));
            Assert.That(mines.Select(m => m.Class), Is.All.EqualTo(SampleClass.Mixture)); // no share is known: some of it mines
            Assert.That(mines.Select(m => m.Make()).Select(s => s.TimeOf(s.Count)), Is.All.EqualTo(Inspected));
            Assert.That(mines[0].Make().Count, Is.EqualTo(PlanSizes.LongDays * 24));
        });
    }

    [Test]
    public void A_mine_counts_from_its_onset_and_as_pure_where_its_share_says_so()
    {
        var onset = Loads.Monday.AddDays(14);
        var mines = Of(Label("m-1", mines: true) with { Onset = onset, Share = 0.95 }).Mines;
        Assert.Multiple(() =>
        {
            Assert.That(mines.Count(m => m.Days == PlanSizes.LongDays), Is.EqualTo(2)); // of 191 days
            Assert.That(mines.Select(m => m.Class), Is.All.EqualTo(SampleClass.PureMining));
            Assert.That(mines.Select(m => m.Make().Start), Is.All.GreaterThanOrEqualTo(onset));
            Assert.That(Of(Label("m-1", mines: true) with { Onset = onset, Share = 0.5 }).Mines.Select(m => m.Class), Is.All.EqualTo(SampleClass.Mixture));
        });
    }

    [Test]
    public void A_label_that_no_inspection_gave_trains_nothing_and_the_latest_inspection_counts()
    {
        var loads = Of(
            Label("m-1", mines: true),
            Label("m-1", mines: false) with { Inspected = Inspected.AddDays(60), Provenance = "inspection:9" },
            Label("m-2", mines: true) with { Provenance = "a score of 0.97" });
        Assert.Multiple(() =>
        {
            Assert.That(loads.Honest.Select(l => l.Load.Meter.Value), Is.EqualTo(new[] { "m-1" }));
            Assert.That(loads.Mines, Is.Empty);
        });
    }

    [Test]
    public void Mines_are_samples_of_their_own_source_and_the_card_says_how_many_took_part()
    {
        var inspected = Of(Label("m-1", mines: true) with { Share = 0.95 });
        var mines = TrainingMaterial.Of(inspected, 2, null, CancellationToken.None).Single();
        var samples = ProfiledWindow.ToSamples(mines.Windows);
        var card = new ModelCard(ShippedModel.Value, [], inspected, false, new TrainingRunOptions { RecordingsFolder = "recordings" }).Write();
        Assert.Multiple(() =>
        {
            Assert.That(samples.Select(s => (s.Class, s.Source, s.Site)), Is.Not.Empty.And.All.EqualTo((SampleClass.PureMining, "inspected sites", "inspected sites/s-m-1")));
            Assert.That(card, Does.Contain("| inspected sites | meters where an inspection found none: 0, machines: 1").And.Contain("--recordings DIR --labels FILE --readings PATH"));
        });
    }

    [Test]
    public void Labels_without_readings_from_before_are_an_error_with_its_remedy() => Assert.Multiple(() =>
    {
        Assert.That(() => Of(Label("m-3", mines: true)), Throws.TypeOf<AnalysisException>().With.Message.Contains("--readings"));
        Assert.That(() => Of(Label("m-1", mines: true) with { Inspected = Loads.Monday.AddDays(-1) }), Throws.TypeOf<AnalysisException>());
    });

    [Test]
    public void Labels_of_hearsay_alone_are_a_fault_of_the_options() => Assert.That(
        new TrainingRunOptions { ModelsFolder = "no-such-models", Inspected = new([Label("m-1", mines: true) with { Provenance = "" }], [], SiteRegistry.Empty) }.Faults(),
        Has.Count.EqualTo(1).And.Some.Contains("provenance"));

    private static MeterLabel Label(string meter, bool mines) => new()
    {
        Site = "s-" + meter,
        Meter = MeterId.Of(meter),
        Mines = mines,
        Inspected = Inspected,
        Provenance = "inspection:7",
    };

    private InspectedLoads Of(params MeterLabel[] labels) =>
        InspectedLoads.Of(new InspectedSites(labels, ReadingsSource.Open(_folder.Path).Recordings(), SiteRegistry.Empty), PlanSizes.Full, CancellationToken.None);
}
