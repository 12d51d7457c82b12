// SPDX-License-Identifier: Apache-2.0
using Detector.Analysis.Corpora;
using Detector.Analysis.Injection;
using Detector.Metering;
using Detector.Profiles.Daily;
using Detector.Simulation;

namespace Detector.Analysis.Daily;

/// <summary>Honest loads as daily energy: recordings summed up, and simulated sites of every class over more than a year.</summary>
internal static class DailyCorpus
{
    private const string Idle = "standby"; // a case for insufficient, not a reference of honest load
    private const int SimulatedDays = 400;

    private static readonly DateTimeOffset Start = new(2024, 9, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The recorded loads of a corpus, by local days; those of under a month are left out.</summary>
    public static IReadOnlyList<RecordedLoad> Recorded(HonestCorpus corpus) =>
        [.. corpus.Loads.Where(l => l.Real).Select(ByDay).Where(l => l.Load.Count >= DailyWindows.ShortestDays)];

    /// <summary>Simulated honest sites, each class in turn, dealt to sources in turn.</summary>
    /// <param name="sites">How many.</param>
    /// <param name="sources">Sources they are dealt to.</param>
    /// <param name="role">Names the draw: sites of two roles have nothing in common.</param>
    /// <param name="seed">Seed.</param>
    /// <param name="threads">Threads that simulate.</param>
    public static IReadOnlyList<RecordedLoad> Simulated(int sites, IReadOnlyList<string> sources, string role, int seed, int threads)
    {
        string[] classes = [.. HonestLoad.Classes.Where(c => c != Idle)];
        return [.. Enumerable.Range(0, sites).AsParallel().AsOrdered().WithDegreeOfParallelism(threads).Select(i =>
        {
            var kind = classes[i % classes.Length];
            var name = $"daily-{role}-{kind}-{i / classes.Length}";
            var chance = new Prng(seed).Split("honest/" + name);
            var plan = HonestLoad.Draw(kind, chance);
            var start = Start.AddDays(chance.Whole(0, 365)) - plan.Region.UtcOffset; // a local midnight
            var days = HonestLoad.Generate(plan, start, TimeSpan.FromDays(1), SimulatedDays, unchecked((long)chance.Bits()));
            var meter = MeterId.Of(name);
            var load = new LoadSeries(meter, start, TimeSpan.FromDays(1), days, new QualityFlags[days.Length]);
            var registration = MeterRegistration.Unregistered(meter) with { TimeZone = plan.Region.TimeZone, DeclaredUse = HonestLoad.DeclaredUseOf(kind) };
            return new RecordedLoad(sources[i / classes.Length % sources.Count], name, SimulatedHonest.Source, load, registration, RecordingRounding.None, Real: false);
        })];
    }

    /// <summary>A load by local days.</summary>
    public static RecordedLoad ByDay(RecordedLoad load)
    {
        var zone = SiteZone.Of(load.Registration.TimeZone);
        var days = DailyLoad.From(load.Load, load.Registration.TimeZone);
        var midnight = new DateTime(days.FirstDay * TimeSpan.TicksPerDay, DateTimeKind.Unspecified);
        var start = new DateTimeOffset(midnight, zone.GetUtcOffset(midnight)).ToUniversalTime();
        QualityFlags[] quality = [.. days.Kilowatts.Select(v => float.IsNaN(v) ? QualityFlags.Missing : QualityFlags.None)];
        return load with
        {
            Load = new LoadSeries(load.Load.Meter, start, TimeSpan.FromDays(1), days.Kilowatts, quality),
            Rounding = RecordingRounding.None,
        };
    }
}
