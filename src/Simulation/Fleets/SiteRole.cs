// SPDX-License-Identifier: Apache-2.0
namespace Detector.Simulation;

/// <summary>What the n-th site of a fleet is; depends on the shares and the index only, so that more sites change none before.</summary>
internal sealed record SiteRole(string? LoadClass, string? MiningStyle, bool Mixture, bool FromOnset, string? MeterFault)
{
    // Sites for most of whose load mining accounts, and mixtures, in the order in which they come.
    private static readonly (string Style, bool Mixture, bool FromOnset)[] Miners =
    [
        ("steady", false, false),
        ("curtailed", false, false),
        ("steady", true, true),
        ("throttled", false, false),
        ("night_only", false, false),
        ("curtailed", true, false),
        ("growing", false, false),
        ("noisy", false, false),
        ("steady", true, true),
    ];

    // Data centers are what the notice is about: they come more often than the rest.
    private static readonly string[] Honest =
    [
        "colocation", "office", "hpc", "cold_storage", "enterprise_data_center", "industry_shift", "ai_training", "telecom", "water_pumping",
        "laboratory", "colocation", "street_lighting", "retail", "ai_inference", "process_industry", "enterprise_data_center", "industry_batch",
        "standby", "colocation", "office",
    ];

    /// <summary>Classes of honest load that fleets have; the catalogue's others are only trained on.</summary>
    public static IReadOnlyList<string> HonestClasses { get; } = [.. Honest.Distinct(StringComparer.Ordinal)];

    public static SiteRole Of(int index, FleetOptions options)
    {
        var minersBefore = Count(index, options.MiningShareOfSites);
        if (Count(index + 1, options.MiningShareOfSites) > minersBefore)
        {
            var (style, mixture, fromOnset) = Miners[minersBefore % Miners.Length];
            return new SiteRole(null, style, mixture, fromOnset, null);
        }

        var honestBefore = index - minersBefore;
        var faultsBefore = Count(honestBefore, options.MisbehavingShareOfHonestSites);
        var faulty = Count(honestBefore + 1, options.MisbehavingShareOfHonestSites) > faultsBefore;
        var fault = faulty ? MeterFaults.Names[faultsBefore % MeterFaults.Names.Count] : null;
        return new SiteRole(Honest[honestBefore % Honest.Length], null, false, false, fault);
    }

    // How many of the first n are chosen, evenly spread.
    private static int Count(int n, double share) => (int)Math.Floor((n * share) + 1e-9);
}
