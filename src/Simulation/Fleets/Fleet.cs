// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using Detector.Metering;

namespace Detector.Simulation;

/// <summary>Labelled fleets: sites with a register row, a true load and what their meters send.</summary>
public static class Fleet
{
    /// <summary>The sites one by one, made as they are asked for; throws <see cref="ArgumentException"/> naming every fault of the options.</summary>
    public static IEnumerable<SimulatedSite> Generate(FleetOptions options)
    {
        var faults = options.Faults();
        return faults.Count == 0 ? Sites(options) : throw new ArgumentException(string.Join(' ', faults), nameof(options));
    }

    /// <summary>The weather under which the sites of a fleet load: hourly means of every region, in order of region and time.</summary>
    public static IEnumerable<OutdoorTemperature> Temperatures(FleetOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var hours = new Grid(options.Start, TimeSpan.FromHours(1), options.Days * 24);
        foreach (var region in Region.All)
        {
            // Steps are five minutes, as for a fleet of any cadence, and so is the weather the same.
            var steps = new Surroundings(hours, region, options.Seed).Temperature;
            for (var hour = 0; hour < hours.Slots; hour++)
            {
                var mean = steps.AsSpan(hour * hours.StepsPerSlot, hours.StepsPerSlot).ToArray().Average();
                yield return new OutdoorTemperature(region.Name, hours.Start.AddHours(hour), mean);
            }
        }
    }

    private static IEnumerable<SimulatedSite> Sites(FleetOptions options)
    {
        var grid = new Grid(options.Start, options.Cadence, (int)(TimeSpan.FromDays(options.Days) / options.Cadence));
        var surroundings = new Surroundings?[Region.All.Count];
        var chance = new Prng(options.Seed).Split("fleet");
        for (var index = 0; index < options.Sites; index++)
        {
            var site = chance.Split(string.Create(CultureInfo.InvariantCulture, $"site {index}"));
            var region = site.Split("region").Whole(0, Region.All.Count);
            var around = surroundings[region] ??= new Surroundings(grid, Region.All[region], options.Seed);
            yield return Site(index, options, around, site);
        }
    }

    private static SimulatedSite Site(int index, FleetOptions options, Surroundings around, Prng chance)
    {
        var role = SiteRole.Of(index, options);
        var load = LoadOf(role, around, chance.Split("load"));
        var grid = around.Grid;
        var onset = load.Onset is { } hours ? grid.Start + TimeSpan.FromHours(hours) : (DateTimeOffset?)null;
        var truth = new SiteTruth(role.MiningStyle is not null, load.MiningShare, onset, load.LoadClass, role.MiningStyle, role.MeterFault);
        var registration = SiteRegister.Row(index, truth, load.ContractedKilowatts, around, chance.Split("register"));
        var series = new LoadSeries(registration.Meter, grid.Start, grid.Cadence, grid.Average(load.Kilowatts), new QualityFlags[grid.Slots]);
        var rounding = MeterChoice.RoundingFor(load.ContractedKilowatts, chance.Split("rounding"));
        var readings = MeterChoice.Readings(series, rounding, role.MeterFault, chance.Split("meter"));
        return new SimulatedSite(registration, truth, series, readings) { Rounding = rounding };
    }

    private static SiteLoad LoadOf(SiteRole role, Surroundings around, Prng chance) => role switch
    {
        { MiningStyle: null } => SiteLoad.Honest(role.LoadClass!, around, chance),
        { Mixture: true } => SiteLoad.Mixed(role.MiningStyle, role.FromOnset, around, chance),
        _ => SiteLoad.Mining(role.MiningStyle, around, chance),
    };
}
