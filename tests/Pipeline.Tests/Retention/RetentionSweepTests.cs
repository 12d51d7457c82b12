// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;
using Detector.Pipeline.Retention;
using Detector.Timeline;
using Microsoft.Extensions.Time.Testing;

namespace Detector.Pipeline.Tests.Retention;

/// <summary>A sweep over real parts: what goes, what stays, and that nothing of it is lost from the account.</summary>
internal sealed class RetentionSweepTests
{
    private static readonly DateTimeOffset Start = RetentionBench.Start;
    private static readonly RetentionOptions Policy = new() { RawDays = 20 };

    [Test]
    public async Task Readings_expire_into_hours_and_days_and_the_account_still_adds_up()
    {
        await using var bench = await RetentionBench.OpenAsync();
        await bench.ArriveAsync("m-1", Quarters(0, 40));
        var sweep = bench.SweepBy(Policy);
        var rehearsed = await sweep.RehearseAsync(await sweep.PlanAsync(CancellationToken.None), CancellationToken.None);
        var before = await bench.AccountedAsync();
        var report = await bench.SweepAsync(Policy);
        var again = await bench.SweepAsync(Policy);
        var account = bench.Relay.Parts.Relay.Snapshot();

        // The last reading is of day 39 at 23:45, so what is from before day 19 is older than twenty days, and hours are made to day 26.
        Assert.That(report, Is.EqualTo(new SweepReport { Meters = 1, Readings = 19 * 96, HoursMade = 26 * 24, Holds = report.Holds }));
        Assert.That((rehearsed.Readings, before), Is.EqualTo((19L * 96, 40L * 96)));
        Assert.That(again, Is.EqualTo(new SweepReport { Holds = again.Holds }));
        Assert.That(await bench.AccountedAsync(), Is.EqualTo(account.Stored));
        Assert.That((account.Stored, account.Balances), Is.EqualTo((40L * 96, true)));
        Assert.That((await bench.ReadingsAsync("m-1"))!.UnixMicroseconds[0], Is.EqualTo(Instants.ToUnixMicroseconds(Start.AddDays(19))));
    }

    [Test]
    public async Task Hours_and_days_hold_the_energy_of_their_readings()
    {
        await using var bench = await RetentionBench.OpenAsync();
        await bench.ArriveAsync("m-1", Quarters(0, 40).Where(q => q.Time.Hour != 5 && q.Time != Start.AddHours(3)));
        await bench.SweepAsync(Policy);
        var hours = await bench.AggregatesAsync("m-1");
        var days = await bench.AggregatesAsync("m-1", AggregateLength.Day);
        var energy = Quarters(0, 26).Where(q => q.Time.Hour != 5 && q.Time != Start.AddHours(3)).Sum(q => q.Kilowatts / 4);

        Assert.That(hours, Has.Count.EqualTo(26 * 23)); // an hour without readings has no row
        Assert.That(hours.Sum(h => h.EnergyKilowattHours), Is.EqualTo(energy).Within(1e-4)); // single precision of the slots
        Assert.That(days.Sum(d => d.EnergyKilowattHours), Is.EqualTo(energy).Within(1e-4));
        Assert.That(days[0], Has.Property("Readings").EqualTo(91).And.Property("Covered").EqualTo(TimeSpan.FromMinutes(15 * 91)));
        Assert.That(hours[3], Has.Property("Readings").EqualTo(3).And.Property("Covered").EqualTo(TimeSpan.FromMinutes(45)));
        var first = Quarters(0, 1).Take(4).Select(q => q.Kilowatts).ToList();
        Assert.That(hours[0].LowestKilowatts, Is.EqualTo(first.Min()).Within(1e-5));
        Assert.That(hours[0].HighestKilowatts, Is.EqualTo(first.Max()).Within(1e-5));
    }

    [Test]
    public async Task What_comes_again_or_late_from_an_expired_time_is_kept_in_quarantine_and_changes_nothing()
    {
        await using var bench = await RetentionBench.OpenAsync();
        await bench.ArriveAsync("m-1", Quarters(0, 40));
        await bench.SweepAsync(Policy);
        await bench.Relay.RestartAsync();
        var hours = await bench.AggregatesAsync("m-1");
        await bench.ArriveAsync("m-1", [(Start.AddDays(2), 5), (Start.AddDays(2).AddMinutes(1), 7), (Start.AddDays(30), 5), (Start.AddDays(40), 5)]);
        var account = bench.Relay.Parts.Relay.Snapshot();
        var held = bench.Relay.Parts.Quarantine.List(0, 10);

        Assert.That(held.Select(h => (h.Rule, h.Reading.Time)), Is.EqualTo(new[] { ("expired", Start.AddDays(2)), ("expired", Start.AddDays(2).AddMinutes(1)), ("conflict", Start.AddDays(30)) }));
        Assert.That((account.Balances, account.Quarantined), Is.EqualTo((true, 3L)));
        Assert.That(await bench.AccountedAsync(), Is.EqualTo(account.Stored));
        Assert.That(await bench.AggregatesAsync("m-1"), Is.EqualTo(hours));
    }

    [Test]
    public async Task A_meter_whose_batch_is_not_settled_waits_for_the_next_sweep()
    {
        await using var bench = await RetentionBench.OpenAsync();
        await bench.ArriveAsync("m-1", Quarters(0, 40));
        await bench.ArriveAsync("m-2", Quarters(0, 40));

        // As after a crash between the store and the book: written at the next position of the journal, and not settled.
        var late = Start.AddDays(3).AddMinutes(1);
        var next = bench.Relay.Journal.DurableSequence + 1;
        await bench.Timeline.WriteAsync(new[] { new ArrivedReading(new Reading(MeterId.Of("m-1"), late) { PowerKilowatts = 4 }, next, 0) }, CancellationToken.None);
        var report = await bench.SweepAsync(Policy);
        await bench.ArriveAsync("m-1", [(late, 4)]);
        var after = await bench.SweepAsync(Policy);
        var account = bench.Relay.Parts.Relay.Snapshot();

        Assert.That((report.Meters, report.PutOff), Is.EqualTo((1, 1)));
        Assert.That((after.Meters, after.Readings, after.PutOff), Is.EqualTo((1, (19L * 96) + 1, 0)));
        Assert.That(await bench.AccountedAsync(), Is.EqualTo(account.Stored));
    }

    [Test]
    public async Task While_a_replay_is_asked_for_nothing_expires()
    {
        await using var bench = await RetentionBench.OpenAsync();
        await bench.ArriveAsync("m-1", Quarters(0, 40));
        await bench.Relay.ArriveAsync("meters/m-1", "{");
        await bench.Relay.DrainAsync();
        using var book = Book.Open(bench.Relay.Folder, Path.Combine(bench.Relay.Folder, "journal"))!;
        book.RequestReplay(null);
        var report = await bench.SweepAsync(Policy);
        await bench.Relay.Parts.DeadLetters.ReplayAsync(null, CancellationToken.None);
        var after = await bench.SweepAsync(Policy);

        Assert.That((report.BrokenOff, report.Readings), Is.EqualTo((true, 0L)));
        Assert.That((after.BrokenOff, after.Readings), Is.EqualTo((false, 19L * 96)));
    }

    [Test]
    public async Task A_held_meter_keeps_everything_whatever_its_age_and_the_hold_is_listed()
    {
        await using var bench = await RetentionBench.OpenAsync();
        await bench.ArriveAsync("m-1", Quarters(0, 40));
        await bench.ArriveAsync("m-2", Quarters(0, 40));
        bench.Held.Add(MeterId.Of("m-2"));
        var policy = new RetentionOptions { RawDays = 20, HourlyDays = 25, DailyDays = 30, BurstDays = 10 };
        var report = await bench.SweepAsync(policy);
        var kept = await bench.ReadingsAsync("m-2");
        bench.Held.Clear();
        var released = await bench.SweepAsync(policy);

        Assert.That(report.Holds, Is.EqualTo(new[] { new RetentionHold(MeterId.Of("m-2"), "case-1", "m-2") }));
        Assert.That((report.Meters, kept!.Count), Is.EqualTo((1, 40 * 96)));
        Assert.That((released.Meters, released.Readings), Is.EqualTo((1, 19L * 96)));
    }

    [Test]
    public async Task Hours_and_days_go_by_their_own_age()
    {
        await using var bench = await RetentionBench.OpenAsync();
        await bench.ArriveAsync("m-1", Quarters(0, 40));
        var report = await bench.SweepAsync(new RetentionOptions { RawDays = 20, HourlyDays = 25, DailyDays = 30 });
        Assert.That((report.HoursDropped, report.DaysDropped), Is.EqualTo((14L * 24, 9L)));
        Assert.That((await bench.AggregatesAsync("m-1"))[0].Start, Is.EqualTo(Start.AddDays(14)));
        Assert.That((await bench.AggregatesAsync("m-1", AggregateLength.Day))[0].Start, Is.EqualTo(Start.AddDays(9)));
    }

    [Test]
    public async Task A_meter_slower_than_an_hour_keeps_its_readings_until_days_go()
    {
        await using var bench = await RetentionBench.OpenAsync();
        await bench.ArriveAsync("slow", Enumerable.Range(0, 120).Select(d => (Start.AddDays(d), 10.0 + (d % 3))));
        var kept = await bench.SweepAsync(Policy);
        var gone = await bench.SweepAsync(new RetentionOptions { RawDays = 20, DailyDays = 60 });
        Assert.That((kept.Meters, kept.Readings), Is.EqualTo((0, 0L)));
        Assert.That((gone.Meters, gone.Readings, gone.HoursMade), Is.EqualTo((1, 59L, 0L)));
        Assert.That(await bench.AccountedAsync(), Is.EqualTo(120));
    }

    [Test]
    public async Task A_clock_that_jumped_ahead_lets_nothing_expire_that_is_young_by_the_readings()
    {
        await using var bench = await RetentionBench.OpenAsync();
        await bench.ArriveAsync("m-1", Quarters(0, 40));
        var ahead = await bench.SweepBy(Policy, time: new FakeTimeProvider(Start.AddYears(50))).SweepAsync(CancellationToken.None);
        Assert.That(ahead.Readings, Is.EqualTo(19L * 96));
    }

    [Test]
    public async Task Bursts_expire_apart_from_the_intervals_among_which_they_lie()
    {
        await using var bench = await RetentionBench.OpenAsync();
        var burst = Enumerable.Range(0, 60).Select(s => (Start.AddDays(3).AddSeconds(s - 30.5), 9.0)).ToList(); // over midnight
        var apart = Enumerable.Range(0, 60).Select(s => (Start.AddDays(5).AddMinutes(7).AddSeconds(s), 9.0)).ToList();
        var young = Enumerable.Range(0, 60).Select(s => (Start.AddDays(35).AddMinutes(7).AddSeconds(s), 9.0)).ToList();
        await bench.ArriveAsync("m-1", Quarters(0, 40).Concat(burst).Concat(apart).Concat(young));
        await bench.ArriveAsync("fast", Enumerable.Range(0, 8640 * 3).Select(i => (Start.AddSeconds(10 * i), 3.0 + (i % 5)))); // a meter of ten seconds sends no bursts
        var policy = new RetentionOptions { BurstDays = 10 };
        var report = await bench.SweepAsync(policy);
        var again = await bench.SweepAsync(policy);
        await bench.ArriveAsync("m-1", apart);
        var account = bench.Relay.Parts.Relay.Snapshot();

        Assert.That((report.Bursts, report.Readings, again.Bursts), Is.EqualTo((120L, 0L, 0L)));
        Assert.That((await bench.ReadingsAsync("m-1"))!.Count, Is.EqualTo((40 * 96) + 60));
        Assert.That((await bench.ReadingsAsync("fast"))!.Count, Is.EqualTo(8640 * 3));
        Assert.That(bench.Relay.Parts.Quarantine.List(0, 100).Count(h => h.Rule == "expired"), Is.EqualTo(60));
        Assert.That(await bench.AccountedAsync(), Is.EqualTo(account.Stored));
    }

    private static IEnumerable<(DateTimeOffset Time, double Kilowatts)> Quarters(int fromDay, int days) =>
        Enumerable.Range(fromDay * 96, days * 96).Select(i => (Start.AddMinutes(15 * i), Math.Round(100 + (30 * Math.Sin(i / 15.3)) + (i * 7919L % 13), 2)));
}
