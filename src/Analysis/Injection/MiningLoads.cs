// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;
using Detector.Simulation;

namespace Detector.Analysis.Injection;

/// <summary>Mining loads drawn from the physics of the simulation, on the clock of the site they are put into.</summary>
/// <remarks>Each load follows from the run's seed and its own key alone, so that training and judging never share one.</remarks>
internal sealed class MiningLoads(int seed)
{
    /// <summary>How often each style is drawn for mixtures; a style that is not named here counts 10.</summary>
    /// <remarks>Steady is what most sites do; the others are there so that none is unknown to the model.</remarks>
    private static readonly Dictionary<string, double> StyleWeights = new(StringComparer.Ordinal) { ["steady"] = 50, ["curtailed"] = 15, ["noisy"] = 5 };

    private const double UsualWeight = 10;

    /// <summary>Evasions that pure mining is trained on beside the usual styles.</summary>
    private static readonly string[] Answered = ["battery", "intermittent", "heating", "staggered", "wandering", "scheduled", "jittered"];

    /// <summary>The usual styles: what is mixed into honest loads, in training and in judging.</summary>
    public static IReadOnlyList<string> Styles => MiningLoad.Styles;

    /// <summary>The styles of pure mining that are trained on: the usual ones and the evasions that are answered.</summary>
    public static IReadOnlyList<string> Trained { get; } = [.. MiningLoad.Styles, .. Answered];

    /// <summary>Styles that are only judged: what an unknown one would do.</summary>
    public static IReadOnlyList<string> Unseen { get; } = [.. MiningLoad.Evasions.Except(Answered, StringComparer.Ordinal)];

    /// <summary>Chance of a key: the same for the same seed and key.</summary>
    public Prng Chance(string key) => new Prng(seed).Split(key);

    /// <summary>A style drawn by the weights of mixtures.</summary>
    public static string DrawStyle(Prng chance)
    {
        var at = chance.Unit() * Styles.Sum(Weight);
        foreach (var style in Styles)
        {
            at -= Weight(style);
            if (at < 0)
            {
                return style;
            }
        }

        return Styles[^1];
    }

    /// <summary>Mean kW of each slot of a mining load of about a level, on the slots of another load.</summary>
    /// <param name="style">One of <see cref="Trained"/> or <see cref="Unseen"/>.</param>
    /// <param name="kilowatts">Level while it mines, over zero.</param>
    /// <param name="like">Start, interval and number of slots.</param>
    /// <param name="timeZone">IANA zone whose clock a schedule follows.</param>
    /// <param name="key">Names this load among all of the run.</param>
    public float[] Draw(string style, double kilowatts, LoadSeries like, string timeZone, string key)
    {
        var chance = Chance(key);
        var plan = MiningPlan.Draw(style, kilowatts, SiteRegion.Draw(timeZone, like.Start, chance), chance);
        return MiningLoad.Generate(plan, like.Start, like.Cadence, like.Count, unchecked((long)chance.Bits()));
    }

    private static double Weight(string style) => StyleWeights.GetValueOrDefault(style, UsualWeight);
}
