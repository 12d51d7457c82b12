// SPDX-License-Identifier: Apache-2.0
using System.Text.Json;
using Detector.Metering;
using Detector.Testing;
using Detector.Web.Views;

namespace Detector.Web.Tests.Views;

/// <summary>Bands of honest days and weeks beside a load.</summary>
[TestFixture]
internal sealed class WeekReferencesTests
{
    private static readonly DateTimeOffset Monday = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);

    [Test]
    public async Task A_band_is_scaled_to_the_mean_of_the_load_and_counts_the_hours_inside()
    {
        using var folder = new TemporaryFolder();
        var references = Shelf(folder, Weeks("commercial", 0.5, 1.5));
        var patterns = await OfAsync(hour => hour % 24 == 12 ? 40 : 10);
        var reference = references.Of(DeclaredUse.Commercial, patterns)!;
        Assert.That(patterns.MeanKilowatts, Is.EqualTo(11.25));
        Assert.That((reference.Week[3].Low, reference.Week[3].Median, reference.Week[3].High), Is.EqualTo((5.625, 11.25, 16.875)));
        Assert.That((reference.HoursInside, reference.HoursSeen), Is.EqualTo((168 - 7, 168)), "noon is above it each day");
        Assert.That((reference.Sites, reference.RecordedSites, reference.Sources.Single().Licence), Is.EqualTo((25, 21, "CC0")));
        Assert.That((patterns.WorkingDay[12].Median, patterns.Weekend[11].Median, reference.Weekend.Length), Is.EqualTo((40.0, 10.0, 24)));
    }

    [Test]
    public async Task Where_there_is_no_band_or_no_load_there_is_none()
    {
        using var folder = new TemporaryFolder();
        var references = Shelf(folder, Weeks("commercial", 0.5, 1.5));
        var patterns = await OfAsync(_ => 10);
        Assert.That(references.Of(DeclaredUse.Unknown, patterns), Is.Null);
        Assert.That(references.Of(DeclaredUse.Telecom, patterns), Is.Null);
        Assert.That(references.Of(DeclaredUse.Commercial, LoadPatterns.Empty(TimeZoneInfo.Utc)), Is.Null);
        Assert.That(references.Of(DeclaredUse.Commercial, await OfAsync(_ => 0)), Is.Null, "a load of nothing has no mean to scale by");
        Assert.That(new WeekReferences(new ModelShelf(new WebOptions())).Of(DeclaredUse.Commercial, patterns), Is.Null);
    }

    [TestCase("{")]
    [TestCase("""{"format":"detector-weeks/9","content":{"uses":[]}}""")]
    [TestCase("""{"format":"detector-weeks/1","content":{"uses":[{"use":"commercial","sites":25,"recorded_sites":21,"sources":[],"week":{"low":[1],"median":[1],"high":[1]}}]}}""")]
    public async Task A_file_that_cannot_be_read_gives_no_band_until_it_is_whole_again(string damaged)
    {
        using var folder = new TemporaryFolder();
        var references = Shelf(folder, damaged);
        var patterns = await OfAsync(_ => 10);
        Assert.That(references.Of(DeclaredUse.Commercial, patterns), Is.Null);
        var file = folder.In("hashrate", "1", "weeks.json");
        await File.WriteAllTextAsync(file, Weeks("commercial", 0.5, 1.5));
        File.SetLastWriteTimeUtc(file, new DateTime(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        Assert.That(references.Of(DeclaredUse.Commercial, patterns), Is.Not.Null);
    }

    [Test]
    public async Task The_shipped_bands_stand_on_enough_sites_and_say_where_they_come_from()
    {
        var references = new WeekReferences(new ModelShelf(new WebOptions { ModelsFolder = Path.Combine(Requires.Repository(), "models") }));
        var patterns = await OfAsync(_ => 10);
        foreach (var use in Enum.GetValues<DeclaredUse>().Where(u => u is not (DeclaredUse.Unknown or DeclaredUse.MiningDeclared)))
        {
            var reference = references.Of(use, patterns)!;
            Assert.That(reference.Sites, Is.GreaterThanOrEqualTo(20), use.Name());
            Assert.That(reference.Sources.Sum(s => s.Sites), Is.EqualTo(reference.Sites), use.Name());
            Assert.That(reference.Sources, Has.All.Matches<WeekSource>(s => s is { Title.Length: > 0, Licence.Length: > 0, Credit.Length: > 0 }));
            Assert.That(reference.Week, Has.All.Matches<WeekHour>(h => h!.Low <= h.Median && h.Median <= h.High && h.Low >= 0), use.Name());
        }

        Assert.That(references.Of(DeclaredUse.Commercial, patterns)!.RecordedSites, Is.GreaterThan(100));
    }

    private static Task<LoadPatterns> OfAsync(Func<int, double> kilowatts)
    {
        var readings = Enumerable.Range(0, 14 * 24).Select(h => new Reading(MeterId.Of("m"), Monday.AddHours(h)) { PowerKilowatts = kilowatts(h) });
        return LoadPatterns.OfAsync(readings.ToAsyncEnumerable(), new TimeRange(Monday, Monday.AddDays(14)), TimeZoneInfo.Utc, CancellationToken.None);
    }

    private static WeekReferences Shelf(TemporaryFolder folder, string weeks)
    {
        var version = Directory.CreateDirectory(folder.In("hashrate", "1")).FullName;
        File.WriteAllText(folder.In("current"), "hashrate/1\n");
        File.WriteAllText(Path.Combine(version, "model.json"), "{}");
        File.WriteAllText(Path.Combine(version, "weeks.json"), weeks);
        return new WeekReferences(new ModelShelf(new WebOptions { ModelsFolder = folder.Path }));
    }

    private static string Weeks(string use, double low, double high)
    {
        object Band(int hours) => new { low = Enumerable.Repeat(low, hours), median = Enumerable.Repeat(1.0, hours), high = Enumerable.Repeat(high, hours) };
        return JsonSerializer.Serialize(new
        {
            format = "detector-weeks/1",
            content = new { uses = new[] { new { use, sites = 25, recorded_sites = 21, sources = new[] { new { title = "a test", licence = "CC0", credit = "nobody", sites = 25 } }, week = Band(168), working_day = Band(24), weekend = Band(24) } } },
        });
    }
}
