// SPDX-License-Identifier: Apache-2.0
using Detector.Analysis.Corpora;
using Detector.Analysis.References;
using Detector.Analysis.Training;
using Detector.Detection.References;
using Detector.Metering;
using Detector.Testing;

namespace Detector.Analysis.Tests.Training;

/// <summary>The bands of honest days and weeks.</summary>
public sealed class WeekTests
{
    private static readonly RecordingSet Set = new("honest/test", "here", "buildings of a test", "CC0", "nobody", Hourly: true);

    [Test]
    public void A_shape_is_the_median_of_each_local_hour_over_the_mean()
    {
        // 100 kW from 8 to 18 in Shanghai on working days, 20 kW else; the third week stands still.
        var load = Loads.Hours("m", 4 * 168, i => i / 168 == 2 ? 0 : (i + 8) % 24 is >= 8 and < 18 && (i + 8) / 24 % 7 < 5 ? 100 : 20);
        var shape = WeekShape.Of(load, "Asia/Shanghai")!;
        var mean = load.PowerKilowatts.Average();
        Assert.Multiple(() =>
        {
            Assert.That(shape.Week[8], Is.EqualTo(100 / mean).Within(1e-6), "Monday 08:00 in Shanghai");
            Assert.That(shape.Week[7], Is.EqualTo(20 / mean).Within(1e-6));
            Assert.That(shape.Week[(5 * 24) + 10], Is.EqualTo(20 / mean).Within(1e-6), "Saturday");
            Assert.That(shape.WorkingDay[17], Is.EqualTo(100 / mean).Within(1e-6));
            Assert.That(shape.Weekend, Is.All.EqualTo(20 / mean).Within(1e-6));
            Assert.That(WeekShape.Of(Loads.Hours("m", 168, _ => 0), "UTC"), Is.Null, "a load of nothing has no shape");
            Assert.That(WeekShape.Of(Loads.Hours("m", 167, _ => 5), "UTC"), Is.Null, "an hour was never seen");
        });
    }

    [Test]
    public void Bands_are_of_recorded_sites_where_there_are_enough_and_say_how_many()
    {
        using var folder = new TemporaryFolder();
        RecordedLoad[] offices = [.. Enumerable.Range(0, 25).Select(i => Office(i, DeclaredUse.Commercial)), Office(0, DeclaredUse.Commercial), Office(30, DeclaredUse.Hpc), Office(40, DeclaredUse.Unknown)];
        var options = new TrainingRunOptions { ModelsFolder = folder.Path };
        var book = WeekRun.Save(new HonestCorpus(offices, [Set]), PlanSizes.Full with { ReferenceSitesPerUse = 30 }, options, null, CancellationToken.None);
        var (commercial, hpc) = (book.Uses.Single(u => u.Use == DeclaredUse.Commercial), book.Uses.Single(u => u.Use == DeclaredUse.Hpc));
        Assert.Multiple(() =>
        {
            Assert.That((commercial.Sites, commercial.RecordedSites), Is.EqualTo((25, 25)), "a copy of a site is that site");
            Assert.That(commercial.Sources.Single(), Is.EqualTo(new WeekSource("buildings of a test", "CC0", "nobody", 25)));
            Assert.That((hpc.Sites, hpc.RecordedSites), Is.EqualTo((31, 1)));
            Assert.That(hpc.Sources.Select(s => s.Sites), Is.EqualTo(new[] { 1, 30 }));
            Assert.That(commercial.Week.Median[10], Is.GreaterThan(1.3).And.LessThan(commercial.Week.High[10] + 0.001));
            Assert.That(commercial.Week.Median[2], Is.LessThan(0.9));
            Assert.That(commercial.Week.Low[34], Is.LessThanOrEqualTo(commercial.Week.Median[34]));
            Assert.That((commercial.Week.Low.Count, commercial.WorkingDay.High.Count, commercial.Weekend.Median.Count), Is.EqualTo((168, 24, 24)));
            Assert.That(book.Uses.Select(u => u.Use), Does.Not.Contain(DeclaredUse.Unknown).And.Not.Contain(DeclaredUse.MiningDeclared));
            Assert.That(WeekBook.TryLoad(options.VersionFolder)!.Uses[0].Week.High, Is.EqualTo(book.Uses[0].Week.High));
        });
        var bytes = File.ReadAllBytes(Path.Combine(options.VersionFolder, WeekBook.FileName));
        WeekRun.Save(new HonestCorpus(offices, [Set]), PlanSizes.Full with { ReferenceSitesPerUse = 30 }, options, null, CancellationToken.None);
        Assert.That(File.ReadAllBytes(Path.Combine(options.VersionFolder, WeekBook.FileName)), Is.EqualTo(bytes), "the same loads give the same bytes");
    }

    [Test]
    public void With_too_few_sites_there_is_no_band()
    {
        using var folder = new TemporaryFolder();
        var book = WeekRun.Save(HonestCorpus.Empty, PlanSizes.Full with { ReferenceSitesPerUse = 12 }, new TrainingRunOptions { ModelsFolder = folder.Path }, null, CancellationToken.None);
        Assert.That(book.Uses, Is.Empty);
        Assert.That(WeekBook.TryLoad(folder.Path), Is.Null, "a folder without the file has no bands");
    }

    private static RecordedLoad Office(int number, DeclaredUse use)
    {
        var load = Loads.Building($"b-{number}-{use}", number, 100);
        return load with { Registration = load.Registration with { DeclaredUse = use }, Site = $"honest/test/b-{number}-{use}" };
    }
}
