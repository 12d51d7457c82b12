// SPDX-License-Identifier: Apache-2.0
using Detector.Detection.Ladder;
using Detector.Metering;
using Detector.Profiles;

namespace Detector.Detection.Tests;

internal sealed class RunningLoadTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);

    [TestCase(30, 0.5, 61 * 24)]
    [TestCase(30, 20, 61 * 24, TestName = "A fifth of the load is a site that stands empty")]
    [TestCase(30, 30, 91 * 24, TestName = "Three tenths of the load are not an empty site")]
    [TestCase(6, 0.5, 91 * 24, TestName = "Six days are a holiday")]
    [TestCase(70, 0.5, 91 * 24, TestName = "Three weeks are too few to be judged by themselves")]
    [TestCase(0, 0.5, 91 * 24, TestName = "A load that ran all along is taken whole")]
    public void Hours_since_the_load_began_are_judged(int idleDays, double idleKilowatts, int expected)
    {
        var hours = Hours(i => i < idleDays * 24 ? idleKilowatts : 100);
        var running = RunningLoad.Of(hours, 28);
        Assert.That(running.Count, Is.EqualTo(expected));
        Assert.That(running.Range.To, Is.EqualTo(hours.Range.To));
    }

    [Test]
    public void Load_that_runs_by_night_alone_or_pauses_later_is_taken_whole()
    {
        Assert.That(RunningLoad.Began(Hours(i => i % 24 < 8 ? 100 : 0.2)), Is.Zero);
        Assert.That(RunningLoad.Began(Hours(i => i / 24 is > 20 and < 40 ? 0.2 : 100)), Is.Zero);
    }

    private static HourlyLoad Hours(Func<int, double> kilowatts)
    {
        float[] values = [.. Enumerable.Range(0, 91 * 24).Select(i => (float)kilowatts(i))];
        return HourlyLoad.From(new LoadSeries(MeterId.Of("m-1"), Start, TimeSpan.FromHours(1), values, new QualityFlags[values.Length]), "Etc/UTC");
    }
}
