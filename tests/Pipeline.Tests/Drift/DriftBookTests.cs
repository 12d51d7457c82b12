// SPDX-License-Identifier: Apache-2.0
using Detector.Detection;
using Detector.Metering;
using Detector.Pipeline.Drift;
using Detector.Profiles;
using Detector.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Detector.Pipeline.Tests.Drift;

/// <summary>The fleet beside the training data, week by week.</summary>
internal sealed class DriftBookTests
{
    private static readonly DateTimeOffset Monday = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);
    private static readonly ProfileBuilder Profiles = new(FeatureCatalog.Default());
    private static readonly DetectorModel Model = Shipped();

    private TemporaryFolder _folder = null!;

    private string FilePath => _folder.In(DriftBook.FileName);

    [SetUp]
    public void MakeFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [Test]
    public void Shares_are_of_the_meters_whose_feature_is_known()
    {
        var book = Open();
        LoadProfile[] profiles = [.. Enumerable.Range(0, 30).Select(i => Profile(i, Monday.AddDays(2)))];
        foreach (var profile in profiles)
        {
            book.Count(profile, judgedBefore: null);
        }

        var report = book.Report();
        Assert.That((report.Week, report.Meters, report.Features.Count), Is.EqualTo((new DateOnly(2026, 3, 2), 30, Model.Honest.Count)));
        foreach (var feature in report.Features)
        {
            var at = FeatureCatalog.Default().IndexOf(feature.Feature);
            float[] known = [.. profiles.Select(p => p.Values[at]).Where(v => !float.IsNaN(v))];
            Assert.That(feature.Unknown, Is.EqualTo(1 - (known.Length / 30.0)).Within(1e-9), feature.Feature);
            Assert.That(feature.Below, Is.EqualTo(known.Length == 0 ? null : known.Count(v => v < feature.Low) / (double)known.Length), feature.Feature);
            Assert.That(feature.Above, Is.EqualTo(known.Length == 0 ? null : known.Count(v => v > feature.High) / (double)known.Length), feature.Feature);
        }

        // Loads that are all alike lie inside of every reference or wholly outside of it.
        var (departing, others) = (report.Features.Where(f => f.Departs).Select(f => f.Below + f.Above).ToList(), report.Features.Where(f => !f.Departs).Select(f => f.Below + f.Above).ToList());
        Assert.That((departing.Count > 0, others.Count > 0), Is.EqualTo((true, true)));
        Assert.That(departing.Min(), Is.GreaterThan(0.2));
        Assert.That(others.Max(), Is.LessThan(0.4));
    }

    [Test]
    public void A_meter_counts_once_a_week_and_few_meters_say_nothing()
    {
        var book = Open();
        for (var i = 0; i < DriftReport.LeastMeters - 1; i++)
        {
            book.Count(Profile(i, Monday.AddDays(2)), Monday.AddDays(-1));
            book.Count(Profile(i, Monday.AddDays(3)), Monday.AddDays(2));
        }

        Assert.That(book.Report().Meters, Is.EqualTo(DriftReport.LeastMeters - 1));
        Assert.That(book.Report().Features.Any(f => f.Departs), Is.False);
        book.Count(Profile(19, Monday.AddDays(7)), judgedBefore: null); // ends with the Sunday
        Assert.That((book.Report().Meters, book.Report().Features.Any(f => f.Departs)), Is.EqualTo((DriftReport.LeastMeters, true)));
        book.Count(Profile(0, Monday.AddDays(8)), Monday.AddDays(7));
        Assert.That(book.Report().Week, Is.EqualTo(new DateOnly(2026, 3, 2)), "the new week has too few");
    }

    [Test]
    public void What_was_saved_is_there_again_and_another_model_keeps_its_own()
    {
        var book = Open();
        book.Count(Profile(0, Monday.AddDays(1)), judgedBefore: null);
        book.Save();
        book.Count(Profile(0, Monday.AddDays(8)), Monday.AddDays(1));
        book.Save();
        var again = Open();
        Assert.That(again.Report().Features.Select(f => (f.Feature, f.Below, f.Above, f.Unknown, f.Weeks.Count)), Is.EqualTo(book.Report().Features.Select(f => (f.Feature, f.Below, f.Above, f.Unknown, 2))));

        File.WriteAllText(FilePath, File.ReadAllText(FilePath).Replace($"\"{Model.Id}\"", "\"other/1\"", StringComparison.Ordinal));
        var fresh = Open();
        Assert.That(fresh.Report().Week, Is.Null);
        fresh.Count(Profile(0, Monday.AddDays(1)), judgedBefore: null);
        fresh.Save();
        Assert.That(File.ReadAllText(FilePath), Does.Contain("\"other/1\"").And.Contain($"\"{Model.Id}\""));
    }

    [Test]
    public void Weeks_are_bounded()
    {
        var book = Open();
        for (var week = 0; week < DriftBook.MostWeeks + 5; week++)
        {
            book.Count(Profile(0, Monday.AddDays((7 * week) + 1)), Monday.AddDays((7 * week) - 6));
        }

        book.Save();
        Assert.That(File.ReadAllText(FilePath).Split("\"monday\"").Length - 1, Is.EqualTo(DriftBook.MostWeeks));
        Assert.That(book.Report().Features[0].Weeks, Has.Count.EqualTo(13));
    }

    [TestCase("{")]
    [TestCase("{\"version\":9,\"models\":{}}")]
    public void A_file_that_cannot_be_read_is_put_aside(string text)
    {
        File.WriteAllText(FilePath, text);
        Assert.That(Open().Report().Week, Is.Null);
        Assert.That((File.Exists(FilePath), File.ReadAllText(FilePath + ".unreadable")), Is.EqualTo((false, text)));
    }

    private DriftBook Open() => DriftBook.Open(FilePath, Model, NullLogger.Instance);

    // A fortnight of a load with a rhythm of its own, some noise, and a floor.
    private static LoadProfile Profile(int number, DateTimeOffset end)
    {
        var meter = MeterId.Of($"m-{number}");
        const int Hours = 14 * 24;
        var values = Enumerable.Range(0, Hours).Select(h => (float)(500 + (2 * Math.Sin(2 * Math.PI * (h + number) / 24)) + ((h + number) * 7919L % 13 / 10.0))).ToArray();
        var series = new LoadSeries(meter, end.AddHours(-Hours), TimeSpan.FromHours(1), values, new QualityFlags[Hours]);
        return Profiles.Build(series, MeterRegistration.Unregistered(meter));
    }

    private static DetectorModel Shipped()
    {
        var models = Path.Combine(Requires.Repository(), "models");
        return DetectorModel.Load(Path.Combine(models, File.ReadAllText(Path.Combine(models, "current")).Trim()));
    }
}
