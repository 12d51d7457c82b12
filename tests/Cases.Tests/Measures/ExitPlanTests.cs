// SPDX-License-Identifier: Apache-2.0
using System.Text.Json;
using Detector.Cases.Measures;
using Detector.Metering;

namespace Detector.Cases.Tests.Measures;

public sealed class ExitPlanTests
{
    [Test]
    public async Task Every_worked_example_is_judged_as_the_docs_say()
    {
        var examples = WorkedExamples.Of("exit");
        Assert.That(examples, Has.Count.EqualTo(6));
        foreach (var example in examples)
        {
            var readings = WorkedExamples.Readings(example);
            var now = WorkedExamples.Time(example["now"]);
            var plan = example["plan"].Deserialize<ExitPlan>(FindingJson.Options)!;
            Assert.That(plan.IsUsable, Is.True);
            var hours = await SiteHours.OfAsync((_, range, _) => WorkedExamples.ReadAsync(readings, range), [WorkedExamples.Installed], new TimeRange(now.AddDays(-200), now), TimeSpan.FromHours(1), default);
            Assert.That(ExitCheck.Judge(plan, hours, now), Is.EqualTo(example["report"].Deserialize<ExitReport>(FindingJson.Options)), example.ToJsonString());
        }
    }

    [Test]
    public void Silence_is_not_compliance()
    {
        var start = new DateTimeOffset(2026, 7, 1, 0, 0, 0, TimeSpan.Zero);
        var plan = new ExitPlan([new ExitCeiling(start, 10)], 0);
        var hours = Enumerable.Range(0, 24 * 20).Concat(Enumerable.Range(24 * 27, 48)).ToDictionary(h => start.AddHours(h), _ => 5m);
        Assert.That(ExitCheck.Judge(plan, hours, start.AddDays(29)).Status, Is.EqualTo(ExitStatus.OnTrack));
    }

    [Test]
    public async Task An_hour_known_at_one_of_two_meters_says_nothing()
    {
        var start = new DateTimeOffset(2026, 7, 1, 0, 0, 0, TimeSpan.Zero);
        Reading Hour(string meter, int hour) => new(MeterId.Of(meter), start.AddHours(hour)) { Kind = ReadingKind.IntervalMean, Interval = TimeSpan.FromHours(1), PowerKilowatts = 10 };
        Reading[] readings = [Hour("a", 0), Hour("a", 1), Hour("b", 1)];
        var hours = await SiteHours.OfAsync(
            (meter, range, _) => WorkedExamples.ReadAsync(readings.Where(r => r.Meter == meter), range), [new(MeterId.Of("a"), TimeRange.All), new(MeterId.Of("b"), TimeRange.All)], new TimeRange(start, start.AddHours(2)), TimeSpan.FromHours(1), default);
        Assert.That(hours, Is.EqualTo(new Dictionary<DateTimeOffset, decimal> { [start.AddHours(1)] = 20m }));
    }

    [TestCase("2021-09-20", "2021-09-21", "2021-09-23", ProjectCategory.Stock)]
    [TestCase("2021-09-24", "2021-09-25", "2021-09-26", ProjectCategory.Incremental)]
    [TestCase("2021-09-20", "2021-09-23", "2021-09-24", ProjectCategory.Undecided)]
    [TestCase("2021-09-23", "2021-09-25", "2021-09-26", ProjectCategory.Undecided)]
    public void A_project_is_stock_or_incremental_only_where_its_whole_interval_is(string earliest, string likely, string latest, ProjectCategory category)
    {
        var onset = new OnsetInterval(Day(earliest), Day(likely), Day(latest));
        Assert.That(ProjectCategories.Of(onset, Day("2021-09-24")), Is.EqualTo(category));
        Assert.That(ProjectCategories.Of(null, Day("2021-09-24")), Is.EqualTo(ProjectCategory.Undecided));
        Assert.That(ProjectCategories.Of(onset, null), Is.EqualTo(ProjectCategory.Undecided));
    }

    private static DateTimeOffset Day(string text) => DateTimeOffset.Parse(text + "T00:00:00Z", System.Globalization.CultureInfo.InvariantCulture);
}
