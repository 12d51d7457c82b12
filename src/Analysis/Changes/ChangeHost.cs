// SPDX-License-Identifier: Apache-2.0
using Detector.Analysis.Corpora;
using Detector.Metering;

namespace Detector.Analysis.Changes;

/// <summary>A window of an honest load, with what was recorded before it.</summary>
/// <param name="Window">The window.</param>
/// <param name="First">Its first slot in the whole load.</param>
internal sealed record ChangeHost(LoadWindow Window, int First)
{
    /// <summary>Thirteen months and the four weeks that the earliest of them needs, in hours.</summary>
    public const int HistoryHours = (57 * 7 * 24) + (28 * 24);

    private const double LeastKnown = 0.85; // of the hours of the history

    /// <summary>Slot after the last.</summary>
    public int End => First + Window.Series.Count;

    /// <summary>First slot of the history that is given along.</summary>
    public int HistoryFrom => Math.Max(0, First - HistoryHours);

    /// <summary>Whether thirteen months before the window were recorded.</summary>
    public bool HasHistory
    {
        get
        {
            var before = Window.Origin.Load.PowerKilowatts.AsSpan(HistoryFrom, First - HistoryFrom);
            var known = 0;
            foreach (var v in before)
            {
                known += float.IsNaN(v) ? 0 : 1;
            }

            return known >= LeastKnown * HistoryHours;
        }
    }

    /// <summary>The window and the hours before it, from a slot on, up to another.</summary>
    public LoadSeries Series(int from, int end)
    {
        var load = Window.Origin.Load;
        return load.Slice(new TimeRange(load.TimeOf(from), load.TimeOf(end)));
    }

    /// <summary>Mean kW of the last hours as recorded; NaN where none is known.</summary>
    public double MeanKilowatts(int hours) => LoadValues.Mean(Window.Origin.Load.PowerKilowatts.AsSpan(End - hours, hours));

    /// <summary>Mean kW of what is a share of the total, 0 inclusive to 1 exclusive, when it is added over the last hours.</summary>
    public double AddedKilowatts(double share, int hours) => share / (1 - share) * MeanKilowatts(hours);

    /// <summary>Hosts that are judged: of each site so many with history and so many without, spread over its years.</summary>
    public static IEnumerable<ChangeHost> Judged(IEnumerable<RecordedLoad> loads, int perSite) => Of(loads, int.MaxValue)
        .GroupBy(h => (h.Window.Origin.Site, h.HasHistory))
        .SelectMany(g => WindowCutter.Spread([.. g], perSite));

    /// <summary>Hosts of some loads: at most so many windows a site, spread over its years.</summary>
    public static IEnumerable<ChangeHost> Of(IEnumerable<RecordedLoad> loads, int perSite) => loads
        .Where(l => l.Load.Cadence == TimeSpan.FromHours(1))
        .GroupBy(l => l.Site, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal)
        .SelectMany(site => WindowCutter.Spread([.. site.SelectMany(l => WindowCutter.Cut(l, PlanSizes.LongDays)).OrderBy(w => w.Series.Start)], perSite))
        .Select(w => new ChangeHost(w, (int)((w.Series.Start - w.Origin.Load.Start) / TimeSpan.FromHours(1))));
}
