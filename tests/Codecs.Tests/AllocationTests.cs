// SPDX-License-Identifier: Apache-2.0
namespace Detector.Codecs;

/// <summary>Decoding meters that are known costs no memory, neither a message nor a reading.</summary>
internal sealed class AllocationTests
{
    private const int Messages = 1000;

    // Sparkplug's parser builds an object for each metric, as its folder's README says.
    private static IEnumerable<string> Codecs() => Bench.CodecNames.Where(name => name != "sparkplug-b");

    [TestCaseSource(nameof(Codecs))]
    public void Decoding_allocates_nothing(string codec)
    {
        var readings = new ReadingBuffer();
        Assert.Multiple(() =>
        {
            foreach (var example in Bench.Examples(codec).Where(e => !e.IsRejected && e.Name != "twice_in_autumn.in"))
            {
                // (For the one hour a year that comes twice the platform answers with an array.)
                // Tiered compilation may allocate a little on this thread; a message that allocated would cost 24 bytes or more each.
                Assert.That(BytesOf(example, readings), Is.LessThan(Messages * 24 / 4), example.Name);
            }
        });
    }

    private static long BytesOf(Example example, ReadingBuffer readings)
    {
        for (var warm = 0; warm < 100; warm++)
        {
            readings.Clear();
            example.Decode(example.Payload, readings);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Messages; i++)
        {
            readings.Clear();
            example.Decode(example.Payload, readings);
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
