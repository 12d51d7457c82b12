// SPDX-License-Identifier: Apache-2.0
namespace Detector.Simulation;

/// <summary>A site's load on the physics' steps, and what it is made of.</summary>
/// <param name="Kilowatts">Total, kW at each step.</param>
/// <param name="LoadClass">The honest part's class, or <c>mining</c>.</param>
/// <param name="MiningShare">Mining's share of the energy since the onset.</param>
/// <param name="Onset">Hours after the start; null for never or before the start.</param>
/// <param name="ContractedKilowatts">Capacity asked of the grid operator.</param>
internal sealed record SiteLoad(double[] Kilowatts, string LoadClass, double MiningShare, double? Onset, double ContractedKilowatts)
{
    /// <summary>The load of an honest site.</summary>
    public static SiteLoad Honest(string loadClass, Surroundings around, Prng chance)
    {
        var found = HonestClassCatalog.Default.Of(loadClass);
        var kilowatts = chance.LogUniform(found.Kilowatts.Low, found.Kilowatts.High);
        var load = HonestLoad.Steps(new HonestPlan(loadClass, kilowatts, around.Region), around, chance.Split("honest"));
        return new SiteLoad(load, loadClass, 0, null, Contract(kilowatts / chance.Uniform(found.Utilisation.Low, found.Utilisation.High)));
    }

    /// <summary>The load of a site that mines for most of its load, with at most an eighth of something else beside.</summary>
    public static SiteLoad Mining(string style, Surroundings around, Prng chance)
    {
        var plan = MiningPlan.Draw(style, chance.LogUniform(40, 5000), around.Region, chance.Split("plan"));
        var mining = MiningLoad.Steps(plan, around, chance.Split("mining"));
        var contract = Contract(plan.FullKilowatts / chance.Uniform(0.8, 1.0));
        if (chance.Chance(0.5))
        {
            return new SiteLoad(mining, "mining", 1, null, contract);
        }

        var beside = chance.Pick(["office", "telecom", "industry_shift"]);
        var share = chance.Uniform(0.01, 0.125);
        var host = HonestLoad.Steps(new HonestPlan(beside, Mean(mining, 0) * share / (1 - share), around.Region), around, chance.Split("honest"));
        var both = Contract(contract + host.Max());
        Add(host, mining, 0);
        return new SiteLoad(host, beside, 1 - share, null, both);
    }

    /// <summary>The load of an honest site under which a given share is mined, from before the start or from an onset.</summary>
    public static SiteLoad Mixed(string style, bool fromOnset, Surroundings around, Prng chance)
    {
        var loadClass = chance.Pick(["colocation", "enterprise_data_center", "office", "cold_storage", "laboratory", "industry_shift"]);
        var honest = Honest(loadClass, around, chance.Split("host"));
        var share = chance.Uniform(0.2, 0.45);
        var onset = fromOnset ? Math.Round(around.Grid.Hours * chance.Uniform(0.35, 0.65)) : (double?)null;
        var first = around.Grid.StepAt(onset ?? 0);
        var wanted = Mean(honest.Kilowatts, first) * share / (1 - share);
        var plan = MiningPlan.Draw(style, wanted, around.Region, chance.Split("plan"));
        var mining = MiningLoad.Steps(plan, around, chance.Split("mining"));

        // The operating point is set so that the share is what was asked: power is proportional to it.
        var mean = Mean(mining, first);
        var tuned = mean > 0 ? wanted / mean : 0;
        for (var i = 0; i < mining.Length; i++)
        {
            mining[i] *= tuned;
        }

        Add(honest.Kilowatts, mining, first);
        return honest with { MiningShare = share, Onset = onset };
    }

    private static void Add(double[] to, double[] part, int from)
    {
        for (var i = from; i < to.Length; i++)
        {
            to[i] += part[i];
        }
    }

    private static double Mean(double[] load, int from)
    {
        var sum = 0.0;
        for (var i = from; i < load.Length; i++)
        {
            sum += load[i];
        }

        return load.Length > from ? sum / (load.Length - from) : 0;
    }

    // Contracts are made in round numbers: two significant digits.
    private static double Contract(double kilowatts) => new MeterRounding(0, 2).Round(Math.Max(5, kilowatts));
}
