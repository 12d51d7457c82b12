// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;
using Detector.Simulation;

namespace Detector.Neighbours.Tests;

/// <summary>Sites run together and loads that move.</summary>
internal sealed class NeighbourBookTests
{
    private static readonly NeighbourhoodOptions Together =
        new() { Cadence = TimeSpan.FromHours(1), SubMeters = 12, RunTogether = 3, TogetherShare = 1, Seed = 3 };

    [Test]
    public void Sites_behind_one_pool_are_named_to_each_other()
    {
        var place = Neighbourhood.Generate(Together, 1);
        var book = Bench.Of(place).Book(r => Bench.Verdict(r, Verdict.Clear, 0.5));
        var first = place.Sites[0].Registration;
        var finding = book.Apply(Bench.Verdict(first, Verdict.Clear, 0.5));
        var reason = finding.Reasons.Single();
        Assert.Multiple(() =>
        {
            Assert.That(reason.Group, Is.EqualTo("neighbours"));
            Assert.That(reason.Text, Does.Contain(place.Sites[1].Registration.Meter.Value));
            Assert.That(reason.TextZh, Does.Contain(place.Sites[1].Registration.Meter.Value));
            Assert.That(finding.Verdict, Is.EqualTo(Verdict.Clear), "Moving together is not suspicious by itself.");
        });
    }

    [Test]
    public void A_clear_site_that_moves_with_a_suspect_one_is_watched_but_never_a_case()
    {
        var place = Neighbourhood.Generate(Together, 1);
        var suspect = place.Sites[1].Registration.Meter;
        var book = Bench.Of(place).Book(r => Bench.Verdict(r, r.Meter == suspect ? Verdict.Case : Verdict.Clear, 0.5));
        var clear = book.Apply(Bench.Verdict(place.Sites[0].Registration, Verdict.Clear, 0.5));
        var watched = book.Apply(Bench.Verdict(place.Sites[0].Registration, Verdict.Watch, 0.01));
        Assert.Multiple(() =>
        {
            Assert.That(clear.Verdict, Is.EqualTo(Verdict.Watch));
            Assert.That(clear.Missing.Select(m => m.Code), Does.Contain("neighbours"));
            Assert.That(watched.Verdict, Is.EqualTo(Verdict.Watch));
            Assert.That(watched.Reasons.Single().ForMining, Is.True);
        });
    }

    [Test]
    public void An_insufficient_finding_stays_as_it_is()
    {
        var place = Neighbourhood.Generate(Together, 1);
        var book = Bench.Of(place).Book(r => Bench.Verdict(r, Verdict.Case, 0.001));
        var finding = Bench.Verdict(place.Sites[0].Registration, Verdict.Insufficient, 1);
        Assert.That(book.Apply(finding), Is.SameAs(finding));
    }

    [Test]
    public void An_outage_of_the_whole_feeder_proves_nothing()
    {
        var book = new NeighbourBook(Bench.Options);
        var hours = Enumerable.Range(0, 8).Select(i => 24L * ((i * 9) + 3) + (i * 5 % 24)).ToArray();
        for (var i = 0; i < 6; i++)
        {
            book.Put(Trace(i, "F1", null, hours), Bench.Verdict(Row(i, "F1", null), Verdict.Case, 0.001));
        }

        Assert.That(book.EvidenceOf(Row(0, "F1", null).Meter).Together, Is.Null);
    }

    [Test]
    public void The_same_hours_at_two_of_many_are_evidence()
    {
        var book = BookOfTwoAmongTen(i => i < 2 ? Scattered : []);
        var evidence = book.EvidenceOf(Row(0, "F1", null).Meter).Together;
        Assert.That(evidence, Is.Not.Null);
        Assert.Multiple(() =>
        {
            Assert.That(evidence!.Others.Single(), Is.EqualTo(Row(1, "F1", null).Meter));
            Assert.That(evidence.Shared, Is.EqualTo(Scattered.Length));
            Assert.That(evidence.PValue, Is.LessThan(1e-6));
        });
    }

    [Test]
    public void What_falls_every_day_at_the_same_hour_proves_nothing()
    {
        long[] daily = [.. Enumerable.Range(0, 80).Select(d => (24L * d) + 3)];
        var book = BookOfTwoAmongTen(i => i < 2 ? daily : []);
        Assert.That(book.EvidenceOf(Row(0, "F1", null).Meter).Together, Is.Null);
    }

    [Test]
    public void Days_in_a_row_count_as_one_cause()
    {
        long[] holiday = [.. Enumerable.Range(40, 7).Select(d => (24L * d) + 8)];
        var book = BookOfTwoAmongTen(i => i < 2 ? holiday : []);
        Assert.That(book.EvidenceOf(Row(0, "F1", null).Meter).Together, Is.Null);
    }

    [Test]
    public void A_load_that_left_one_site_for_another_of_its_owner_is_followed()
    {
        var book = new NeighbourBook(Bench.Options);
        for (var i = 0; i < 5; i++)
        {
            LevelStep[] steps = i switch { 0 => [new(40 * 24, -82, 0.9f)], 1 => [new(43 * 24, 80, 0.85f)], _ => [] };
            var row = Row(i, "F" + i, "Owner");
            book.Put(new MeterTrace(row, 0, 91 * 24, [], steps), Bench.Verdict(row, Verdict.Clear, 0.6));
        }

        var move = book.EvidenceOf(Row(1, "F1", "Owner").Meter).Moves.Single();
        var finding = book.Apply(Bench.Verdict(Row(1, "F1", "Owner"), Verdict.Clear, 0.6));
        Assert.Multiple(() =>
        {
            Assert.That(move.From, Is.EqualTo(Row(0, "F0", "Owner").Meter));
            Assert.That(finding.Verdict, Is.EqualTo(Verdict.Watch), "What moved is the same at all hours.");
            Assert.That(finding.Reasons.Single().Text, Does.Contain("82 kW").And.Contain("80 kW").And.Contain(move.From.Value));
        });
    }

    [Test]
    public void Among_many_steps_of_many_sites_a_match_is_chance()
    {
        var book = new NeighbourBook(Bench.Options);
        var chance = new Prng(5);
        for (var i = 0; i < 200; i++)
        {
            LevelStep[] steps = [new(chance.Whole(10, 80) * 24, (float)(chance.LogUniform(10, 300) * (chance.Chance(0.5) ? 1 : -1)), 0.3f)];
            var row = Row(i, "F1", null);
            book.Put(new MeterTrace(row, 0, 91 * 24, [], steps), Bench.Verdict(row, Verdict.Clear, 0.6));
        }

        Assert.That(Enumerable.Range(0, 200).Count(i => book.EvidenceOf(Row(i, "F1", null).Meter).Moves.Count > 0), Is.LessThanOrEqualTo(4));
    }

    [Test]
    public void The_order_in_which_meters_come_does_not_matter()
    {
        var place = Neighbourhood.Generate(Together with { MovedKilowatts = 80 }, 2);
        var bench = Bench.Of(place);
        string All(IEnumerable<(LoadSeries Series, MeterRegistration Row)> meters)
        {
            var book = new NeighbourBook(Bench.Options);
            foreach (var (series, row) in meters)
            {
                book.Put(TraceFinder.Of(series, row, asOf: null, Bench.Options), Bench.Verdict(row, Verdict.Clear, 0.1));
            }

            return string.Join('\n', bench.Meters.Select(m => FindingJson.Write(book.Apply(Bench.Verdict(m.Row, Verdict.Clear, 0.1)))));
        }

        Assert.That(All(bench.Meters.Reverse()), Is.EqualTo(All(bench.Meters)));
    }

    [Test]
    public void A_meter_put_again_takes_the_place_of_its_earlier_events()
    {
        var book = BookOfTwoAmongTen(i => i < 2 ? Scattered : []);
        book.Put(Trace(0, "F1", null, []), Bench.Verdict(Row(0, "F1", null), Verdict.Clear, 0.5));
        Assert.Multiple(() =>
        {
            Assert.That(book.Count, Is.EqualTo(10));
            Assert.That(book.EvidenceOf(Row(1, "F1", null).Meter).Together, Is.Null);
        });
    }

    [Test]
    public void Ten_thousand_meters_with_events_are_matched_by_their_hours()
    {
        var book = new NeighbourBook(Bench.Options);
        var chance = new Prng(9);
        for (var i = 0; i < 10_000; i++)
        {
            var hours = Enumerable.Range(0, 12).Select(_ => (long)chance.Whole(24, 90 * 24)).Distinct().Order().ToArray();
            var row = Row(i, "F" + (i / 50), "Owner" + (i % 100));
            book.Put(Trace(i, row.Feeder!, row.Owner, i is 700 or 800 ? Scattered : hours), Bench.Verdict(row, Verdict.Clear, 0.5));
        }

        var together = Enumerable.Range(0, 10_000).Where(i => book.EvidenceOf(Row(i, "F" + (i / 50), "Owner" + (i % 100)).Meter).Together is not null).ToList();
        Assert.Multiple(() =>
        {
            Assert.That(together, Does.Contain(700).And.Contain(800));
            Assert.That(together, Has.Count.LessThan(40));
        });
    }

    private static long[] Scattered { get; } = [.. Enumerable.Range(0, 9).Select(i => (24L * ((i * 9) + 3)) + (i * 7 % 24))];

    private static NeighbourBook BookOfTwoAmongTen(Func<int, long[]> dips)
    {
        var book = new NeighbourBook(Bench.Options);
        for (var i = 0; i < 10; i++)
        {
            book.Put(Trace(i, "F1", null, dips(i)), Bench.Verdict(Row(i, "F1", null), Verdict.Clear, 0.5));
        }

        return book;
    }

    private static MeterRegistration Row(int i, string feeder, string? owner) =>
        MeterRegistration.Unregistered(MeterId.Of($"m{i:00000}")) with { Feeder = feeder, Owner = owner };

    private static MeterTrace Trace(int i, string feeder, string? owner, long[] hours) =>
        new(Row(i, feeder, owner), 0, 91 * 24, [.. hours.Select(h => new LoadDip(h, 2, 0.5f))], []);
}
