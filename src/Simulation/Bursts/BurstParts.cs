// SPDX-License-Identifier: Apache-2.0
namespace Detector.Simulation.Bursts;

/// <summary>Parts of which loads of seconds are made: each is added to, or scales, an array of one value a second.</summary>
internal static class BurstParts
{
    /// <summary>Adds Gaussian noise with an exponential memory (Ornstein-Uhlenbeck, sampled each second).</summary>
    public static void Noise(Prng chance, Span<double> to, double deviation, double memorySeconds)
    {
        var memory = PortableMath.Exp(-1 / memorySeconds);
        var innovation = deviation * Math.Sqrt(1 - (memory * memory));
        var value = deviation * chance.Normal();
        foreach (ref var v in to)
        {
            v += value;
            value = (memory * value) + (innovation * chance.Normal());
        }
    }

    /// <summary>Adds a settling from an offset, as of a machine that warms up.</summary>
    public static void Settle(Span<double> to, double offset, double settleSeconds)
    {
        for (var i = 0; i < to.Length; i++)
        {
            to[i] += offset * PortableMath.Exp(-i / settleSeconds);
        }
    }

    /// <summary>Adds steps that stay, at random moments.</summary>
    public static void Steps(Prng chance, Span<double> to, double meanSecondsBetween, double size)
    {
        var level = 0.0;
        var next = chance.Exponential(meanSecondsBetween);
        for (var i = 0; i < to.Length; i++)
        {
            while (i >= next)
            {
                level += chance.Chance(0.5) ? size : -size;
                next += chance.Exponential(meanSecondsBetween);
            }

            to[i] += level;
        }
    }

    /// <summary>Adds pulses of random length at random moments; a negative height is a dip.</summary>
    public static void Pulses(Prng chance, Span<double> to, double meanSecondsBetween, double height, double shortest, double longest)
    {
        for (var at = chance.Exponential(meanSecondsBetween); at < to.Length; at += chance.Exponential(meanSecondsBetween))
        {
            var end = Math.Min(to.Length, at + chance.Uniform(shortest, longest));
            for (var i = (int)at; i < end; i++)
            {
                to[i] += height;
            }
        }
    }

    /// <summary>Adds a two-level cycle with some jitter of its period.</summary>
    public static void Cycle(Prng chance, Span<double> to, double periodSeconds, double onShare, double height)
    {
        var start = -chance.Unit() * periodSeconds;
        while (start < to.Length)
        {
            var period = periodSeconds * chance.Uniform(0.85, 1.15);
            for (var i = (int)Math.Max(0, start); i < Math.Min(to.Length, start + (onShare * period)); i++)
            {
                to[i] += height;
            }

            start += period;
        }
    }

    /// <summary>Adds a ripple.</summary>
    public static void Ripple(Prng chance, Span<double> to, double periodSeconds, double amplitude)
    {
        var phase = chance.Unit();
        for (var i = 0; i < to.Length; i++)
        {
            to[i] += amplitude * PortableMath.SineOfTurns(phase + (i / periodSeconds));
        }
    }

    /// <summary>What a meter makes of it: noise of its own, held values, significant digits; kW at a level of its own.</summary>
    public static float[] Metered(Prng chance, ReadOnlySpan<double> load)
    {
        var level = chance.LogUniform(0.5, 5000);
        var noise = chance.LogUniform(3e-5, 1e-3);
        var digits = chance.Whole(3, 6);
        var holds = chance.Chance(0.1) ? chance.Whole(2, 4) : 1;
        var values = new float[load.Length];
        for (var i = 0; i < values.Length; i++)
        {
            var kilowatts = Math.Max(0, load[i]) * level * (1 + (noise * chance.Normal()));
            values[i] = i % holds == 0 || i == 0 ? (float)Written(kilowatts, digits) : values[i - 1];
        }

        return values;
    }

    private static double Written(double value, int digits)
    {
        if (value <= 0)
        {
            return 0;
        }

        var scale = Math.Pow(10, digits - 1 - (int)Math.Floor(Math.Log10(value)));
        return Math.Round(value * scale) / scale;
    }
}
