// SPDX-License-Identifier: Apache-2.0
using Detector.Analysis.Injection;
using Detector.Metering;
using Detector.Simulation;

namespace Detector.Analysis.Corpora;

/// <summary>Honest sites from the simulation: for the classes of load of which there are few recordings or none.</summary>
internal static class SimulatedHonest
{
    /// <summary>Source name of simulated sites beside recorded ones.</summary>
    public const string Source = "simulation";

    /// <summary>A site that stands idle is a case for <c>insufficient</c>, not a reference of honest load.</summary>
    private const string Idle = "standby";

    private const int Weeks = 27;

    private static readonly DateTimeOffset Start = new(2025, 1, 6, 0, 0, 0, TimeSpan.Zero); // a Monday

    /// <summary>Sites of every class in turn, at an hour, written in steps of 0.1 kW and four digits.</summary>
    /// <param name="sites">How many.</param>
    /// <param name="sources">Names of the sources they are dealt to in turn.</param>
    /// <param name="seed">Seed.</param>
    public static IEnumerable<RecordedLoad> Of(int sites, IReadOnlyList<string> sources, int seed)
    {
        string[] classes = [.. HonestLoad.Classes.Where(c => c != Idle)];
        for (var i = 0; i < sites; i++)
        {
            var kind = classes[i % classes.Length];
            var name = $"simulated-{kind}-{i / classes.Length}";
            var chance = new Prng(seed).Split("honest/" + name);
            var plan = HonestLoad.Draw(kind, chance);
            var hours = HonestLoad.Generate(plan, Start, TimeSpan.FromHours(1), Weeks * 7 * 24, unchecked((long)chance.Bits()));
            var meter = MeterId.Of(name);
            var rounding = new RecordingRounding(0.1, 4, KeepsZero: true);
            var load = rounding.Write(new LoadSeries(meter, Start, TimeSpan.FromHours(1), hours, new QualityFlags[hours.Length]));
            var registration = MeterRegistration.Unregistered(meter) with { TimeZone = plan.Region.TimeZone, DeclaredUse = HonestLoad.DeclaredUseOf(kind) };
            yield return new RecordedLoad(sources[i / classes.Length % sources.Count], name, Source, load, registration, rounding, Real: false);
        }
    }
}
