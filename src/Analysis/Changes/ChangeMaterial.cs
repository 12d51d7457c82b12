// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using Detector.Analysis.Corpora;
using Detector.Analysis.Injection;
using Detector.Detection;
using Detector.Metering;
using Detector.Profiles;

namespace Detector.Analysis.Changes;

/// <summary>What change evidence of one source is trained on: candidates of honest windows at every look, of mining added and of honest load added, recorded and simulated.</summary>
/// <remarks>
/// Each look is taken twice: with the load's history, and with the window alone. Honest candidates are those that a look at an
/// honest window would put forward; their ages are spread as the ages of the injected onsets are, so that age tells nothing.
/// </remarks>
internal static class ChangeMaterial
{
    /// <summary>Role of training injections.</summary>
    public const string Role = "train/change";

    private const int Week = 7 * 24;
    private const double LeastShare = 0.06;
    private const double MostShare = 0.65;
    private const double LeastCoverage = 0.85;

    /// <summary>Candidates of some loads.</summary>
    public static IReadOnlyList<ChangeSample> Of(
        IEnumerable<RecordedLoad> loads, MiningLoads mining, ChangeSizes sizes, int threads, IProgress<AnalysisProgress>? progress, CancellationToken cancel)
    {
        var real = loads.Where(l => l.Real).ToArray();
        var used = real.Length > 0 ? real : [.. loads];
        var honest = ChangeHost.Of(used, sizes.HonestPerSite).GroupBy(h => h.Window.Origin).ToArray();
        var hosts = ChangeHost.Of(used, sizes.HostsPerSite).ToArray();
        var done = 0;
        IEnumerable<ChangeSample> Counted(IEnumerable<ChangeSample> made)
        {
            var samples = made.ToArray();
            progress?.Report(new AnalysisProgress("read changes", Interlocked.Increment(ref done), honest.Length + (3 * hosts.Length)));
            return samples;
        }

        return
        [
            .. honest.AsParallel().AsOrdered().WithDegreeOfParallelism(threads).WithCancellation(cancel)
                .SelectMany(load => Counted(Honest(load.Key, [.. load], sizes))),
            .. hosts.AsParallel().AsOrdered().WithDegreeOfParallelism(threads).WithCancellation(cancel)
                .SelectMany(host => Counted(Enumerable.Range(0, sizes.InjectionsPerHost).SelectMany(i => Injected(host, mining, i)))),
            .. hosts.AsParallel().AsOrdered().WithDegreeOfParallelism(threads).WithCancellation(cancel)
                .SelectMany(host => Counted(Enumerable.Range(0, sizes.RecordedAdditionsPerHost).SelectMany(i => Recorded(host, hosts, mining, i)))),
            .. hosts.AsParallel().AsOrdered().WithDegreeOfParallelism(threads).WithCancellation(cancel)
                .SelectMany(host => Counted(Enumerable.Range(0, sizes.SimulatedAdditionsPerHost).SelectMany(i => Simulated(host, mining, i)))),
        ];
    }

    private static IEnumerable<ChangeSample> Honest(RecordedLoad origin, ChangeHost[] hosts, ChangeSizes sizes)
    {
        var whole = HourlyLoad.From(origin.Load, origin.Registration.TimeZone);
        var reader = new ChangeReader(whole);
        foreach (var host in hosts)
        {
            for (var look = 0; look < sizes.Looks; look++)
            {
                var end = host.End - (look * ChangeSizes.LookDays * 24);
                var start = Math.Max(0, end - (PlanSizes.LongDays * 24));
                if (end - start < 4 * Week || Coverage(whole, start, end) < LeastCoverage)
                {
                    continue;
                }

                var sample = Sample(host, look) with { LookedAt = (origin.Load.Meter, whole.Start.AddHours(end)) };
                foreach (var c in reader.Candidates(start, end).Where(c => c.HasHistory))
                {
                    yield return Filled(sample, c) with { Window = Stretch(origin, c.Hour) };
                }

                foreach (var c in new ChangeReader(whole.Slice(start, end - start)).Candidates(0, end - start))
                {
                    yield return Filled(sample, c) with { Window = Stretch(origin, start + c.Hour) };
                }
            }
        }
    }

    private static IEnumerable<ChangeSample> Injected(ChangeHost host, MiningLoads mining, int number)
    {
        var key = $"{Role}/{host.Window.Origin.Load.Meter}/{host.Window.Series.Start:yyyyMMdd}/{number}";
        var chance = mining.Chance(key);
        var age = (int)chance.Uniform(3.5 * 24, 80 * 24);
        var injection = OnsetInjection.Draw(chance.LogUniform(LeastShare, MostShare), age, chance);
        var sample = Sample(host, 0) with { IsMining = true, Share = injection.Share, Style = injection.Style };
        return Nearest(host, from => injection.Into(host, from, mining, key), age)
            .Select(n => Filled(sample, n.Found) with { Trial = n.Reader.Trial(n.Found, n.Onset, injection.Share) });
    }

    private static IEnumerable<ChangeSample> Recorded(ChangeHost host, ChangeHost[] hosts, MiningLoads mining, int number)
    {
        var chance = mining.Chance($"{Role}/honest/{host.Window.Origin.Load.Meter}/{host.Window.Series.Start:yyyyMMdd}/{number}");
        var age = (int)chance.Uniform(3.5 * 24, 80 * 24);
        return HonestAddition.Recorded(host, hosts, chance.LogUniform(LeastShare, MostShare), age, chance) is { } addition
            ? Added(host, addition)
            : [];
    }

    private static IEnumerable<ChangeSample> Simulated(ChangeHost host, MiningLoads mining, int number)
    {
        var chance = mining.Chance($"{Role}/simulated/{host.Window.Origin.Load.Meter}/{host.Window.Series.Start:yyyyMMdd}/{number}");
        var age = (int)chance.Uniform(3.5 * 24, 80 * 24);
        var addition = HonestAddition.Simulated(host, chance.LogUniform(LeastShare, MostShare), age, chance);
        return Added(host, addition).Select(s => s with { IsSimulated = true });
    }

    private static IEnumerable<ChangeSample> Added(ChangeHost host, HonestAddition addition) =>
        Nearest(host, from => addition.Into(host, from), addition.AgeHours).Select(n => Filled(Sample(host, 0), n.Found) with { IsMade = true });

    /// <summary>The candidate nearest to an onset put into a host, with its history where there is one, and with the window alone.</summary>
    private static IEnumerable<(ChangeReader Reader, ChangeCandidate Found, int Onset)> Nearest(ChangeHost host, Func<int, LoadSeries> make, int age)
    {
        var withHistory = host.HasHistory;
        var from = withHistory ? host.HistoryFrom : host.First;
        var load = HourlyLoad.From(make(from), host.Window.Origin.Registration.TimeZone);
        var start = host.First - from;
        foreach (var history in withHistory ? new[] { true, false } : [false])
        {
            var cut = history ? load : load.Slice(start, load.Count - start);
            var reader = new ChangeReader(cut);
            if (Nearest(reader.Candidates(history ? start : 0, cut.Count), cut.Count - age) is { } found && found.HasHistory == history)
            {
                yield return (reader, found, cut.Count - age);
            }
        }
    }

    /// <summary>The candidate nearest to an onset, at most a week off; one after it where the load is phased in.</summary>
    private static ChangeCandidate? Nearest(IReadOnlyList<ChangeCandidate> candidates, int onset) => candidates
        .Where(c => Math.Abs(c.Hour - onset) <= Week)
        .MinBy(c => c.Hour >= onset ? (c.Hour - onset) / 2 : onset - c.Hour);

    /// <summary>The 91 days in which a change lies: seen at several looks it is still one.</summary>
    private static string Stretch(RecordedLoad origin, int hour) =>
        string.Create(CultureInfo.InvariantCulture, $"{origin.Load.Meter} {hour / (PlanSizes.LongDays * 24)}");

    private static ChangeSample Sample(ChangeHost host, int look) => new()
    {
        Values = [],
        Source = host.Window.Origin.Source,
        Site = host.Window.Origin.Site,
        Window = string.Empty,
        Look = look,
    };

    private static ChangeSample Filled(ChangeSample sample, ChangeCandidate candidate) =>
        sample with { Values = candidate.Values, WithHistory = candidate.HasHistory, LevelKilowatts = candidate.LevelKilowatts };

    private static double Coverage(HourlyLoad load, int start, int end)
    {
        var known = 0;
        for (var i = start; i < end; i++)
        {
            known += float.IsNaN(load.Kilowatts[i]) ? 0 : 1;
        }

        return (double)known / (end - start);
    }
}
