// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using Detector.Metering;
using Detector.Recordings;
using Detector.Simulation;
using Detector.Validation;

namespace Detector.Neighbours.Tests;

/// <summary>Feeders put together from recorded buildings: their sum, losses and where asked a simulated tap.</summary>
internal sealed class RealFeeders
{
    private const int Days = 91;
    private const int Looked = 60; // recordings of a set, by name, on which the rules were chosen
    private readonly IReadOnlyList<LoadSeries> _buildings;
    private readonly int _index;

    private RealFeeders(IReadOnlyList<LoadSeries> buildings, int index)
    {
        _buildings = buildings;
        _index = index;
    }

    /// <summary>Windows of ten buildings each that are known throughout, drawn by a fixed seed.</summary>
    /// <param name="recordings">The folder.</param>
    /// <param name="count">How many.</param>
    /// <param name="fresh">Buildings that were never looked at while the rules were chosen, or the others.</param>
    public static IEnumerable<RealFeeders> Windows(string recordings, int count, bool fresh = false)
    {
        var all = fresh
            ? Read(recordings, "bdg2", 1000).Skip(Looked).ToList()
            : [.. Read(recordings, "cambridge_estates", Looked), .. Read(recordings, "bdg2", Looked)];
        var chance = new Prng(fresh ? 23 : 11);
        for (var index = 0; index < count; index++)
        {
            List<LoadSeries> windows = [];
            for (var look = 0; look < 400 && windows.Count < 10; look++)
            {
                if (Window(chance.Pick(all), chance) is { } window && windows.TrueForAll(w => w.Meter != window.Meter))
                {
                    windows.Add(window);
                }
            }

            yield return new RealFeeders(windows, index);
        }
    }

    /// <summary>Groups of six recordings of one set over the same 91 days, as if of one owner, one group a quarter.</summary>
    public static IEnumerable<(List<(LoadSeries Series, MeterRegistration Row)> Rows, int Size)> Owners(string recordings, string set)
    {
        var all = Read(recordings, set, 60).ToList();
        var first = all.Min(s => s.Start);
        var last = all.Max(s => s.Range.To);
        for (var from = first; from + TimeSpan.FromDays(Days) <= last; from += TimeSpan.FromDays(182))
        {
            var range = new TimeRange(from, from + TimeSpan.FromDays(Days));
            var there = all.Select(s => s.Slice(range)).Where(s => s.Count >= (Days * 24) - 24 && s.Coverage > 0.95).ToList();
            foreach (var group in there.Chunk(6).Where(g => g.Length == 6))
            {
                yield return ([.. group.Select(s => (s, MeterRegistration.Unregistered(s.Meter) with { Owner = "owner" }))], group.Length);
            }
        }
    }

    /// <summary>The feeder with a tap of a share of its load; the tap's mean over the last 28 days in kW.</summary>
    /// <param name="share">Mining past the sub-meters over the buildings' load.</param>
    /// <param name="tapDay">Day on which it begins.</param>
    /// <param name="unregistered">Honest buildings, the smallest first, that have no sub-meter.</param>
    public (Bench Bench, double Tap) Build(double share, int tapDay, int unregistered = 0)
    {
        var chance = new Prng(17).Split(_index.ToString(CultureInfo.InvariantCulture));
        var start = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var head = MeterId.Of("head");
        var bench = new Bench();
        var sum = new double[Days * 24];
        foreach (var building in _buildings)
        {
            for (var i = 0; i < sum.Length; i++)
            {
                sum[i] += building.PowerKilowatts[i];
            }
        }

        var mean = sum.Average();
        var tap = new float[sum.Length];
        if (share > 0)
        {
            var plan = MiningPlan.Draw("steady", share * mean, Region.All[0], chance.Split("plan"));
            tap = MiningLoad.Generate(plan, start, TimeSpan.FromHours(1), tap.Length, _index + 100);
            tap.AsSpan(0, tapDay * 24).Clear();
        }

        var (linear, copper, iron) = (chance.Uniform(0.002, 0.01), chance.Uniform(0.01, 0.04), chance.Uniform(0.002, 0.008));
        var whole = sum.Select((s, i) => s + (iron * mean) + (linear * s) + (copper * s * s / mean) + tap[i]).ToArray();
        bench.Add(Meter(head, whole), MeterRegistration.Unregistered(head));
        foreach (var building in _buildings.OrderBy(b => b.PowerKilowatts.Average()).Skip(unregistered))
        {
            bench.Add(Meter(building.Meter, [.. building.PowerKilowatts.Select(v => (double)v)]), MeterRegistration.Unregistered(building.Meter) with { ParentMeter = head });
        }

        return (bench, tap.TakeLast(28 * 24).Average(v => (double)v));

        LoadSeries Meter(MeterId id, double[] load)
        {
            var gain = 1 + (0.0025 * chance.Normal());
            var seen = Array.ConvertAll(load, v => (float)new MeterRounding(0.1, 0).Round(v * gain * (1 + (0.0005 * chance.Normal()))));
            return new LoadSeries(id, start, TimeSpan.FromHours(1), seen, new QualityFlags[seen.Length]);
        }
    }

    private static IEnumerable<LoadSeries> Read(string recordings, string set, int most)
    {
        var assessor = new SeriesAssessor();
        return ReadingsSource.Open(Path.Combine(recordings, "honest", set)).Recordings().Take(most)
            .Select(r => assessor.Assess(r.ToColumns()).Series)
            .Where(s => s.Cadence == TimeSpan.FromHours(1));
    }

    /// <summary>A window at the same hours of the week as every other, with its few gaps filled from the week before.</summary>
    private static LoadSeries? Window(LoadSeries series, Prng chance)
    {
        var weeks = (series.Count / 168) - 15;
        if (weeks <= 0)
        {
            return null;
        }

        var toMonday = (int)((8 - (int)series.Start.DayOfWeek) % 7 * 24) - series.Start.Hour;
        var first = Math.Max(0, toMonday) + (168 * (1 + chance.Whole(0, weeks)));
        var values = series.PowerKilowatts[first..(first + (Days * 24))];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = float.IsNaN(values[i]) && i >= 168 ? values[i - 168] : values[i];
        }

        return values.Any(float.IsNaN) || values.Average() < 5
            ? null
            : new LoadSeries(series.Meter, series.Start, series.Cadence, values, new QualityFlags[values.Length]);
    }
}
