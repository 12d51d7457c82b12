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

    /// <summary>Role of the sites that models are trained on.</summary>
    private const string Trained = "honest";

    private const int Weeks = 27;

    /// <summary>Classes of load that are a reference of honest load.</summary>
    public static IReadOnlyList<string> Classes { get; } = [.. HonestLoad.Classes.Where(c => c != Idle)];

    private static readonly DateTimeOffset Start = new(2025, 1, 6, 0, 0, 0, TimeSpan.Zero); // a Monday

    /// <summary>Sites of every class in turn, at an hour, written in steps of 0.1 kW and four digits.</summary>
    /// <param name="sites">How many.</param>
    /// <param name="sources">Names of the sources they are dealt to in turn.</param>
    /// <param name="seed">Seed.</param>
    public static IEnumerable<RecordedLoad> Of(int sites, IReadOnlyList<string> sources, int seed)
    {
        for (var i = 0; i < sites; i++)
        {
            yield return Site(Classes[i % Classes.Count], i / Classes.Count, Trained, sources[i / Classes.Count % sources.Count], seed);
        }
    }

    /// <summary>One site of a class.</summary>
    /// <param name="kind">The class.</param>
    /// <param name="number">Which of the class.</param>
    /// <param name="role">What it is for: sites of two roles share nothing.</param>
    /// <param name="source">Name of the source it is dealt to.</param>
    /// <param name="seed">Seed.</param>
    public static RecordedLoad Site(string kind, int number, string role, string source, int seed)
    {
        var name = $"simulated-{kind}-{number}";
        var chance = new Prng(seed).Split($"{role}/{name}");
        var plan = HonestLoad.Draw(kind, chance);
        var hours = HonestLoad.Generate(plan, Start, TimeSpan.FromHours(1), Weeks * 7 * 24, unchecked((long)chance.Bits()));
        var meter = MeterId.Of(name);
        var rounding = new RecordingRounding(0.1, 4, KeepsZero: true);
        var load = rounding.Write(new LoadSeries(meter, Start, TimeSpan.FromHours(1), hours, new QualityFlags[hours.Length]));
        var registration = MeterRegistration.Unregistered(meter) with { TimeZone = plan.Region.TimeZone, DeclaredUse = HonestLoad.DeclaredUseOf(kind) };
        return new RecordedLoad(source, name, Source, load, registration, rounding, Real: false);
    }
}
