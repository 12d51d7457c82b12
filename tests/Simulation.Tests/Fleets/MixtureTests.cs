// SPDX-License-Identifier: Apache-2.0
namespace Detector.Simulation.Tests.Fleets;

public sealed class MixtureTests
{
    private static readonly Region Region = Simulation.Region.All[0];

    [Test]
    public void The_share_since_the_onset_is_as_stated([Values] bool fromOnset, [Values(1, 2, 3, 4, 5, 6)] int seed)
    {
        var around = Around();
        var mixed = SiteLoad.Mixed("steady", fromOnset, around, new Prng(seed));
        var host = Host(around, seed, mixed.LoadClass);
        var first = around.Grid.StepAt(mixed.Onset ?? 0);
        var total = mixed.Kilowatts[first..].Sum();
        Assert.That((total - host[first..].Sum()) / total, Is.EqualTo(mixed.MiningShare).Within(1e-9));
    }

    [Test]
    public void Nothing_is_mined_before_the_onset([Values(1, 2, 3)] int seed)
    {
        var around = Around();
        var mixed = SiteLoad.Mixed("steady", fromOnset: true, around, new Prng(seed));
        var onset = around.Grid.StepAt(mixed.Onset!.Value);
        var host = Host(around, seed, mixed.LoadClass);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(mixed.Kilowatts[..onset], Is.EqualTo(host[..onset]));
            Assert.That(mixed.Kilowatts[onset], Is.GreaterThan(host[onset]));
            Assert.That(mixed.Onset, Is.InRange(0.3 * around.Grid.Hours, 0.7 * around.Grid.Hours));
        }
    }

    private static double[] Host(Surroundings around, int seed, string loadClass) => SiteLoad.Honest(loadClass, around, new Prng(seed).Split("host")).Kilowatts;

    private static Surroundings Around() => new(new Grid(Measures.Start, TimeSpan.FromHours(1), 24 * 40), Region, 1);
}
