// SPDX-License-Identifier: Apache-2.0
using Detector.Analysis.Injection;
using Detector.Detection;
using Detector.Simulation;

namespace Detector.Analysis.Corpora;

/// <summary>Which labelled windows are made of some honest loads: honest ones, sums of them, pure mining, mixtures.</summary>
/// <remarks>
/// A plan has a role, such as <c>train</c> or <c>judge</c>; windows of two roles never share a mining load. Everything follows
/// from the seed, the role and the names of the sites.
/// </remarks>
internal sealed class WindowPlan
{
    /// <summary>What a site may weigh at most in training, in windows: sites count, not windows.</summary>
    public const double MostWeightOfSite = 8;

    /// <summary>What a short window weighs against a long one.</summary>
    public const double ShortWeight = 0.5;

    private const double CompositeWeight = 0.5;
    private const double MixtureWeight = 0.5;

    /// <summary>A simulated honest window counts less than a recorded one: what is real outranks what is not.</summary>
    private const double SimulatedWeight = 0.3;

    /// <summary>Mining's share of a load that is mining for most of it: from seven eighths, what is left being what a mine needs beside its machines.</summary>
    public const double LeastMostly = 0.87;
    private const double MostMostly = 0.98;

    private const double LowestKilowatts = 5;
    private const double HighestKilowatts = 3000;

    private readonly MiningLoads _mining;
    private readonly string _role;
    private readonly LoadWindow[] _long;
    private readonly LoadWindow[] _short;

    /// <summary>A plan over the windows of these loads.</summary>
    /// <param name="loads">The loads.</param>
    /// <param name="mining">Draws mining.</param>
    /// <param name="role">What the windows are for.</param>
    /// <param name="longPerSite">Most long windows of a site.</param>
    /// <param name="shortPerSite">Most short windows of a site.</param>
    /// <param name="longDays">Days of a long window, whole weeks.</param>
    public WindowPlan(IEnumerable<RecordedLoad> loads, MiningLoads mining, string role, int longPerSite, int shortPerSite, int longDays = PlanSizes.LongDays)
    {
        _mining = mining;
        _role = role;
        var bySite = loads.GroupBy(l => l.Site, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal).ToArray();
        _long = [.. bySite.SelectMany(site => Cut(site, longDays, longPerSite))];
        _short = [.. bySite.SelectMany(site => Cut(site, PlanSizes.ShortDays, shortPerSite))];
    }

    /// <summary>What is judged of a source.</summary>
    public static WindowPlan Judged(string source, HonestCorpus corpus, MiningLoads mining, PlanSizes sizes) =>
        new(corpus.Loads.Where(l => l.Source == source), mining, "judge", sizes.JudgedHonestPerSite, sizes.JudgedShortPerSite);

    /// <summary>Honest windows of the long kind; short ones where asked. A site of many years weighs no more than one of two.</summary>
    public IEnumerable<WindowRecipe> Honest(bool brief)
    {
        var windows = brief ? _short : _long;
        var perSite = windows.CountBy(w => w.Origin.Site, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        return windows.Select(window => Recipe(window) with
        {
            Weight = (brief ? ShortWeight : 1) * (window.Origin.Real ? 1 : SimulatedWeight) * Math.Min(1, MostWeightOfSite / perSite[window.Origin.Site]),
        });
    }

    /// <summary>Sums of two to four real windows of one source and season, from different sites.</summary>
    public IEnumerable<WindowRecipe> Composites(double perWindow)
    {
        foreach (var source in RealFirst(_long).GroupBy(w => w.Origin.Source, StringComparer.Ordinal))
        {
            var seasonal = source.OrderBy(w => w.Series.Start.DayOfYear).ThenBy(w => w.Origin.Site, StringComparer.Ordinal).ToArray();
            for (var i = 0; i < perWindow * seasonal.Length; i++)
            {
                var chance = _mining.Chance($"{_role}/composite/{source.Key}/{i}");
                var parts = Parts(seasonal, chance);
                if (parts.Length >= 2)
                {
                    yield return Recipe(parts[0]) with
                    {
                        Name = "sum of " + string.Join(", ", parts.Select(p => p.Origin.Load.Meter)),
                        Weight = CompositeWeight,
                        IsSum = true,
                        Make = () => Injector.Compose(parts),
                    };
                }
            }
        }
    }

    /// <summary>Pure mining of every style that is trained on, with the gaps and the rounding of real windows.</summary>
    /// <param name="perStyle">Windows of each style.</param>
    /// <param name="brief">Windows of the short kind.</param>
    /// <param name="companyShare">Share of the windows that keep a little of the donor's own load: offices and pumps beside the machines.</param>
    public IEnumerable<WindowRecipe> Pure(int perStyle, bool brief, double companyShare) => Pure(MiningLoads.Trained, perStyle, brief, companyShare, interval: null);

    /// <summary>The first of the long windows of <see cref="Pure(int, bool, double)"/> without company, read at a shorter interval: the same mines at the same donors.</summary>
    public IEnumerable<WindowRecipe> PureEvery(TimeSpan interval, int perStyle) => Pure(MiningLoads.Trained, perStyle, brief: false, companyShare: 0, interval);

    /// <summary>Pure mining of the styles that are only judged.</summary>
    public IEnumerable<WindowRecipe> Unseen(int perStyle, bool brief) => Pure(MiningLoads.Unseen, perStyle, brief, companyShare: 0, interval: null);

    private IEnumerable<WindowRecipe> Pure(IReadOnlyList<string> styles, int perStyle, bool brief, double companyShare, TimeSpan? interval)
    {
        var donors = RealFirst(brief ? _short : _long);
        if (donors.Length == 0)
        {
            yield break;
        }

        foreach (var style in styles)
        {
            for (var i = 0; i < perStyle; i++)
            {
                var key = $"{_role}/{donors[0].Origin.Source}/{(brief ? "short" : "long")}/{style}/{i}";
                var chance = _mining.Chance(key);
                var donor = chance.Pick(donors);
                var level = chance.LogUniform(LowestKilowatts, HighestKilowatts);
                var zone = donor.Origin.Registration.TimeZone;
                var pure = Recipe(donor) with
                {
                    Class = SampleClass.PureMining,
                    Site = key,
                    Name = key,
                    Share = 1,
                    Style = style,
                    Since = MiningSince.FirstDay,
                    Weight = brief ? ShortWeight : 1,
                    Make = () =>
                    {
                        var slots = interval is { } every ? donor with { Series = Injector.Every(donor.Series, every) } : donor;
                        return Injector.Replace(slots, _mining.Draw(style, level, slots.Series, zone, key + "/load"));
                    },
                };
                yield return chance.Chance(companyShare) ? InCompany(pure, donor, chance.Uniform(LeastMostly, MostMostly)) : pure;
            }
        }
    }

    /// <summary>For training: one mixture of a random share of 20 to 70 % for each of some hosts, half with an onset inside.</summary>
    public IEnumerable<WindowRecipe> TrainingMixtures(int hostsPerSite) => Hosts(hostsPerSite).Select(host =>
    {
        var key = $"{_role}/mix/{host.Origin.Load.Meter}/{host.Series.Start:yyyyMMdd}";
        var chance = _mining.Chance(key);
        return Mixture(host, key, chance.Uniform(0.2, 0.7), chance.Chance(0.5) ? MiningSince.FirstDay : MiningSince.Onset, chance);
    });

    /// <summary>For judging: every one of these shares on each of some hosts.</summary>
    public IEnumerable<WindowRecipe> JudgedMixtures(int hostsPerSite, IReadOnlyList<double> shares, MiningSince since) =>
        Hosts(hostsPerSite).SelectMany(host => shares.Select(share =>
        {
            var key = $"{_role}/mix/{host.Origin.Load.Meter}/{host.Series.Start:yyyyMMdd}/{since}/{share:0.00}";
            return Mixture(host, key, share, since, _mining.Chance(key));
        }));

    private static IEnumerable<LoadWindow> Cut(IEnumerable<RecordedLoad> site, int days, int most) =>
        WindowCutter.Spread([.. site.SelectMany(load => WindowCutter.Cut(load, days)).OrderBy(w => w.Series.Start)], most);

    /// <summary>Recorded windows; simulated ones only where nothing was recorded.</summary>
    private static LoadWindow[] RealFirst(LoadWindow[] windows)
    {
        var real = windows.Where(w => w.Origin.Real).ToArray();
        return real.Length > 0 ? real : windows;
    }

    private static LoadWindow[] Parts(LoadWindow[] seasonal, Prng chance)
    {
        const int Near = 30;
        var first = chance.Whole(0, seasonal.Length);
        var wanted = chance.Whole(2, 5);
        var parts = new List<LoadWindow> { seasonal[first] };
        for (var tries = 0; tries < 20 && parts.Count < wanted; tries++)
        {
            var next = seasonal[(first + chance.Whole(1, Near) + seasonal.Length) % seasonal.Length];
            if (parts.TrueForAll(p => p.Origin.Site != next.Origin.Site))
            {
                parts.Add(next);
            }
        }

        return [.. parts];
    }

    private static WindowRecipe Recipe(LoadWindow window) => new()
    {
        Class = SampleClass.Honest,
        Source = window.Origin.Source,
        Site = window.Origin.Site,
        Name = $"{window.Origin.Load.Meter} {window.Series.Start:yyyy-MM-dd}",
        Days = window.Days,
        Registration = window.Origin.Registration,
        Real = window.Origin.Real,
        Make = () => window.Series,
    };

    private IEnumerable<LoadWindow> Hosts(int perSite) =>
        RealFirst(_long).GroupBy(w => w.Origin.Site, StringComparer.Ordinal).SelectMany(g => WindowCutter.Spread([.. g], perSite));

    // The donor's own load under far more mining: still judged as pure, because what it is for is mining.
    private WindowRecipe InCompany(WindowRecipe pure, LoadWindow donor, double share)
    {
        var level = Math.Max(1, share / (1 - share) * donor.MeanKilowatts);
        var zone = donor.Origin.Registration.TimeZone;
        return pure with
        {
            Share = share,
            Make = () => Injector.Mix(donor, _mining.Draw(pure.Style!, level, donor.Series, zone, pure.Name + "/load"), share, 0),
        };
    }

    private WindowRecipe Mixture(LoadWindow host, string key, double share, MiningSince since, Prng chance)
    {
        var style = MiningLoads.DrawStyle(chance);
        var slots = host.Series.Count;

        // An onset leaves at least two weeks before it and after it.
        var onset = since == MiningSince.Onset ? (int)chance.Uniform(slots * 14.0 / host.Days, slots * (host.Days - 14.0) / host.Days) : 0;
        var level = Math.Max(1, share / (1 - share) * host.MeanKilowatts);
        var zone = host.Origin.Registration.TimeZone;
        return Recipe(host) with
        {
            Class = SampleClass.Mixture,
            Share = share,
            Style = style,
            Since = since,
            Weight = MixtureWeight,
            Onset = since == MiningSince.Onset ? host.Series.TimeOf(onset) : null,
            Make = () => Injector.Mix(host, _mining.Draw(style, level, host.Series, zone, key + "/load"), share, onset),
        };
    }
}
