// SPDX-License-Identifier: Apache-2.0
using Detector.Analysis.Corpora;
using Detector.Analysis.Daily;
using Detector.Analysis.Injection;
using Detector.Detection;

namespace Detector.Analysis.Contest;

/// <summary>A kind of customer of the contest: how many of the fleet it stands for.</summary>
/// <param name="Name">Name in the tables.</param>
/// <param name="Customers">Customers of the fleet of that kind.</param>
/// <param name="Mines">Whether it is to be found.</param>
internal sealed record ContestKind(string Name, double Customers, bool Mines);

/// <summary>The contest's fleet: a year of daily energy of 15,000 customers of whom 36 mine. Written down before any of it was judged.</summary>
/// <remarks>
/// After the published contest (15,379 customers, 37 of the test mine). Honest customers are recorded sites, cut into windows of
/// a year four weeks apart, and simulated ones; households are not among them. Half of the mining customers do nothing else,
/// a third began under an honest load within the year, a sixth did so before it.
/// </remarks>
internal sealed class ContestPlan(IReadOnlyList<RecordedLoad> loads, MiningLoads mining, string role)
{
    /// <summary>Share of honest customers that are simulated sites.</summary>
    public const double SimulatedShare = 0.3;

    /// <summary>Days between windows of one site.</summary>
    private const int Shift = 28;

    private const int MostPerSite = 60;

    /// <summary>Recorded honest customers.</summary>
    public static ContestKind Recorded { get; } = new("honest, recorded", 14_964 * (1 - SimulatedShare), Mines: false);

    /// <summary>Simulated honest customers.</summary>
    public static ContestKind Simulated { get; } = new("honest, simulated", 14_964 * SimulatedShare, Mines: false);

    /// <summary>Mining and nothing else all year.</summary>
    public static ContestKind PureAllYear { get; } = new("pure, all year", 9, Mines: true);

    /// <summary>Mining for nearly all of the load from a day within the year on.</summary>
    public static ContestKind PureBegun { get; } = new("pure, begun within the year", 9, Mines: true);

    /// <summary>Mining added to an honest load within the year.</summary>
    public static ContestKind AddedWithin { get; } = new("added within the year, 30 to 70 %", 12, Mines: true);

    /// <summary>Mining under an honest load all year.</summary>
    public static ContestKind Under { get; } = new("under an honest load all year, 30 to 70 %", 6, Mines: true);

    /// <summary>Every kind; together 15,000.</summary>
    public static IReadOnlyList<ContestKind> Kinds { get; } = [Recorded, Simulated, PureAllYear, PureBegun, AddedWithin, Under];

    /// <summary>Shares of mixtures, in turn.</summary>
    private static readonly double[] Shares = [0.3, 0.5, 0.7];

    /// <summary>The kind a window stands for.</summary>
    public static ContestKind KindOf(WindowRecipe recipe) => recipe switch
    {
        { Class: SampleClass.Honest, Real: true } => Recorded,
        { Class: SampleClass.Honest } => Simulated,
        { Class: SampleClass.PureMining, Since: MiningSince.FirstDay } => PureAllYear,
        { Class: SampleClass.PureMining } => PureBegun,
        { Since: MiningSince.Onset } => AddedWithin,
        _ => Under,
    };

    /// <summary>The windows: every honest one, and so many mines as <paramref name="rounds"/> of the styles and shares make.</summary>
    public IReadOnlyList<WindowRecipe> Windows(int rounds)
    {
        var plan = new DailyWindows(loads, mining, role);
        LoadWindow[] honest =
        [
            .. loads.GroupBy(l => l.Site, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal)
                .SelectMany(site => WindowCutter.Spread([.. site.SelectMany(Longest).OrderBy(w => w.Series.Start)], MostPerSite)),
        ];
        var recipes = honest.Select(plan.Honest).ToList();
        var hosts = honest.Where(w => w.Days == honest.Max(h => h.Days) && w.Origin.Real == honest.Any(h => h.Origin.Real))
            .GroupBy(w => w.Origin.Site, StringComparer.Ordinal).Select(g => g.ToArray()).ToArray();
        if (hosts.Length == 0)
        {
            return recipes;
        }

        for (var round = 0; round < rounds; round++)
        {
            recipes.AddRange(Mines(plan, hosts, round));
        }

        return recipes;
    }

    private IEnumerable<WindowRecipe> Mines(DailyWindows plan, LoadWindow[][] hosts, int round)
    {
        var chance = mining.Chance($"{role}/contest/{hosts[0][0].Origin.Source}/{round}");
        LoadWindow Host() => chance.Pick(chance.Pick(hosts)); // sites alike, however long they were recorded
        var key = $"{hosts[0][0].Origin.Source}/{round}";
        foreach (var style in MiningLoads.Styles)
        {
            double? company = chance.Chance(0.5) ? chance.Uniform(0.87, 0.98) : null;
            yield return plan.Pure(Host(), style, $"{key}/{style}/all", company, MiningSince.FirstDay);
            yield return plan.Pure(Host(), style, $"{key}/{style}/begun", chance.Uniform(0.87, 0.98), MiningSince.Onset);
        }

        foreach (var share in Shares)
        {
            for (var i = 0; i < 2; i++)
            {
                yield return plan.Mixture(Host(), share, MiningSince.Onset, $"{key}/{share:0.0}/{i}");
                yield return plan.Mixture(Host(), share, MiningSince.FirstDay, $"{key}/{share:0.0}/{i}");
            }
        }
    }

    /// <summary>Windows of a year; of half a year or a quarter where the recording is shorter.</summary>
    private static IReadOnlyList<LoadWindow> Longest(RecordedLoad load) => DailyWindows.Lengths.Skip(1).Reverse()
        .Select(days => DailyWindows.Cut(load, days, Shift)).FirstOrDefault(w => w.Count > 0) ?? [];
}
