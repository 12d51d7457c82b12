// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using System.Security.Cryptography;
using Detector.Metering;
using Detector.Testing;

namespace Detector.Simulation.Tests.Fleets;

public sealed class FleetTests
{
    private static readonly Lazy<SimulatedSite[]> Sixty = new(MakeSixty);

    [Test]
    public void Its_weather_is_that_of_its_regions_hour_by_hour_whatever_the_cadence()
    {
        var options = new FleetOptions { Sites = 1, Days = 3, Seed = 5, Cadence = TimeSpan.FromMinutes(15) };
        var weather = Fleet.Temperatures(options).ToList();
        var region = Region.All[1];
        var quarters = new Surroundings(new Grid(options.Start, options.Cadence, 3 * 96), region, options.Seed).Temperature;
        Assert.Multiple(() =>
        {
            Assert.That(weather, Has.Count.EqualTo(Region.All.Count * 72));
            Assert.That(weather.Where(t => t.Region == region.Name).Select(t => t.Time), Is.EqualTo(Enumerable.Range(0, 72).Select(h => options.Start.AddHours(h))));
            Assert.That(weather.Where(t => t.Region == region.Name).Select(t => t.Celsius), Is.EqualTo(quarters.Chunk(12).Select(hour => hour.Average())).Within(1e-9));
        });
    }

    [Test]
    public void A_small_fleet_is_frozen_to_the_byte()
    {
        // Changes whenever a generator changes on purpose: then models trained on the old fleets say so on their cards.
        var frozen = File.ReadAllText(Path.Combine(Requires.Repository(), "tests", "Simulation.Tests", "Fleets", "small-fleet.sha256")).Trim();
        Assert.That(Hash(Fleet.Generate(new FleetOptions { Sites = 24, Days = 7, Seed = 42 })), Is.EqualTo(frozen));
    }

    [Test]
    public void The_same_seed_gives_the_same_bytes() =>
        Assert.That(Hash(Fleet.Generate(Small(9))), Is.EqualTo(HashOf(9)));

    [Test]
    public void Another_seed_gives_another_fleet() =>
        Assert.That(Hash(Fleet.Generate(Small(9))), Is.Not.EqualTo(Hash(Fleet.Generate(Small(10)))));

    [Test]
    public void More_sites_change_none_of_the_first() =>
        Assert.That(Hash(Fleet.Generate(Small(9) with { Sites = 20 }).Take(8)), Is.EqualTo(Hash(Fleet.Generate(Small(9)))));

    [Test]
    public void Sixty_sites_have_every_honest_class_of_fleets() =>
        Assert.That(Sixty.Value.Where(s => !s.Truth.Mines).Select(s => s.Truth.LoadClass).Distinct(), Is.EquivalentTo(SiteRole.HonestClasses));

    [Test]
    public void Sixty_sites_have_miners_of_every_style_and_mixtures()
    {
        var most = Sixty.Value.Where(s => s.Truth.MiningShare > 0.5).ToArray();
        var mixtures = Sixty.Value.Where(s => s.Truth.MiningShare is > 0 and <= 0.5).ToArray();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(most.Select(s => s.Truth.MiningStyle).Distinct(), Is.EquivalentTo(MiningLoad.Styles));
            Assert.That(mixtures, Has.Length.EqualTo(3));
            Assert.That(mixtures.Count(s => s.Truth.Onset is not null), Is.EqualTo(2));
        }
    }

    [Test]
    public void Sixty_sites_have_four_meters_that_cannot_be_judged_all_of_them_honest()
    {
        var hopeless = Sixty.Value.Where(s => MeterFaults.PreventsJudgement(s.Truth.MeterFault)).ToArray();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(hopeless.Select(s => s.Truth.MeterFault).Distinct().Count(), Is.EqualTo(4));
            Assert.That(hopeless.Any(s => s.Truth.Mines), Is.False);
        }
    }

    [TestCase(0.0)]
    [TestCase(0.15)]
    [TestCase(0.5)]
    [TestCase(1.0)]
    public void As_many_sites_mine_as_asked(double share)
    {
        var options = new FleetOptions { Sites = 40, Days = 1, Cadence = TimeSpan.FromHours(1), MiningShareOfSites = share };
        Assert.That(Fleet.Generate(options).Count(s => s.Truth.Mines), Is.EqualTo((int)Math.Floor((40 * share) + 1e-9)));
    }

    [Test]
    public void A_miner_declares_something_else_and_uses_what_it_contracted()
    {
        foreach (var site in Sixty.Value.Where(s => s.Truth.MiningShare > 0.5))
        {
            Assert.That(site.Registration.DeclaredUse, Is.AnyOf(DeclaredUse.DataCenter, DeclaredUse.Colocation, DeclaredUse.Commercial, DeclaredUse.Industrial, DeclaredUse.AiCompute));
            Assert.That(site.Load.PowerKilowatts.Max(), Is.InRange(0.5 * site.Registration.ContractedKilowatts!.Value, 1.5 * site.Registration.ContractedKilowatts.Value));
        }
    }

    [Test]
    public void An_honest_data_center_uses_half_of_what_it_contracted_or_less()
    {
        foreach (var site in Sixty.Value.Where(s => s.Truth.LoadClass is "colocation" or "enterprise_data_center" && !s.Truth.Mines))
        {
            Assert.That(Measures.Mean(site.Load.PowerKilowatts) / site.Registration.ContractedKilowatts!.Value, Is.InRange(0.33, 0.54));
        }
    }

    [Test]
    public void Load_is_complete_and_readings_are_rounded_as_stated()
    {
        foreach (var site in Sixty.Value)
        {
            Assert.That(site.Load.PowerKilowatts.All(v => v is >= 0 and < 100_000), Is.True, site.Registration.Name);
            Assert.That(site.Load.Count, Is.EqualTo(91 * 96));
            if (site.Truth.MeterFault is null)
            {
                Assert.That(site.Readings[100].PowerKilowatts, Is.EqualTo(site.Rounding.Round(site.Load.PowerKilowatts[100])));
                Assert.That(site.Readings[100].Time, Is.EqualTo(site.Load.TimeOf(100)));
            }
        }
    }

    [Test]
    public void Rows_of_the_register_are_unique_and_whole()
    {
        var rows = Sixty.Value.Select(s => s.Registration).ToArray();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(rows.Select(r => r.Meter), Is.Unique);
            Assert.That(rows.Select(r => r.Site), Is.Unique);
            Assert.That(rows.All(r => r.Owner is not null && r.Feeder is not null && r.Region is not null && r.Name.Length > 2), Is.True);
            Assert.That(rows.All(r => r.Commissioned < new FleetOptions().Start && r.ContractedKilowatts > 0), Is.True);
            Assert.That(rows.All(r => TimeZoneInfo.TryFindSystemTimeZoneById(r.TimeZone, out _)), Is.True);
        }
    }

    private static SimulatedSite[] MakeSixty() => [.. Fleet.Generate(new FleetOptions())];

    private static FleetOptions Small(long seed) => new() { Sites = 8, Days = 3, Seed = seed, Cadence = TimeSpan.FromHours(1) };

    private static string HashOf(long seed) => Hash(Fleet.Generate(Small(seed)));

    private static string Hash(IEnumerable<SimulatedSite> sites)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var site in sites)
        {
            // By member, so that what the register learns to say of a meter does not look like another fleet.
            var row = site.Registration;
            var text = string.Create(
                CultureInfo.InvariantCulture,
                $"{row.Meter}|{row.Site}|{row.Name}|{row.DeclaredUse}|{row.ContractedKilowatts:R}|{row.Feeder}|{row.ParentMeter}|{row.Owner}|{row.Region}|{row.TimeZone}|{row.Commissioned:O}|{site.Truth}");
            hash.AppendData(System.Text.Encoding.UTF8.GetBytes(text));
            foreach (var reading in site.Readings)
            {
                hash.AppendData(BitConverter.GetBytes(reading.Time.UtcTicks));
                hash.AppendData(BitConverter.GetBytes(reading.PowerKilowatts));
            }
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }
}
