// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;
using Detector.Testing;

namespace Detector.Analysis.Tests.Traps;

/// <summary>Loads that run for a part of the day, made apart from the simulator that the model was trained on: mines by a timer are cases, honest loads by a timer are none.</summary>
internal sealed class LoadsByTheClockTests
{
    private const int Days = 91;
    private const int Hours = Days * 24;
    private const int Sites = 10;

    [TestCase(0, 0, 0.0, Description = "never off")]
    [TestCase(17, 22, 0.0)]
    [TestCase(18, 20, 0.0)]
    [TestCase(8, 20, 0.0, Description = "off for half of the day: its median lies between rest and running")]
    [TestCase(7, 19, 0.03)]
    [TestCase(7, 21, 0.0)]
    [TestCase(6, 22, 0.0, Description = "off for two thirds")]
    [TestCase(9, 21, 0.15)]
    [TestCase(9, 21, 0.25, Description = "throttled instead of off")]
    public void Mines_that_are_off_for_a_part_of_every_day_are_cases(int from, int to, double rest)
    {
        var verdicts = Enumerable.Range(1, Sites).Select(seed => Judged(Mine(new Random(seed), hour => hour >= from && hour < to ? rest : 1))).ToList();
        Assert.That(verdicts.Count(v => v == Verdict.Case), Is.GreaterThanOrEqualTo(Sites - 1), string.Join(' ', verdicts));
    }

    [Test]
    public void Mines_that_are_off_on_working_days_alone_are_cases()
    {
        var verdicts = Enumerable.Range(1, Sites).Select(seed => Judged(Mine(new Random(seed), (hour, day) => hour is >= 8 and < 20 && day % 7 < 5 ? 0 : 1))).ToList();
        Assert.That(verdicts.Count(v => v == Verdict.Case), Is.GreaterThanOrEqualTo(Sites - 1), string.Join(' ', verdicts));
    }

    [TestCase("shops")]
    [TestCase("two shifts")]
    [TestCase("pumps by night")]
    [TestCase("street lights")]
    public void Honest_loads_that_rest_for_a_part_of_every_day_are_no_case(string kind)
    {
        var verdicts = Enumerable.Range(1, Sites).Select(seed => Judged(Honest(kind, new Random(seed)))).ToList();
        Assert.That(verdicts, Has.None.EqualTo(Verdict.Case));
    }

    private static Verdict Judged(double[] kilowatts) => TrapLoad.Hourly(kilowatts).Judged().Verdict;

    private static double[] Mine(Random random, Func<int, double> running) => Mine(random, (hour, _) => running(hour));

    /// <summary>Machines of 3.3 kW that fail and are mended, under weather, with an outage every ten days or so.</summary>
    private static double[] Mine(Random random, Func<int, int, double> running)
    {
        var machines = random.Next(15, 150);
        var (down, weather, wander) = (0, 0.0, 0.0);
        var load = new double[Hours];
        for (var h = 0; h < Hours; h++)
        {
            down += Enumerable.Range(0, machines - down).Count(_ => random.NextDouble() < 0.0002) - Enumerable.Range(0, down).Count(_ => random.NextDouble() < 0.01);
            weather = (0.97 * weather) + (0.5 * random.Normal());
            wander = (0.9 * wander) + (0.0017 * random.Normal());
            var celsius = 10 + (8 * Math.Sin(h / 24.0 * 2 * Math.PI / Days)) + (4 * Math.Sin(((h % 24) - 9) / 24.0 * 2 * Math.PI)) + weather;
            load[h] = (machines - down) * 3.3 * (1.03 + (0.002 * Math.Max(0, celsius))) * (1 + wander + (0.003 * random.Normal())) * running(h % 24, h / 24);
        }

        for (var at = Gap(random); at < Hours - 3; at += Gap(random))
        {
            var lasts = 0.2 + (2.3 * random.NextDouble());
            for (var k = 0; k < lasts; k++)
            {
                load[at + k] *= 1 - (0.97 * Math.Min(1, lasts - k));
            }
        }

        return load;
    }

    private static double[] Honest(string kind, Random random)
    {
        var level = 30 + (200 * random.NextDouble());
        var (opens, closes, season) = (random.Next(6, 10), random.Next(17, 22), random.NextDouble());
        var (slow, fast) = (0.0, 0.0);
        var load = new double[Hours];
        for (var h = 0; h < Hours; h++)
        {
            slow = (0.995 * slow) + (0.005 * random.Normal());
            fast = (0.75 * fast) + (0.05 * random.Normal());
            var (hour, day) = (h % 24, h / 24 % 7);
            var night = 5.5 + (1.5 * Math.Cos(2 * Math.PI * ((h / 24.0 / 365) + season))); // half of the dark hours
            var share = kind switch
            {
                "shops" => 0.1 + (hour >= opens && hour < closes && day < 6 ? 0.8 + (0.15 * Math.Sin((hour - 8) / 24.0 * 2 * Math.PI)) + fast : 0),
                "two shifts" => 0.08 + (hour is >= 6 and < 22 && day < 6 ? 0.8 + fast : 0),
                "pumps by night" => hour >= closes || hour < opens ? Math.Clamp(1 + (3 * fast), 0.2, 1.2) : 0,
                _ => Math.Clamp(night - Math.Min(hour, 24 - hour) + 0.5, 0, 1),
            };
            load[h] = level * share * (kind == "street lights" ? 1 + (0.004 * random.Normal()) : (1 + slow) * (1 + (0.02 * random.Normal())));
        }

        return load;
    }

    private static int Gap(Random random) => 1 + (int)random.Exponential(240);
}
