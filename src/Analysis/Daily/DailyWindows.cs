// SPDX-License-Identifier: Apache-2.0
using Detector.Analysis.Corpora;
using Detector.Analysis.Injection;
using Detector.Detection;
using Detector.Metering;
using Detector.Simulation;

namespace Detector.Analysis.Daily;

/// <summary>Labelled windows of daily energy: honest, sums of honest, pure mining, mixtures; each written in a meter's steps.</summary>
/// <remarks>
/// Honest and mining windows draw their meter's step alike, take their gaps and lengths from the same recordings, and start
/// on any day of the week. Windows of two roles never share a mining load.
/// </remarks>
internal sealed class DailyWindows(IReadOnlyList<RecordedLoad> loads, MiningLoads mining, string role)
{
    /// <summary>Shortest window, days.</summary>
    public const int ShortestDays = 28;

    private const double LeastCoverage = 0.9;
    private const double LeastKilowatts = 2; // below one machine nothing is judged, so nothing is trained
    private const double LowestKilowatts = 5;
    private const double HighestKilowatts = 3000;
    private const double MostStep = 0.003; // of a day's energy: a coarser meter is not judged

    private static readonly double[] StepsKilowattHours = [1, 0.1, 0.01];

    /// <summary>Lengths of windows in days.</summary>
    public static IReadOnlyList<int> Lengths { get; } = [28, 91, 182, 365];

    /// <summary>Windows of a load of some days, <paramref name="shift"/> days apart, at least nine tenths present.</summary>
    public static IReadOnlyList<LoadWindow> Cut(RecordedLoad load, int days, int shift)
    {
        var windows = new List<LoadWindow>();
        for (var start = 0; start + days <= load.Load.Count;)
        {
            var series = load.Load.Slice(new TimeRange(load.Load.TimeOf(start), load.Load.TimeOf(start + days)));
            if (series.Coverage < LeastCoverage || float.IsNaN(series.PowerKilowatts[0]))
            {
                start += 7;
                continue;
            }

            var window = new LoadWindow(load, series, days);
            if (window.MeanKilowatts >= LeastKilowatts)
            {
                windows.Add(window);
            }

            start += shift;
        }

        return windows;
    }

    /// <summary>At most some windows of each site and length, spread evenly over time; they overlap, so that an event is met early and late in a window.</summary>
    public IEnumerable<LoadWindow> PerSite(Func<int, int> most) => loads.GroupBy(l => l.Site, StringComparer.Ordinal)
        .OrderBy(g => g.Key, StringComparer.Ordinal)
        .SelectMany(site => Lengths.SelectMany(days => WindowCutter.Spread([.. site.SelectMany(l => Cut(l, days, Math.Max(ShortestDays, days / 4)))], most(days))));

    /// <summary>An honest window as it is.</summary>
    public WindowRecipe Honest(LoadWindow window)
    {
        var written = Written(window);
        return Recipe(window) with { Make = () => written.Series };
    }

    /// <summary>A window added to those of other sites of its source on the same dates; null where there are none.</summary>
    public WindowRecipe? Composite(LoadWindow window)
    {
        var chance = mining.Chance($"{role}/daily/sum/{Name(window)}");
        var others = loads.Where(l => l.Source == window.Origin.Source && l.Real && l.Site != window.Origin.Site).ToArray();
        var parts = new List<LoadWindow> { Written(window) };
        var wanted = chance.Whole(2, 5);
        for (var tries = 0; tries < 12 && parts.Count < wanted && others.Length > 0; tries++)
        {
            var other = chance.Pick(others);
            var series = other.Load.Slice(window.Series.Range);
            if (series.Count == window.Series.Count && series.Coverage >= 0.97 && parts.TrueForAll(p => p.Origin.Site != other.Site))
            {
                parts.Add(new LoadWindow(other, series, window.Days));
            }
        }

        return parts.Count < 2 ? null : Recipe(window) with { Name = "sum at " + Name(window), Weight = 0.5, Make = () => Injector.Compose(parts) };
    }

    /// <summary>Pure mining in a window's place, with its gaps; or, with an onset, after what the site used before.</summary>
    /// <param name="donor">The window whose place it takes.</param>
    /// <param name="style">One of <see cref="MiningLoads.Styles"/>.</param>
    /// <param name="key">Names the mine among all of the role.</param>
    /// <param name="companyShare">Mining's share where the donor's own load stays beside it; null for mining alone.</param>
    /// <param name="since">Whether it mined from the first day.</param>
    public WindowRecipe Pure(LoadWindow donor, string style, string key, double? companyShare, MiningSince since)
    {
        var name = $"{role}/daily/pure/{key}";
        var chance = mining.Chance(name);
        var host = Written(donor);
        var onset = since == MiningSince.Onset ? Onset(donor, chance) : 0;
        var share = companyShare ?? 1;
        var level = companyShare is { } part ? Math.Max(1, part / (1 - part) * donor.MeanKilowatts) : chance.LogUniform(LowestKilowatts, HighestKilowatts);
        float[] Load() => mining.Draw(style, level, donor.Series, donor.Origin.Registration.TimeZone, name + "/load");
        return Recipe(donor) with
        {
            Class = SampleClass.PureMining,
            Site = companyShare is null ? name : donor.Origin.Site,
            Name = name,
            Share = share,
            Style = style,
            Since = since,
            Onset = since == MiningSince.Onset ? donor.Series.TimeOf(onset) : null,
            Make = () => companyShare is null ? Injector.Replace(host, Load()) : Injector.Mix(host, Load(), share, onset),
        };
    }

    /// <summary>Mining under an honest load.</summary>
    public WindowRecipe Mixture(LoadWindow host, double share, MiningSince since, string key)
    {
        var name = $"{role}/daily/mix/{Name(host)}/{key}";
        var chance = mining.Chance(name);
        var style = MiningLoads.DrawStyle(chance);
        var onset = since == MiningSince.Onset ? Onset(host, chance) : 0;
        var level = Math.Max(1, share / (1 - share) * host.MeanKilowatts);
        var written = Written(host);
        return Recipe(host) with
        {
            Class = SampleClass.Mixture,
            Name = name,
            Share = share,
            Style = style,
            Since = since,
            Weight = 0.5,
            Onset = since == MiningSince.Onset ? host.Series.TimeOf(onset) : null,
            Make = () => Injector.Mix(written, mining.Draw(style, level, host.Series, host.Origin.Registration.TimeZone, name + "/load"), share, onset),
        };
    }

    /// <summary>A first day of mining that leaves three weeks, or a fifth of the window, on either side.</summary>
    private static int Onset(LoadWindow window, Prng chance)
    {
        var margin = Math.Max(Math.Min(21, window.Series.Count / 3), window.Series.Count / 5);
        return chance.Whole(margin, window.Series.Count - margin);
    }

    private static string Name(LoadWindow window) => $"{window.Origin.Load.Meter} {window.Series.Start:yyyy-MM-dd} {window.Days}";

    private static WindowRecipe Recipe(LoadWindow window) => new()
    {
        Class = SampleClass.Honest,
        Source = window.Origin.Source,
        Site = window.Origin.Site,
        Name = Name(window),
        Days = window.Days,
        Registration = window.Origin.Registration,
        Real = window.Origin.Real,
        Make = () => window.Series,
    };

    /// <summary>The same window on a meter whose step was drawn, no coarser than it would be judged with.</summary>
    private LoadWindow Written(LoadWindow window)
    {
        var day = window.MeanKilowatts * 24;
        var fine = StepsKilowattHours.Where(s => s <= MostStep * day).DefaultIfEmpty(StepsKilowattHours[^1]).ToArray();
        var step = mining.Chance($"{role}/daily/step/{Name(window)}").Pick(fine) / 24;
        var rounding = new RecordingRounding(step, 0, KeepsZero: true);
        return window with { Origin = window.Origin with { Rounding = rounding }, Series = rounding.Write(window.Series) };
    }
}
