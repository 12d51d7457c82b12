// SPDX-License-Identifier: Apache-2.0
using Detector.Analysis.Corpora;
using Detector.Analysis.Injection;

namespace Detector.Analysis.Daily;

/// <summary>Which windows of daily energy a head is trained on: the stated rule of sub-sampling.</summary>
internal sealed record DailyTrainingPlan
{
    /// <summary>A simulated honest window counts less than a recorded one: what is real outranks what is not.</summary>
    private const double SimulatedWeight = 0.3;

    private const double RecordedWeight = 0.6; // windows of a site overlap

    private const double LeastMostly = 0.87;
    private const double MostMostly = 0.98;
    private const double LeastShare = 0.3;
    private const double MostShare = 0.9;

    /// <summary>Honest windows a recorded site, of each length.</summary>
    public int PerSite { get; init; } = 10;

    /// <summary>Honest windows a simulated site, of each length.</summary>
    public int PerSimulatedSite { get; init; } = 2;

    /// <summary>Of them, those that mining is also put under.</summary>
    public int HostsPerSite { get; init; } = 4;

    /// <summary>Pure mines of each style and length.</summary>
    public int PurePerStyle { get; init; } = 100;

    /// <summary>Simulated honest sites.</summary>
    public int SimulatedSites { get; init; } = 240;

    /// <summary>What a run takes unless it is asked to be quick.</summary>
    public static DailyTrainingPlan Full { get; } = new();

    /// <summary>A fraction of it.</summary>
    public static DailyTrainingPlan Quick { get; } = new() { PerSite = 2, HostsPerSite = 2, PurePerStyle = 12, SimulatedSites = 60 };

    /// <summary>The windows of these loads.</summary>
    /// <param name="loads">Honest loads by day, those of one or more sources.</param>
    /// <param name="mining">Where mines come from.</param>
    /// <param name="role">Names the draw.</param>
    /// <param name="pureShare">Which part of the pure mines to make: sources share them out.</param>
    public IReadOnlyList<WindowRecipe> Of(IReadOnlyList<RecordedLoad> loads, MiningLoads mining, string role, double pureShare)
    {
        var plan = new DailyWindows(loads, mining, role);
        var real = loads.Any(l => l.Real) ? loads.Where(l => l.Real).ToArray() : [.. loads];
        var windows = plan.PerSite(_ => PerSite).ToArray();
        LoadWindow[] hosts = [.. windows.Where(w => real.Contains(w.Origin)).GroupBy(w => (w.Origin.Site, w.Days)).SelectMany(g => WindowCutter.Spread([.. g], HostsPerSite))];
        var recipes = new List<WindowRecipe>();
        var taken = new Dictionary<(string, int), int>();
        foreach (var window in windows)
        {
            var nth = taken[(window.Origin.Site, window.Days)] = taken.GetValueOrDefault((window.Origin.Site, window.Days)) + 1;
            if (window.Origin.Real || nth <= PerSimulatedSite)
            {
                recipes.Add(plan.Honest(window) with { Weight = window.Origin.Real ? RecordedWeight : SimulatedWeight });
            }
        }

        for (var i = 0; i < hosts.Length; i++)
        {
            var chance = mining.Chance($"{role}/daily/plan/{hosts[i].Origin.Load.Meter}/{i}");
            if (i % 4 == 0 && plan.Composite(hosts[i]) is { } sum)
            {
                recipes.Add(sum);
            }

            recipes.Add(plan.Mixture(hosts[i], chance.Uniform(LeastShare, MostShare), chance.Chance(0.6) ? MiningSince.Onset : MiningSince.FirstDay, "a"));
        }

        recipes.AddRange(Pure(plan, hosts, mining, role, pureShare));
        return recipes;
    }

    private IEnumerable<WindowRecipe> Pure(DailyWindows plan, LoadWindow[] hosts, MiningLoads mining, string role, double share)
    {
        foreach (var donors in hosts.GroupBy(h => h.Days))
        {
            LoadWindow[] all = [.. donors];
            foreach (var style in MiningLoads.Styles)
            {
                for (var i = 0; i < PurePerStyle * share; i++)
                {
                    var key = $"{all[0].Origin.Source}/{donors.Key}/{style}/{i}";
                    var chance = mining.Chance($"{role}/daily/plan/{key}");
                    double? company = chance.Chance(0.4) ? chance.Uniform(LeastMostly, MostMostly) : null;
                    var since = company is not null && chance.Chance(0.5) ? MiningSince.Onset : MiningSince.FirstDay;
                    yield return plan.Pure(chance.Pick(all), style, key, company, since);
                }
            }
        }
    }
}
