// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using Detector.Metering;

namespace Detector.Simulation;

/// <summary>A feeder: the meter at its head and the sub-meters behind it, as their meters register them.</summary>
/// <param name="Head">The meter at its head; its true load is the sum, losses and tap.</param>
/// <param name="Sites">The sub-meters' sites.</param>
/// <param name="Losses">True technical loss of each slot, kW.</param>
/// <param name="Tap">What is drawn past the sub-meters, kW each slot; zeros where nothing is.</param>
public sealed record Neighbourhood(SimulatedSite Head, IReadOnlyList<SimulatedSite> Sites, float[] Losses, float[] Tap)
{
    private static readonly string[] HonestClasses =
        ["office", "retail", "colocation", "cold_storage", "industry_shift", "laboratory", "telecom", "water_pumping"];

    /// <summary>Neighbourhoods one by one, numbered from <paramref name="first"/>.</summary>
    public static IEnumerable<Neighbourhood> Generate(NeighbourhoodOptions options, int first, int count)
    {
        ArgumentNullException.ThrowIfNull(options);
        for (var index = first; index < first + count; index++)
        {
            yield return Generate(options, index);
        }
    }

    /// <summary>Neighbourhoods beside a fleet: in turn honest, with a tap, with three sites run together, with a load that moves.</summary>
    public static IEnumerable<Neighbourhood> Assortment(FleetOptions fleet, int count)
    {
        ArgumentNullException.ThrowIfNull(fleet);
        var honest = new NeighbourhoodOptions { Seed = fleet.Seed, Start = fleet.Start, Days = fleet.Days, Cadence = fleet.Cadence };
        for (var index = 0; index < count; index++)
        {
            yield return Generate(
                (index % 4) switch
                {
                    1 => honest with { TapKilowatts = 50 },
                    2 => honest with { RunTogether = 3 },
                    3 => honest with { MovedKilowatts = 60 },
                    _ => honest,
                },
                index);
        }
    }

    /// <summary>The neighbourhood of an index.</summary>
    public static Neighbourhood Generate(NeighbourhoodOptions options, int index)
    {
        ArgumentNullException.ThrowIfNull(options);
        var chance = new Prng(options.Seed).Split(string.Create(CultureInfo.InvariantCulture, $"neighbourhood {index}"));
        var grid = new Grid(options.Start, options.Cadence, (int)(TimeSpan.FromDays(options.Days) / options.Cadence));
        var region = chance.Split("region").Pick(Region.All);
        var around = new Surroundings(grid, region, options.Seed);
        var names = new NeighbourhoodNames(index, region, around.Grid.Start);
        var plant = new MiningPlant(around, chance.Split("mining"));
        var loads = Enumerable.Range(0, options.SubMeters).Select(i => SiteLoadOf(options, i, plant, around, chance.Split(Number("site", i)))).ToArray();
        var tap = plant.Tap(options);
        var sum = Sum(loads.Select(l => l.Kilowatts), grid.Steps);
        var losses = LossOf(sum, chance.Split("losses"));
        var head = Sum([sum, losses, tap], grid.Steps);
        var sites = loads.Select((l, i) => Metered(names.Site(i, l.Truth), l.Truth, l.Kilowatts, grid, chance.Split(Number("meter", i)))).ToArray();
        var mines = options.TapKilowatts > 0;
        var onset = mines && options.TapDay > 0 ? grid.Start.AddDays(options.TapDay) : (DateTimeOffset?)null;
        var truth = new SiteTruth(mines, mines ? 1 - (sum.Sum() / head.Sum()) : 0, onset, "feeder", mines ? options.TapStyle : null, null);
        return new Neighbourhood(
            Metered(names.Head(), truth, head, grid, chance.Split("head meter")), sites, grid.Average(losses), grid.Average(tap));
    }

    private static (double[] Kilowatts, SiteTruth Truth) SiteLoadOf(NeighbourhoodOptions options, int index, MiningPlant plant, Surroundings around, Prng chance)
    {
        var loadClass = HonestClasses[(index + chance.Split("class").Whole(0, HonestClasses.Length)) % HonestClasses.Length];
        var kilowatts = options.SiteKilowatts * chance.LogUniform(1 / 3.0, 3);
        var load = HonestLoad.Steps(new HonestPlan(loadClass, kilowatts, around.Region), around, chance.Split("load"));
        var honest = load.Sum();
        var onset = (DateTimeOffset?)null;
        var mined = 0.0;
        if (index < options.RunTogether)
        {
            mined += plant.AddTogether(load, options.TogetherShare * kilowatts, chance.Split("together"));
        }

        if (options.MovedKilowatts > 0 && index < 2)
        {
            var day = (options.Days / 2) + (index == 0 ? 0 : options.MovedAfterDays);
            onset = index == 1 ? around.Grid.Start.AddDays(day) : null;
            mined += plant.AddMoved(load, options.MovedKilowatts, around.Grid.StepAt(day * 24), leaves: index == 0);
        }

        return (load, new SiteTruth(mined > 0, mined > 0 ? mined / (honest + mined) : 0, onset, loadClass, mined > 0 ? "steady" : null, null));
    }

    /// <summary>Iron losses all the time, copper losses with the square of the load, contacts and meters in proportion: 2 to 6 % together.</summary>
    private static double[] LossOf(double[] sum, Prng chance)
    {
        var mean = sum.Average();
        var iron = mean * chance.Uniform(0.002, 0.008);
        var copper = chance.Uniform(0.01, 0.04);
        var linear = chance.Uniform(0.002, 0.01);
        return Array.ConvertAll(sum, s => iron + (linear * s) + (copper * s * s / mean));
    }

    /// <summary>A meter of class 0.5: its gain is off by some tenths of a percent and each slot by a little noise.</summary>
    private static SimulatedSite Metered(MeterRegistration registration, SiteTruth truth, double[] steps, Grid grid, Prng chance)
    {
        const double GainDeviation = 0.0025;
        const double SlotNoise = 0.001;
        var load = grid.Average(steps);
        var gain = 1 + (GainDeviation * chance.Normal());
        var registered = Array.ConvertAll(load, v => (float)(v * gain * (1 + (SlotNoise * chance.Normal()))));
        var contracted = new MeterRounding(0, 2).Round(Math.Max(5, load.Max() / chance.Uniform(0.4, 0.9)));
        var row = registration with { ContractedKilowatts = contracted };
        var rounding = new MeterRounding(contracted >= 100 ? 0.1 : 0.01, 0);
        var flags = new QualityFlags[grid.Slots];
        var readings = MeterChoice.Readings(new LoadSeries(row.Meter, grid.Start, grid.Cadence, registered, flags), rounding, null, chance);
        return new SimulatedSite(row, truth, new LoadSeries(row.Meter, grid.Start, grid.Cadence, load, flags), readings) { Rounding = rounding };
    }

    private static double[] Sum(IEnumerable<double[]> parts, int steps)
    {
        var sum = new double[steps];
        foreach (var part in parts)
        {
            for (var i = 0; i < steps; i++)
            {
                sum[i] += part[i];
            }
        }

        return sum;
    }

    private static string Number(string what, int index) => string.Create(CultureInfo.InvariantCulture, $"{what} {index}");
}
