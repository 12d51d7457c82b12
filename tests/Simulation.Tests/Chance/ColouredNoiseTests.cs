// SPDX-License-Identifier: Apache-2.0
namespace Detector.Simulation.Tests.Chance;

public sealed class ColouredNoiseTests
{
    [TestCase(0.25, 2.0)]
    [TestCase(0.25, 30.0)]
    [TestCase(1.0, 3.0)]
    public void A_slow_noise_keeps_its_deviation_and_memory(double cadenceHours, double memoryHours)
    {
        var grid = new Grid(Measures.Start, TimeSpan.FromHours(cadenceHours), 200_000);
        var slots = grid.Average(Lifted(ColouredNoise.Of(new Prng(1), grid, 0.02, memoryHours)));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Measures.Cv(slots), Is.EqualTo(0.02).Within(0.003));
            Assert.That(Measures.Correlation(slots, 1), Is.EqualTo(CorrelationOfMeans(cadenceHours / memoryHours)).Within(0.03));
        }
    }

    [Test]
    public void A_fast_noise_shows_at_a_second_and_is_gone_at_a_quarter_hour()
    {
        var second = new Grid(Measures.Start, TimeSpan.FromSeconds(1), 20_000);
        var quarter = new Grid(Measures.Start, TimeSpan.FromMinutes(15), 20_000);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Measures.Cv(second.Average(Lifted(ColouredNoise.Of(new Prng(1), second, 0.05, 3.0 / 3600)))), Is.EqualTo(0.05).Within(0.005));
            Assert.That(Measures.Cv(quarter.Average(Lifted(ColouredNoise.Of(new Prng(1), quarter, 0.05, 3.0 / 3600)))), Is.LessThan(0.006));
        }
    }

    // Neighbouring means of an Ornstein-Uhlenbeck process over h: (1 - exp(-h/t))^2 / (2 (h/t - 1 + exp(-h/t))).
    private static double CorrelationOfMeans(double x) => (1 - Math.Exp(-x)) * (1 - Math.Exp(-x)) / (2 * (x - 1 + Math.Exp(-x)));

    private static double[] Lifted(double[] noise) => [.. noise.Select(v => 1 + v)];
}
