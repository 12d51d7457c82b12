// SPDX-License-Identifier: Apache-2.0
using CsCheck;
using Detector.Detection.Change;

namespace Detector.Detection.Tests.Change;

/// <summary>Order statistics by shortcut are those by definition, to the bit.</summary>
internal sealed class OrderTests
{
    private static readonly Gen<float[]> Loads = Gen.OneOf(
        Gen.Int[-40, 400].Select(v => v / 10f),
        Gen.Float[0f, 1e4f],
        Gen.OneOf(Gen.Const(float.NaN), Gen.Const(0f), Gen.Const(12.5f))).Array[0, 400];

    [Test]
    public void The_median_distance_is_that_of_all_distances_sorted() => Loads.Sample(load =>
    {
        float[] known = [.. load.Where(v => !float.IsNaN(v)).Order()];
        var middle = Order.At(known, 0.5);
        float[] distances = [.. known.Select(v => Math.Abs(v - middle)).Order()];
        return BitConverter.SingleToInt32Bits(Order.Mad(load)) == BitConverter.SingleToInt32Bits(Order.At(distances, 0.5));
    });

    [Test]
    public void Known_values_ascend() => Loads.Sample(load => Order.Known(load).SequenceEqual(load.Where(v => !float.IsNaN(v)).Order()));
}
