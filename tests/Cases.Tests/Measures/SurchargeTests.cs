// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Detector.Cases.Measures;
using Detector.Metering;

namespace Detector.Cases.Tests.Measures;

public sealed class SurchargeTests
{
    private static readonly DateTimeOffset Start = new(2026, 5, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly MeasuresOptions Simple = new()
    {
        Rules = [new MeasureRule { Kind = MeasureKind.DifferentialPrice, From = Start.AddYears(-1), YuanPerKilowattHour = 1 }],
        Tariffs = [new Tariff { From = Start.AddYears(-1) }],
    };

    [Test]
    public void There_are_examples_to_check() => Assert.That(WorkedExamples.Of("surcharge"), Has.Count.EqualTo(5));

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    [TestCase(4)]
    public async Task The_worked_example_comes_out_to_the_cent(int number)
    {
        var example = WorkedExamples.Of("surcharge")[number];
        var onset = new OnsetInterval(WorkedExamples.Time(example["onset"]!["earliest"]), WorkedExamples.Time(example["onset"]!["likely"]), WorkedExamples.Time(example["onset"]!["latest"]));
        var readings = WorkedExamples.Readings(example);
        var traced = new List<SurchargeTrace>();
        var statement = await new Surcharge(Law(example), null).ComputeAsync(
            [WorkedExamples.Installed], (_, range, _) => WorkedExamples.ReadAsync(readings, range), onset, example["share"].Deserialize<ShareInterval>(FindingJson.Options), WorkedExamples.Time(example["until"]), traced.Add, default);
        Assert.That(Text(statement.Yuan, "0.00"), Is.EqualTo(example["total"]!.GetValue<string>()));
        if (example["lines"] is JsonArray lines)
        {
            Assert.That(
                statement.Lines.Select(l => $"{l.Month} {l.Period} {l.YuanPerKilowattHour.ToString("0.0##", CultureInfo.InvariantCulture)}: {Text(l.KilowattHours, "0.######")} kWh, {Text(l.Yuan, "0.00")}"),
                Is.EqualTo(lines.Select(l => l!.GetValue<string>())));
        }

        Assert.That(statement.UncoveredHours, Is.EqualTo(example["uncovered_hours"]?.GetValue<decimal>() ?? 0));
        Assert.That(traced.Select(t => t.Reading).Distinct(), Is.SubsetOf(readings.Select(r => r.Time)), "every kWh has its reading");
        if (example["share"] is null)
        {
            Assert.That(traced.Sum(t => t.KilowattHours), Is.EqualTo(statement.Lines.Sum(l => l.KilowattHours.High)), "and no kWh is without one");
        }
    }

    [Test]
    public async Task Samples_stand_until_the_next_and_never_longer_than_the_settings_say()
    {
        Reading[] samples =
        [
            new(WorkedExamples.Meter, Start) { PowerKilowatts = 60 },
            new(WorkedExamples.Meter, Start.AddMinutes(10)) { PowerKilowatts = 120 },
            new(WorkedExamples.Meter, Start.AddMinutes(20)) { PowerKilowatts = double.NaN },
            new(WorkedExamples.Meter, Start.AddHours(5)) { PowerKilowatts = 60 },
        ];
        var statement = await ComputeAsync(samples, Start.AddHours(5.5));
        Assert.That(statement.Lines.Sum(l => l.KilowattHours.Likely), Is.EqualTo(10m + 120m + 30m));
        Assert.That(statement.UncoveredHours, Is.EqualTo(5.5m - (1m / 6) - 1.5m).Within(0.0001m));
    }

    [Test]
    public async Task Intervals_that_overlap_count_each_moment_once()
    {
        Reading[] overlapping =
        [
            new(WorkedExamples.Meter, Start) { Kind = ReadingKind.IntervalMean, Interval = TimeSpan.FromHours(1), PowerKilowatts = 100 },
            new(WorkedExamples.Meter, Start.AddMinutes(30)) { Kind = ReadingKind.IntervalMean, Interval = TimeSpan.FromHours(1), PowerKilowatts = 200 },
        ];
        Assert.That((await ComputeAsync(overlapping, Start.AddHours(3))).Lines.Sum(l => l.KilowattHours.Likely), Is.EqualTo(250m));
    }

    [Test]
    public async Task An_interval_that_began_before_the_onset_counts_from_the_onset()
    {
        Reading[] day = [new(WorkedExamples.Meter, Start.AddHours(-20)) { Kind = ReadingKind.IntervalEnergy, Interval = TimeSpan.FromDays(1), PowerKilowatts = 10 }];
        Assert.That((await ComputeAsync(day, Start.AddHours(10))).Lines.Sum(l => l.KilowattHours.Likely), Is.EqualTo(40m));
    }

    [Test]
    public async Task A_meter_counts_while_it_was_at_the_site_and_no_hour_is_counted_twice_or_missing()
    {
        var replaced = Start.AddHours(2);
        Reading Hour(string meter, int hour) => new(MeterId.Of(meter), Start.AddHours(hour)) { Kind = ReadingKind.IntervalMean, Interval = TimeSpan.FromHours(1), PowerKilowatts = meter == "old" ? 100 : 10 };
        Reading[] readings = [.. Enumerable.Range(0, 5).SelectMany(hour => new[] { Hour("old", hour), Hour("new", hour) })];
        MeterInstallation[] meters = [new(MeterId.Of("old"), TimeRange.All with { To = replaced }), new(MeterId.Of("new"), TimeRange.All with { From = replaced })];
        var statement = await new Surcharge(Simple, null).ComputeAsync(
            meters, (meter, range, _) => WorkedExamples.ReadAsync(readings.Where(r => r.Meter == meter), range), new OnsetInterval(Start, Start, Start), null, Start.AddHours(5), null, default);
        Assert.That((statement.Lines.Sum(l => l.KilowattHours.Likely), statement.UncoveredHours), Is.EqualTo((230m, 0m)));
        var hours = await SiteHours.OfAsync(
            (meter, range, _) => WorkedExamples.ReadAsync(readings.Where(r => r.Meter == meter), range), meters, new TimeRange(Start, Start.AddHours(5)), TimeSpan.FromHours(1), default);
        Assert.That(hours.OrderBy(h => h.Key).Select(h => h.Value), Is.EqualTo(new[] { 100m, 100m, 10m, 10m, 10m }));
    }

    [Test]
    public async Task Without_a_rate_in_force_nothing_is_charged_and_it_is_said()
    {
        Reading[] hour = [new(WorkedExamples.Meter, Start) { Kind = ReadingKind.IntervalMean, Interval = TimeSpan.FromHours(1), PowerKilowatts = 100 }];
        var statement = await new Surcharge(new MeasuresOptions(), null).ComputeAsync(
            [WorkedExamples.Installed], (_, range, _) => WorkedExamples.ReadAsync(hour, range), new OnsetInterval(Start, Start, Start), null, Start.AddHours(1), null, default);
        Assert.That((statement.Yuan.High, statement.FreeHours, statement.Lines.Count), Is.EqualTo((0m, 1m, 0)));
    }

    [Test]
    public void A_region_s_own_rule_wins_and_the_newest_of_equals()
    {
        var law = new MeasuresOptions
        {
            Rules =
            [
                new MeasureRule { Kind = MeasureKind.DifferentialPrice, From = Start, Basis = "general" },
                new MeasureRule { Kind = MeasureKind.DifferentialPrice, From = Start, Region = "Hainan", Basis = "old" },
                new MeasureRule { Kind = MeasureKind.DifferentialPrice, From = Start.AddDays(10), Region = "Hainan", Basis = "new" },
                new MeasureRule { Kind = MeasureKind.DifferentialPrice, From = Start.AddDays(5), Until = Start.AddDays(6), Region = "Hainan", Basis = "short" },
            ],
        };
        Assert.That(
            new[] { (-1.0, "Hainan"), (0.0, "Hainan"), (5.5, "hainan"), (6.0, "Hainan"), (10.0, "Hainan"), (10.0, "Zhejiang") }.Select(t => law.RuleOf(MeasureKind.DifferentialPrice, t.Item2, Start.AddDays(t.Item1))?.Basis),
            Is.EqualTo(new[] { null, "old", "short", "old", "new", "general" }));
        Assert.That(law.RuleOf(MeasureKind.ExitPlan, "Hainan", Start), Is.Null);
    }

    [TestCase("08:00-11:00,10:00-12:00")]
    [TestCase("08:10-11:00")]
    [TestCase("8-11")]
    [TestCase("08:00")]
    public void Hours_that_cannot_be_read_or_overlap_are_a_fault(string hours) =>
        Assert.That(new Tariff { Periods = new Dictionary<string, string> { ["peak"] = hours } }.Validate(new(new object())).Select(r => r.MemberNames.Single()), Is.EqualTo(new[] { "Periods" }));

    private static Task<SurchargeStatement> ComputeAsync(Reading[] readings, DateTimeOffset until) => new Surcharge(Simple, null)
        .ComputeAsync([WorkedExamples.Installed], (_, range, _) => WorkedExamples.ReadAsync(readings, range), new OnsetInterval(Start, Start, Start), null, until, null, default);

    private static string Text(AmountInterval amount, string format) =>
        string.Join('/', new[] { amount.Low, amount.Likely, amount.High }.Select(a => a.ToString(format, CultureInfo.InvariantCulture)));

    private static MeasuresOptions Law(JsonObject example) => new()
    {
        Tariffs =
        [
            new Tariff
            {
                From = DateTimeOffset.UnixEpoch,
                TimeZone = example["zone"]!.GetValue<string>(),
                Periods = example["periods"]!.AsObject().ToDictionary(p => p.Key, p => p.Value!.GetValue<string>()),
            },
        ],
        Rules =
        [
            .. example["rates"]!.AsArray().Select(r => new MeasureRule
            {
                Kind = MeasureKind.DifferentialPrice,
                From = WorkedExamples.Time(r!["from"]),
                Until = r["until"] is null ? null : WorkedExamples.Time(r["until"]),
                YuanPerKilowattHour = r["rate"]!.GetValue<decimal>(),
                PeriodYuanPerKilowattHour = r["night"] is { } night ? new Dictionary<string, decimal> { ["night"] = night.GetValue<decimal>() } : [],
                OnMiningShareOnly = r["share_only"]?.GetValue<bool>() ?? false,
            }),
        ],
    };
}
