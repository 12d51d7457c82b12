// SPDX-License-Identifier: Apache-2.0
namespace Detector.Simulation;

/// <summary>A seeded source of chance that gives the same numbers on every machine and splits by name.</summary>
/// <remarks>
/// Generator: xoshiro256** (Blackman and Vigna, "Scrambled linear pseudorandom number generators", 2021), seeded by
/// SplitMix64 (Steele, Lea, Flood, 2014). A child made by <see cref="Split"/> depends on the seed and the names alone, never on
/// how many numbers the parent gave: adding a site or a draw changes nothing elsewhere.
/// </remarks>
public sealed class Prng
{
    private readonly ulong _key;
    private ulong _s0;
    private ulong _s1;
    private ulong _s2;
    private ulong _s3;

    /// <summary>A generator of this seed.</summary>
    public Prng(long seed)
        : this(unchecked((ulong)seed))
    {
    }

    private Prng(ulong key)
    {
        _key = key;
        _s0 = Next(ref key);
        _s1 = Next(ref key);
        _s2 = Next(ref key);
        _s3 = Next(ref key);
    }

    /// <summary>The generator of a named part: the same for the same seed and name, whatever was drawn before.</summary>
    public Prng Split(string name)
    {
        // FNV-1a, 64 bit, over UTF-16 code units: stable, unlike string.GetHashCode.
        var hash = 14695981039346656037UL;
        foreach (var c in name)
        {
            hash = unchecked((hash ^ c) * 1099511628211UL);
        }

        var mixed = unchecked(_key + hash);
        return new Prng(Next(ref mixed) ^ hash);
    }

    /// <summary>64 random bits.</summary>
    public ulong Bits()
    {
        unchecked
        {
            var result = ulong.RotateLeft(_s1 * 5, 7) * 9;
            var t = _s1 << 17;
            _s2 ^= _s0;
            _s3 ^= _s1;
            _s1 ^= _s2;
            _s0 ^= _s3;
            _s2 ^= t;
            _s3 = ulong.RotateLeft(_s3, 45);
            return result;
        }
    }

    /// <summary>Uniform over 0 (in) to 1 (out), 53 bits.</summary>
    public double Unit() => (Bits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform over a range.</summary>
    public double Uniform(double low, double high) => low + ((high - low) * Unit());

    /// <summary>Uniform in the logarithm over a range; both ends over zero.</summary>
    public double LogUniform(double low, double high) =>
        PortableMath.Exp(Uniform(PortableMath.Log(low), PortableMath.Log(high)));

    /// <summary>A whole number from <paramref name="low"/> up to and without <paramref name="high"/>.</summary>
    public int Whole(int low, int high) => low + (int)((high - low) * Unit());

    /// <summary>True with this probability, 0 to 1.</summary>
    public bool Chance(double probability) => Unit() < probability;

    /// <summary>Standard normal.</summary>
    public double Normal() => NormalQuantile.Of((Unit() * (1 - 2e-16)) + 1e-16);

    /// <summary>Exponential with this mean.</summary>
    public double Exponential(double mean) => -mean * PortableMath.Log(1 - Unit());

    /// <summary>Log-normal by its median and the deviation of its logarithm.</summary>
    public double LogNormal(double median, double logDeviation) => median * PortableMath.Exp(logDeviation * Normal());

    /// <summary>One of these, each as likely.</summary>
    public T Pick<T>(IReadOnlyList<T> of) => of[Whole(0, of.Count)];

    private static ulong Next(ref ulong state)
    {
        unchecked
        {
            state += 0x9E3779B97F4A7C15UL;
            var z = state;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
            return z ^ (z >> 31);
        }
    }
}
