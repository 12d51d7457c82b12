// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;
using Detector.Testing;

namespace Detector.Analysis.Tests.Traps;

/// <summary>Honest loads that know no day or no week, made apart from the simulator that the model was trained on: computing in jobs, pumps in stages, a machine that breaks its web, rain, buses at night.</summary>
internal sealed class HonestWorksTests
{
    private const int Hours = 91 * 24;
    private const int Sites = 10;

    [TestCase("cluster of jobs", DeclaredUse.Hpc, 1, Description = "full for half of its time, flat on top: mostly watched")]
    [TestCase("transfer pumps", DeclaredUse.Water, Sites / 2)]
    [TestCase("paper machine", DeclaredUse.Industrial, Sites / 2)]
    [TestCase("sewage works", DeclaredUse.Water, Sites)]
    [TestCase("depot of buses", DeclaredUse.Commercial, Sites)]
    public void They_are_no_case_whether_they_declare_their_use_or_not(string kind, DeclaredUse use, int leastClear)
    {
        foreach (var declared in new[] { DeclaredUse.Unknown, use })
        {
            var verdicts = Enumerable.Range(1, Sites).Select(seed => Judged(kind, seed, declared)).ToList();
            Assert.That(verdicts, Has.None.EqualTo(Verdict.Case), $"{declared}: {string.Join(' ', verdicts)}");
            Assert.That(verdicts.Count(v => v == Verdict.Clear), Is.GreaterThanOrEqualTo(leastClear), $"{declared}: {string.Join(' ', verdicts)}");
        }
    }

    /// <summary>A use is known by few references: what is none of them, and no mine, must not be watched for saying truly what it is.</summary>
    [TestCase("sewage works", DeclaredUse.Water)]
    [TestCase("depot of buses", DeclaredUse.Commercial)]
    public void Saying_truly_what_they_are_raises_nothing(string kind, DeclaredUse use)
    {
        var raised = Enumerable.Range(1, Sites).Where(seed => Judged(kind, seed, use) > Judged(kind, seed, DeclaredUse.Unknown));
        Assert.That(raised, Is.Empty);
    }

    private static Verdict Judged(string kind, int seed, DeclaredUse use)
    {
        var random = new Random(seed);
        var level = 50 * Math.Pow(20, random.NextDouble());
        var load = kind switch
        {
            "cluster of jobs" => Jobs(random),
            "transfer pumps" => Pumps(random),
            "paper machine" => Breaks(random),
            "sewage works" => Sewage(random),
            _ => Depot(random),
        };
        var slow = 0.0;
        for (var h = 0; h < Hours; h++)
        {
            slow = (0.99 * slow) + (0.0028 * random.Normal());
            load[h] *= level * (1 + slow + (0.008 * random.Normal()));
        }

        return (TrapLoad.Hourly(load) with { Use = use }).Judged().Verdict;
    }

    /// <summary>Jobs of minutes to a day that come at any time; nodes without one idle at 40 %.</summary>
    private static double[] Jobs(Random random)
    {
        var busy = new double[Hours];
        var perHour = 0.5 + (4 * random.NextDouble());
        for (var at = -24.0; at < Hours; at += random.Exponential(1 / perHour))
        {
            Cover(busy, at, at + Math.Min(24, 0.3 * Math.Pow(60, random.NextDouble())), Math.Pow(20, random.NextDouble()));
        }

        var full = 1.25 * busy.Average();
        return [.. busy.Select(b => 0.4 + (0.6 * Math.Min(1, b / full)))];
    }

    /// <summary>One to four units that run for half a day to four days at a time.</summary>
    private static double[] Pumps(Random random)
    {
        var load = new double[Hours];
        var units = random.Next(2, 5);
        for (double at = 0, next; at < Hours; at = next)
        {
            next = at + random.Exponential(40) + 4;
            Cover(load, at, next, random.Next(0, units + 1) / (double)units);
        }

        return [.. load.Select(v => v + 0.02)];
    }

    /// <summary>Full power, web breaks of half an hour or so each day, a stop of half a day each month.</summary>
    private static double[] Breaks(Random random)
    {
        double[] load = [.. Enumerable.Repeat(1.0, Hours)];
        for (var at = random.Exponential(30); at < Hours; at += random.Exponential(30))
        {
            Cover(load, at, at + 0.2 + random.Exponential(0.6), -0.35);
        }

        for (var at = random.Exponential(700); at < Hours; at += 400 + random.Exponential(300))
        {
            Cover(load, at, at + 12, -0.55);
        }

        var wander = 0.0;
        return [.. load.Select(v => Math.Max(0.1, v) * (1 + (wander = (0.8 * wander) + (0.012 * random.Normal()))))];
    }

    /// <summary>Blowers, an inflow that follows the town by two hours, rain once a week that drains for half a day.</summary>
    private static double[] Sewage(Random random)
    {
        var load = new double[Hours];
        var rain = 0.0;
        for (var h = 0; h < Hours; h++)
        {
            rain = (0.9 * rain) + (random.NextDouble() < 1 / 170.0 ? 0.2 + (0.5 * random.NextDouble()) : 0);
            load[h] = 1 + (0.25 * Math.Sin(((h % 24) - 5) / 24.0 * 2 * Math.PI)) + (0.1 * Math.Sin(((h % 24) - 3) / 12.0 * 2 * Math.PI)) + rain + (0.03 * random.Normal());
        }

        return load;
    }

    /// <summary>Buses that come home between 20 and 23 o'clock and charge for three to six hours, fewer at weekends.</summary>
    private static double[] Depot(Random random)
    {
        double[] load = [.. Enumerable.Repeat(0.03, Hours)];
        for (var day = -1; day < Hours / 24; day++)
        {
            for (var bus = 0; bus < (((day + 7) % 7) < 5 ? 30 : 12); bus++)
            {
                var home = (24 * day) + 20 + (3 * random.NextDouble());
                Cover(load, home, home + 3 + (3 * random.NextDouble()), 1 / 30.0);
            }
        }

        return load;
    }

    /// <summary>Adds between two moments, hours that are covered in part in proportion.</summary>
    private static void Cover(double[] load, double from, double to, double added)
    {
        for (var h = Math.Max(0, (int)from); h < Math.Min(Hours, to); h++)
        {
            load[h] += added * (Math.Min(to, h + 1) - Math.Max(from, h));
        }
    }
}
