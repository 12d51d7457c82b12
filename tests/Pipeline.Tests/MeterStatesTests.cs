// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;
using Detector.Timeline;

namespace Detector.Pipeline.Tests;

internal sealed class MeterStatesTests
{
    private static readonly MeterId Meter = MeterId.Of("m-1");
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly WatchOptions Options = new() { JudgeEvery = TimeSpan.FromDays(1), QuietFor = TimeSpan.FromSeconds(2), WaitAtMost = TimeSpan.FromMinutes(15) };

    private MeterStates _states = new();

    [SetUp]
    public void Judge_once()
    {
        _states = new MeterStates();
        _states.Judged(Meter, Noon, Noon);
    }

    [Test]
    public void A_meter_that_gained_less_than_a_day_is_not_due()
    {
        _states.Stored(Meter, Noon.AddHours(23), Noon);
        Assert.That(Due(Noon.AddMinutes(1)), Is.Empty);
    }

    [Test]
    public void A_meter_that_gained_a_day_is_due_once_it_is_quiet()
    {
        _states.Stored(Meter, Noon.AddHours(24), Noon);
        Assert.Multiple(() =>
        {
            Assert.That(Due(Noon.AddSeconds(1)), Is.Empty);
            Assert.That(Due(Noon.AddSeconds(2)), Is.EqualTo(new[] { Meter }));
        });
    }

    [Test]
    public void A_meter_that_is_never_quiet_is_judged_after_the_longest_wait()
    {
        _states.Stored(Meter, Noon.AddHours(24), Noon);
        _states.Stored(Meter, Noon.AddHours(25), Noon.AddMinutes(15));
        Assert.That(Due(Noon.AddMinutes(15)), Is.EqualTo(new[] { Meter }));
    }

    [Test]
    public void A_meter_heard_before_the_clock_was_set_back_does_not_wait_for_it_to_come_there_again()
    {
        _states.Stored(Meter, Noon.AddHours(24), Noon.AddDays(30));
        Assert.That(Due(Noon.AddSeconds(1)), Is.EqualTo(new[] { Meter }));
    }

    [TestCase(-24, false, Description = "judged beyond its latest reading")]
    [TestCase(23, false)]
    [TestCase(24, true)]
    public void A_meter_found_in_the_stores_is_due_where_it_gained_a_day_since_it_was_judged(int hours, bool due)
    {
        var found = MeterId.Of("found");
        _states.Found(found, Noon.AddHours(hours), Noon, Noon);
        Assert.That(Due(Noon.AddSeconds(2)), Is.EqualTo(due ? new[] { found } : []));
        Assert.That((_states.LatestOf(found), _states.JudgedUntil(found)), Is.EqualTo(((DateTimeOffset?)Noon.AddHours(hours), (DateTimeOffset?)Noon)));
    }

    [Test]
    public void A_meter_found_that_was_never_judged_is_due()
    {
        var found = MeterId.Of("found");
        _states.Found(found, Noon, judgedUntil: null, Noon);
        Assert.That(Due(Noon.AddSeconds(2)), Is.EqualTo(new[] { found }));
    }

    [Test]
    public void A_reading_older_than_the_judged_window_makes_its_meter_due()
    {
        _states.Stored(Meter, Noon.AddDays(-20), Noon);
        Assert.That(Due(Noon.AddSeconds(2)), Is.EqualTo(new[] { Meter }));
    }

    [Test]
    public void A_judged_meter_is_not_due_again_without_new_readings()
    {
        _states.Stored(Meter, Noon.AddHours(24), Noon);
        _states.Judged(Meter, Noon.AddHours(24), Noon.AddSeconds(5));
        Assert.That(Due(Noon.AddHours(1)), Is.Empty);
    }

    [Test]
    public void A_late_reading_that_arrives_during_a_judgement_is_not_forgotten()
    {
        _states.Stored(Meter, Noon.AddHours(24), Noon);
        _states.Stored(Meter, Noon.AddDays(-3), Noon.AddSeconds(6));
        _states.Judged(Meter, Noon.AddHours(24), began: Noon.AddSeconds(5));
        Assert.That(Due(Noon.AddSeconds(9)), Is.EqualTo(new[] { Meter }));
    }

    [Test]
    public void The_earliest_reading_behind_one_stored_before_is_remembered_until_it_is_judged()
    {
        var inOrder = _states.BehindOf(Meter);
        foreach (var days in new[] { -3, -20, -5, 1 })
        {
            _states.Stored(Meter, Noon.AddDays(days), Noon.AddSeconds(6));
        }

        var before = _states.BehindOf(Meter);
        _states.Judged(Meter, Noon.AddDays(1), began: Noon.AddSeconds(5));
        var during = _states.BehindOf(Meter);
        _states.Judged(Meter, Noon.AddDays(1), began: Noon.AddSeconds(7));
        Assert.That((inOrder, before, during, _states.BehindOf(Meter)), Is.EqualTo(((DateTimeOffset?)null, (DateTimeOffset?)Noon.AddDays(-20), (DateTimeOffset?)Noon.AddDays(-20), (DateTimeOffset?)null)));
    }

    [Test]
    public void A_meter_that_was_put_off_waits_for_its_next_reading()
    {
        _states.Stored(Meter, Noon.AddHours(24), Noon);
        _states.PutOff(Meter);
        var before = Due(Noon.AddHours(1));
        _states.Stored(Meter, Noon.AddHours(25), Noon.AddHours(1));
        Assert.Multiple(() =>
        {
            Assert.That(before, Is.Empty);
            Assert.That(Due(Noon.AddHours(2)), Is.EqualTo(new[] { Meter }));
        });
    }

    [Test]
    public void Of_a_batch_what_was_stored_counts_in_its_order_whichever_partitions_its_meters_are_in()
    {
        var meters = Enumerable.Range(0, 200).Select(i => MeterId.Of($"b-{i}")).ToArray();
        var latest = Noon.AddDays(1);
        // Of each meter a reading, one before it and a later one that was not stored; of the last meter nothing was.
        ArrivedReading[] batch = [.. new[] { latest, Noon, latest.AddDays(1) }.SelectMany((time, round) => meters.Select((m, i) => new ArrivedReading(new Reading(m, time), (round * meters.Length) + i, 0)))];
        WriteResult[] results = [.. batch.Select(a => a.Reading.Time > latest || a.Reading.Meter == meters[^1] ? WriteResult.Duplicate : WriteResult.Stored)];
        _states.Stored(batch, results, latest);
        Assert.Multiple(() =>
        {
            Assert.That(meters[..^1].Select(_states.LatestOf), Is.All.EqualTo(latest));
            Assert.That(meters[..^1].Select(_states.BehindOf), Is.All.EqualTo(Noon));
            Assert.That(_states.LatestOf(meters[^1]), Is.Null);
            Assert.That(_states.Count, Is.EqualTo(200), "those of the batch that were stored, and the one of the set-up");
        });
    }

    [Test]
    public void The_longest_waiting_come_first_and_no_more_than_asked_for()
    {
        var meters = Enumerable.Range(0, 10).Select(i => MeterId.Of($"n-{i}")).ToArray();
        for (var i = 0; i < meters.Length; i++)
        {
            _states.Stored(meters[i], Noon, Noon.AddSeconds(-i));
        }

        Assert.That(_states.Due(Options, Noon.AddMinutes(1), 3).Select(d => d.Meter), Is.EqualTo(new[] { meters[9], meters[8], meters[7] }));
    }

    private IReadOnlyList<MeterId> Due(DateTimeOffset now) => [.. _states.Due(Options, now, 10).Select(d => d.Meter)];
}
