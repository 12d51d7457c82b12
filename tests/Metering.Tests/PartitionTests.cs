// SPDX-License-Identifier: Apache-2.0
namespace Detector.Metering.Tests;

/// <summary>Stored and spread by: these numbers may never change.</summary>
internal sealed class PartitionTests
{
    // FNV-1a of "a" is 0xE40C292C and of "foobar" 0xBF9CF968 (test vectors of the authors); taken modulo 64.
    [TestCase("a", 0x2C)]
    [TestCase("foobar", 0x28)]
    public void A_meter_stays_in_its_partition(string meter, int partition) => Assert.That(Partition.Of(MeterId.Of(meter)), Is.EqualTo(partition));

    [Test]
    public void Meters_spread_evenly()
    {
        var counts = Enumerable.Range(0, 64_000).CountBy(i => Partition.Of(MeterId.Of($"m-{i}"))).Select(c => c.Value).ToList();
        Assert.Multiple(() =>
        {
            Assert.That(counts, Has.Count.EqualTo(Partition.Count));
            Assert.That(counts, Has.All.InRange(700, 1300));
        });
    }
}
