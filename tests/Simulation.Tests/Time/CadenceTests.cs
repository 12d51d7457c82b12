// SPDX-License-Identifier: Apache-2.0
using CsCheck;

namespace Detector.Simulation.Tests.Time;

public sealed class CadenceTests
{
    private static readonly string[] Loads = [.. HonestLoad.Classes, .. MiningLoad.Styles, .. MiningLoad.Evasions];

    [TestCaseSource(nameof(Loads))]
    public void Four_quarter_hours_hold_the_energy_of_their_hour(string load)
    {
        var quarters = Of(load, TimeSpan.FromMinutes(15), 4 * 24 * 20, 5);
        var hours = Of(load, TimeSpan.FromHours(1), 24 * 20, 5);
        var sums = quarters.Chunk(4).Select(q => q.Average(v => (double)v)).ToArray();
        Assert.That(Enumerable.Range(0, hours.Length).Max(i => Math.Abs(sums[i] - hours[i]) / (hours[i] + 1e-6)), Is.LessThan(1e-5));
    }

    [TestCaseSource(nameof(Loads))]
    public void Every_cadence_from_a_tenth_of_a_second_to_a_day_gives_power(string load) =>
        Gen.Select(Measures.OneOf(0.1, 1.0, 7.0, 60.0, 420.0, 600.0, 900.0, 3600.0, 86400.0), Gen.Long).Sample(
            (seconds, seed) => Of(load, TimeSpan.FromSeconds(seconds), 50, seed).All(v => float.IsFinite(v) && v >= 0), iter: 25, threads: 1);

    [TestCaseSource(nameof(Loads))]
    public void No_slots_give_no_power(string load) => Assert.That(Of(load, TimeSpan.FromHours(1), 0, 1), Is.Empty);

    [Test]
    public void A_second_shows_more_of_training_than_of_mining()
    {
        var training = Enumerable.Range(0, 9).Select(s => Flutter(Of("ai_training", TimeSpan.FromSeconds(1), 3600, s)));
        var mining = Enumerable.Range(0, 9).Select(s => Flutter(Of("steady", TimeSpan.FromSeconds(1), 3600, s)));
        Assert.That(Measures.Median(training), Is.GreaterThan(5 * Measures.Median(mining)));
    }

    private static float[] Of(string load, TimeSpan cadence, int count, long seed) =>
        MiningLoad.Styles.Concat(MiningLoad.Evasions).Contains(load)
            ? MiningLoad.Generate(Measures.Plan(load, seed), Measures.Start, cadence, count, seed)
            : HonestLoad.Generate(new HonestPlan(load, 500, Region.All[2]), Measures.Start, cadence, count, seed);

    private static double Flutter(float[] load) => Measures.Median(load.Zip(load.Skip(1), (a, b) => (double)Math.Abs(a - b))) / Measures.Mean(load);
}
