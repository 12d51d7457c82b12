// SPDX-License-Identifier: Apache-2.0
using CsCheck;

namespace Detector.Metering.Tests;

/// <summary>Sorting by digits gives what sorting by comparison gives.</summary>
internal sealed class AscendingTests
{
    private static readonly Gen<float> Values = Gen.OneOf(
        Gen.Float.Where(v => !float.IsNaN(v)),
        Gen.Int[-50, 50].Select(v => v / 10f),
        Gen.OneOf(Gen.Const(0f), Gen.Const(float.PositiveInfinity), Gen.Const(float.NegativeInfinity), Gen.Const(float.Epsilon), Gen.Const(-float.Epsilon), Gen.Const(float.MaxValue)));

    [Test]
    public void Values_come_in_the_order_of_comparison() => Values.Array[0, 700].Sample(values =>
    {
        float[] byDigits = [.. values], byComparison = [.. values];
        Ascending.Sort(byDigits);
        Array.Sort(byComparison);
        return byDigits.SequenceEqual(byComparison);
    });

    [Test]
    public void A_long_load_of_one_value_and_of_two_is_sorted()
    {
        float[] one = [.. Enumerable.Repeat(7.25f, 5000)];
        float[] two = [.. Enumerable.Range(0, 5000).Select(i => i % 2 == 0 ? 180.5f : -3f)];
        Ascending.Sort(one);
        Ascending.Sort(two);
        Assert.Multiple(() =>
        {
            Assert.That(one, Is.All.EqualTo(7.25f));
            Assert.That(two.Take(2500), Is.All.EqualTo(-3f));
            Assert.That(two.Skip(2500), Is.All.EqualTo(180.5f));
        });
    }
}
