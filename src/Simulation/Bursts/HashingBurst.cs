// SPDX-License-Identifier: Apache-2.0
namespace Detector.Simulation.Bursts;

/// <summary>Hashing as a meter of seconds sees it: N machines at a fixed operating point.</summary>
/// <remarks>
/// A machine holds its power within 0.3 to 3 %, independent of the others; what all share is temperature, fans, the pool and retuning. The figures
/// are those of the mining section of the domain notes, drawn wide, because no site was ever recorded at a second.
/// </remarks>
public static class HashingBurst
{
    /// <summary>One load, a value a second, in kW as metered.</summary>
    /// <param name="chance">Where it is drawn from.</param>
    /// <param name="seconds">Length in seconds.</param>
    public static float[] Draw(Prng chance, int seconds) => BurstParts.Metered(chance.Split("meter"), Load(chance, seconds));

    /// <summary>Hashing under an honest load of servers or motors that moves; hashing is half to nine tenths of it.</summary>
    public static float[] DrawUnderHonest(Prng chance, int seconds)
    {
        var share = chance.Uniform(0.5, 0.9);
        var hashing = Load(chance.Split("hashing"), seconds);
        var honest = HonestBurst.Load(chance.Pick(HonestBurst.Moving), chance.Split("honest"), seconds);
        for (var i = 0; i < hashing.Length; i++)
        {
            hashing[i] = (share * hashing[i]) + ((1 - share) * honest[i]);
        }

        return BurstParts.Metered(chance.Split("meter"), hashing);
    }

    internal static double[] Load(Prng chance, int seconds)
    {
        var load = new double[seconds];
        Array.Fill(load, 1.0);
        var machines = Math.Round(chance.LogUniform(1, 3000));
        BurstParts.Noise(chance, load, chance.LogUniform(0.003, 0.03) / Math.Sqrt(machines), chance.LogUniform(0.3, 20));
        BurstParts.Noise(chance, load, chance.LogUniform(1e-4, 5e-3), chance.LogUniform(20, 900));
        if (chance.Chance(0.3))
        {
            BurstParts.Settle(load, chance.Uniform(-0.015, 0.01), chance.Uniform(30, 300));
        }

        if (chance.Chance(0.3))
        {
            BurstParts.Steps(chance, load, chance.LogUniform(40, 400), chance.LogUniform(5e-4, 5e-3));
        }

        Cooling(chance, load);
        Outages(chance, load, machines);
        return load;
    }

    private static void Cooling(Prng chance, double[] load)
    {
        if (!chance.Chance(0.3))
        {
            return;
        }

        var share = chance.Uniform(0.01, 0.06);
        if (chance.Chance(0.5))
        {
            BurstParts.Cycle(chance, load, chance.LogUniform(30, 600), chance.Uniform(0.2, 0.8), share * chance.Uniform(0.1, 0.5));
        }
        else
        {
            BurstParts.Ripple(chance, load, chance.LogUniform(20, 600), share * chance.Uniform(0.02, 0.2));
        }
    }

    private static void Outages(Prng chance, double[] load, double machines)
    {
        const double RestartSeconds = 86_400; // a machine restarts about once a day
        BurstParts.Pulses(chance, load, RestartSeconds / machines, -1 / machines, 60, 240);
        if (chance.Chance(0.08))
        {
            BurstParts.Pulses(chance, load, load.Length, -chance.Uniform(0.3, 0.9), 1, 8); // the pool changes its work or is away for a moment
        }

        if (chance.Chance(0.06))
        {
            load[0] *= chance.Uniform(0.2, 0.9); // the recording began as the load did
        }
    }
}
