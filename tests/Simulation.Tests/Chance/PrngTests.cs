// SPDX-License-Identifier: Apache-2.0
using CsCheck;

namespace Detector.Simulation.Tests.Chance;

public sealed class PrngTests
{
    [Test]
    public void First_numbers_of_a_seed_are_frozen()
    {
        var chance = new Prng(1);
        Assert.That((chance.Bits(), chance.Bits()), Is.EqualTo((FirstBits, SecondBits)));
    }

    // SplitMix64 from 1 fills the state of xoshiro256**; these are its first two outputs.
    private const ulong FirstBits = 12966619160104079557UL;
    private const ulong SecondBits = 9600361134598540522UL;

    [Test]
    public void A_split_does_not_depend_on_what_was_drawn_before()
    {
        var drawn = new Prng(7);
        for (var i = 0; i < 100; i++)
        {
            drawn.Bits();
        }

        Assert.That(drawn.Split("roof").Bits(), Is.EqualTo(new Prng(7).Split("roof").Bits()));
    }

    [Test]
    public void Splits_of_other_names_and_other_orders_differ()
    {
        var chance = new Prng(7);
        ulong[] first =
        [
            chance.Split("a").Bits(), chance.Split("b").Bits(), chance.Split("a").Split("b").Bits(), chance.Split("b").Split("a").Bits(),
            chance.Split("ab").Bits(), new Prng(8).Split("a").Bits(),
        ];
        Assert.That(first, Is.Unique);
    }

    [Test]
    public void Draws_have_the_moments_of_their_distributions()
    {
        var chance = new Prng(3);
        var normal = Enumerable.Range(0, 200_000).Select(_ => chance.Normal()).ToArray();
        var exponential = Enumerable.Range(0, 200_000).Select(_ => chance.Exponential(3)).ToArray();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(normal.Average(), Is.EqualTo(0).Within(0.01));
            Assert.That(normal.Average(v => v * v), Is.EqualTo(1).Within(0.01));
            Assert.That(normal.Average(v => v * v * v * v), Is.EqualTo(3).Within(0.1));
            Assert.That(exponential.Average(), Is.EqualTo(3).Within(0.03));
        }
    }

    [Test]
    public void Whole_numbers_stay_in_their_range() =>
        Gen.Select(Gen.Long, Gen.Int[-50, 50], Gen.Int[1, 100]).Sample(
            (seed, low, width) => new Prng(seed).Whole(low, low + width) is var n && n >= low && n < low + width, iter: 500, threads: 1);
}
