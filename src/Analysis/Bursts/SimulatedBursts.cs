// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;
using Detector.Simulation;
using Detector.Simulation.Bursts;

namespace Detector.Analysis.Bursts;

/// <summary>Simulated loads of seconds: hashing, hashing under honest load, and honest load of which there are no recordings.</summary>
internal static class SimulatedBursts
{
    /// <summary>Set of pure hashing.</summary>
    public const string Hashing = "simulated hashing";

    /// <summary>Set of hashing under honest load.</summary>
    public const string UnderHonest = "simulated hashing under honest load";

    /// <summary>Set of honest loads.</summary>
    public const string Honest = "simulated honest";

    private const int Seconds = 300;
    private const double HonestWeight = 0.4; // of a recorded one
    private const double UnderHonestWeight = 0.15; // by its nature it looks honest: it must not teach that honest looks like hashing

    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The simulated part of the material.</summary>
    /// <param name="seed">The same seed gives the same loads.</param>
    /// <param name="quick">A quarter of them.</param>
    public static IEnumerable<BurstLoad> Of(int seed, bool quick)
    {
        var chance = new Prng(seed).Split("bursts");
        var scale = quick ? 1 : 4;
        for (var i = 0; i < 120 * scale; i++)
        {
            var name = $"hashing-{i}";
            yield return Load(HashingBurst.Draw(chance.Split(name), Seconds), true, Hashing, name, 1);
        }

        for (var i = 0; i < 40 * scale; i++)
        {
            var name = $"under-{i}";
            yield return Load(HashingBurst.DrawUnderHonest(chance.Split(name), Seconds), true, UnderHonest, name, UnderHonestWeight);
        }

        foreach (var kind in HonestBurst.Classes)
        {
            for (var i = 0; i < 15 * scale; i++)
            {
                var name = $"{kind}-{i}";
                yield return Load(HonestBurst.Draw(kind, chance.Split(name), Seconds), false, Honest, name, HonestWeight);
            }
        }
    }

    private static BurstLoad Load(float[] values, bool hashing, string set, string name, double weight) => new(
        new LoadSeries(MeterId.Of(name), Start, TimeSpan.FromSeconds(1), values, new QualityFlags[values.Length]), hashing, set, name, name, weight);
}
