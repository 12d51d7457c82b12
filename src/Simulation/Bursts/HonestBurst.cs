// SPDX-License-Identifier: Apache-2.0
namespace Detector.Simulation.Bursts;

/// <summary>Honest loads of seconds of which there are no recordings: one class a name.</summary>
/// <remarks>Some are flatter than hashing: a lamp, a heater, an idle server. They are here so that flatness alone is not learned.</remarks>
public static class HonestBurst
{
    /// <summary>Every class.</summary>
    public static IReadOnlyList<string> Classes { get; } = ["servers", "idle_servers", "resistive", "motors", "pump", "office", "ai_training"];

    /// <summary>Classes that move enough to hide under.</summary>
    internal static IReadOnlyList<string> Moving { get; } = ["servers", "motors", "office", "ai_training"];

    /// <summary>One load, a value a second, in kW as metered.</summary>
    /// <param name="kind">One of <see cref="Classes"/>.</param>
    /// <param name="chance">Where it is drawn from.</param>
    /// <param name="seconds">Length in seconds.</param>
    public static float[] Draw(string kind, Prng chance, int seconds)
    {
        ArgumentNullException.ThrowIfNull(chance);
        return BurstParts.Metered(chance.Split("meter"), Load(kind, chance, seconds));
    }

    internal static double[] Load(string kind, Prng chance, int seconds)
    {
        var load = new double[seconds];
        Array.Fill(load, 1.0);
        switch (kind)
        {
            case "servers":
                Servers(chance, load);
                break;
            case "idle_servers":
                BurstParts.Noise(chance, load, chance.LogUniform(1e-4, 3e-3), chance.LogUniform(0.3, 3));
                BurstParts.Pulses(chance, load, chance.LogUniform(10, 90), chance.LogUniform(0.003, 0.06), 1, 4);
                break;
            case "resistive":
                BurstParts.Noise(chance, load, chance.LogUniform(2e-4, 5e-3), chance.LogUniform(2, 300)); // the supply's voltage, squared
                BurstParts.Steps(chance, load, 400, chance.LogUniform(1e-3, 6e-3)); // a transformer's tap
                break;
            case "motors":
                Motors(chance, load);
                break;
            case "pump":
                BurstParts.Ripple(chance, load, chance.LogUniform(2, 30), chance.LogUniform(0.003, 0.04));
                BurstParts.Noise(chance, load, chance.LogUniform(1e-3, 0.01), chance.LogUniform(1, 60));
                break;
            case "office":
                BurstParts.Steps(chance, load, chance.LogUniform(5, 60), chance.LogUniform(0.005, 0.08));
                BurstParts.Noise(chance, load, chance.LogUniform(1e-3, 0.01), chance.LogUniform(1, 30));
                break;
            case "ai_training":
                Training(chance, load);
                break;
            default:
                throw new ArgumentException($"There is no class '{kind}'.", nameof(kind));
        }

        return load;
    }

    private static void Servers(Prng chance, double[] load)
    {
        var servers = chance.LogUniform(5, 3000);
        BurstParts.Noise(chance, load, chance.Uniform(0.05, 0.4) / Math.Sqrt(servers), chance.LogUniform(0.5, 10));
        BurstParts.Noise(chance, load, chance.LogUniform(0.003, 0.05), chance.LogUniform(10, 300)); // what their users do together
        BurstParts.Pulses(chance, load, chance.LogUniform(20, 200), chance.LogUniform(0.005, 0.1), 2, 30);
    }

    private static void Motors(Prng chance, double[] load)
    {
        for (var motor = chance.Whole(1, 5); motor > 0; motor--)
        {
            var height = chance.Uniform(0.1, 1.5);
            var period = chance.LogUniform(20, 400);
            BurstParts.Cycle(chance, load, period, chance.Uniform(0.2, 0.8), height);
            BurstParts.Pulses(chance, load, period, height * chance.Uniform(0.2, 1), 1, 2); // inrush
        }

        BurstParts.Noise(chance, load, chance.LogUniform(2e-3, 0.03), chance.LogUniform(0.5, 20));
    }

    private static void Training(Prng chance, double[] load)
    {
        var depth = chance.LogUniform(0.02, 0.5);
        BurstParts.Cycle(chance, load, chance.LogUniform(1.5, 25), chance.Uniform(0.1, 0.5), -depth); // an iteration's exchange of gradients
        BurstParts.Noise(chance, load, chance.LogUniform(2e-3, 0.04), chance.LogUniform(0.3, 5));
        BurstParts.Pulses(chance, load, chance.LogUniform(40, 900), -chance.Uniform(0.2, 0.7), 3, 40); // checkpoints and evaluation
    }
}
