// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;
using Detector.Web.Views;

namespace Detector.Web.Tests.Views;

/// <summary>Two loads side by side.</summary>
[TestFixture]
internal sealed class SiteComparisonTests
{
    private static readonly TimeRange Window = new(Sample.Start, Sample.Start.AddDays(28));

    [Test]
    public async Task Figures_of_a_load_that_rests_at_night_and_at_the_weekend()
    {
        var figures = LoadFigures.Of(await PatternsAsync(t => t.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday || t.Hour < 6 ? 50 : 100));
        Assert.That(figures.Hours, Is.EqualTo(28 * 24));
        Assert.That((figures.Base, figures.Peak, figures.Weekend, figures.Night), Is.EqualTo((50.0, 100.0, 50 / 87.5, 50 / ((5 * 100.0 + 2 * 50) / 7))).Using<(double?, double?, double?, double?)>(
            (x, y) => Math.Abs(x.Item1!.Value - y.Item1!.Value) + Math.Abs(x.Item2!.Value - y.Item2!.Value) + Math.Abs(x.Item3!.Value - y.Item3!.Value) + Math.Abs(x.Item4!.Value - y.Item4!.Value) < 1e-9));
        Assert.That(figures.Factor, Is.EqualTo(figures.Mean / 100).Within(1e-9));
        Assert.That(LoadFigures.Of(LoadPatterns.Empty(TimeZoneInfo.Utc)), Is.EqualTo(new LoadFigures(null, null, null, null, null, null, 0)));
    }

    [Test]
    public async Task Correlation_is_one_for_the_same_shape_minus_one_for_its_mirror_and_unknown_for_a_load_that_never_moves()
    {
        var shape = await PatternsAsync(t => 100 + t.Hour);
        Assert.That(SiteComparison.Correlation(shape, await PatternsAsync(t => 10 + (3 * t.Hour))), Is.EqualTo(((double?)1, 672)).Using<(double?, int)>((x, y) => Math.Abs(x.Item1!.Value - y.Item1!.Value) < 1e-9 && x.Item2 == y.Item2));
        Assert.That(SiteComparison.Correlation(shape, await PatternsAsync(t => 200 - t.Hour)).Correlation, Is.EqualTo(-1).Within(1e-9));
        Assert.That(SiteComparison.Correlation(shape, await PatternsAsync(_ => 5)).Correlation, Is.Null);
        Assert.That(SiteComparison.Correlation(shape, shape with { Timezone = "Asia/Shanghai" }).Correlation, Is.Null);
    }

    [Test]
    public void Groups_stand_side_by_side_with_the_heaviest_first_and_one_scale_where_both_name_the_same_figure()
    {
        var a = Sample.Finding("m-1", "s-1", Verdict.Case) with { Reasons = [Reason("flatness", 2, "cv", 0.1), Reason("calendar", 1, "weekend", 0.9), Reason("neighbours", 5, null, 0)] };
        var b = Sample.Finding("m-2", "s-2", Verdict.Clear) with { Reasons = [Reason("flatness", 0.5, "cv", 0.7), Reason("calendar", 1.5, "holiday", 0.2), Reason("base", 3, "base", 1)] };
        var pairs = SiteComparison.Groups(a, b);
        Assert.That(pairs.Select(p => p.Group), Is.EqualTo(new[] { "base", "flatness", "calendar" }));
        Assert.That(pairs[1].Scale, Is.EqualTo((0.1, 0.8)));
        Assert.That((pairs[0].Scale, pairs[2].Scale, pairs[0].A), Is.EqualTo(((ValueTuple<double, double>?)null, (ValueTuple<double, double>?)null, (Reason?)null)));
        Assert.That(SiteComparison.Groups(null, null), Is.Empty);
    }

    [TestCase("Falls and returns together with m-2 and m-31.", 1)]
    [TestCase("Falls and returns together with m-2.", 1)]
    [TestCase("Falls and returns together with m-21.", 0)]
    [TestCase("Falls and returns together with m-2.1.", 0)]
    [TestCase("Falls and returns together with am-2.", 0)]
    public void What_moves_together_is_what_names_the_other_meter(string text, int expected)
    {
        var a = Sample.Finding("m-1", "s-1", Verdict.Watch) with { Reasons = [new Reason("neighbours", true, 1, text, text)] };
        Assert.That(SiteComparison.Together(a, Sample.Finding("m-2", "s-2", Verdict.Watch)), Has.Count.EqualTo(expected));
        Assert.That(SiteComparison.Together(a, null), Is.Empty);
    }

    private static Reason Reason(string group, double weight, string? feature, double value) =>
        new(group, true, weight, "Text.", "文字。") { Number = feature is null ? null : new ReasonNumber(feature, value, 0.3, 0.8, "honest") };

    private static async Task<LoadPatterns> PatternsAsync(Func<DateTimeOffset, double> load)
    {
        async IAsyncEnumerable<Reading> Readings()
        {
            for (var at = Window.From; at < Window.To; at = at.AddHours(1))
            {
                yield return new Reading(MeterId.Of("m"), at) { Kind = ReadingKind.IntervalMean, Interval = TimeSpan.FromHours(1), PowerKilowatts = load(at) };
            }

            await Task.CompletedTask;
        }

        return await LoadPatterns.OfAsync(Readings(), Window, TimeZoneInfo.Utc, CancellationToken.None);
    }
}
