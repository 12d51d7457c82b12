// SPDX-License-Identifier: Apache-2.0
using Detector.Analysis.Baselines;
using Detector.Analysis.Statistics;

namespace Detector.Analysis.Tests.Baselines;

internal sealed class BaselineTests
{
    private static readonly BaselineSample[] Samples =
    [
        .. Enumerable.Range(0, 60).Select(i => new BaselineSample(
            i % 3 == 0 ? Flat(i) : WindowStatistics.Of(Loads.Window(Loads.Building($"b{i}", i, 100)).Series), i % 3 == 0, 1)),
    ];

    [Test]
    public void Statistics_of_a_worked_day()
    {
        // 24 h a day at 1 kW but for six hours at 3 kW: mean 1.5, so the load factor is 1.5/3 and the amplitude (3 - 1)/1.5.
        var statistics = WindowStatistics.Of(Loads.Hours("m", 28 * 24, i => i % 24 < 6 ? 3 : 1));
        Assert.Multiple(() =>
        {
            Assert.That(statistics.LoadFactor, Is.EqualTo(0.5).Within(1e-6));
            Assert.That(statistics.DailyAmplitude, Is.EqualTo(2 / 1.5).Within(1e-6));
            Assert.That(statistics.Variation, Is.EqualTo(Math.Sqrt(0.75) / 1.5).Within(1e-3));
            Assert.That(statistics.Values, Is.All.Matches<double>(double.IsFinite));
        });
    }

    [Test]
    public void Every_baseline_tells_a_flat_load_from_an_office()
    {
        foreach (var baseline in BaselineCatalog.Default().All.Where(b => b is not IsolationForest))
        {
            baseline.Fit(Samples[..40], 1);
            var auc = new Ranking(Samples[40..].Select((s, i) => new Ranked(baseline.Score(s.Window), s.Mining, 1, i))).Auc();
            Assert.That(auc, Is.GreaterThan(0.95), baseline.Name);
        }
    }

    [Test]
    public void The_isolation_forest_finds_what_honest_load_never_shows()
    {
        var forest = new IsolationForest();
        forest.Fit(Samples, 1);
        var honest = Samples.Where(s => !s.Mining).Average(s => forest.Score(s.Window));
        Assert.That(forest.Score(WindowStatistics.Of(Loads.Hours("m", 28 * 24, i => i % 2 == 0 ? 5 : 0.1))), Is.GreaterThan(honest + 0.1));
    }

    [Test]
    public void Scores_repeat_for_the_same_seed()
    {
        foreach (var (one, other) in BaselineCatalog.Default().All.Zip(BaselineCatalog.Default().All))
        {
            one.Fit(Samples, 5);
            other.Fit(Samples, 5);
            Assert.That(one.Score(Samples[1].Window), Is.EqualTo(other.Score(Samples[1].Window)), one.Name);
        }
    }

    private static WindowStatistics Flat(int seed)
    {
        var random = new Random(seed);
        return WindowStatistics.Of(Loads.Hours("m", 91 * 24, _ => 100 + random.NextDouble()));
    }
}
