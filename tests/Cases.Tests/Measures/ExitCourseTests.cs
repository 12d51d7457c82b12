// SPDX-License-Identifier: Apache-2.0
using Detector.Cases.Measures;

namespace Detector.Cases.Tests.Measures;

public sealed class ExitCourseTests
{
    private static readonly DateTimeOffset Start = new(2026, 7, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly TimeZoneInfo Shanghai = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");

    [Test]
    public void Days_are_local_without_a_gap_and_count_the_hours_above_the_ceiling_of_their_time()
    {
        var plan = new ExitPlan([new ExitCeiling(Start.AddHours(8), 100), new ExitCeiling(Start.AddDays(2).AddHours(-8), 50)], 0.1m);
        var hours = new Dictionary<DateTimeOffset, decimal>
        {
            [Start.AddHours(7)] = 500, // no ceiling holds yet
            [Start.AddHours(8)] = 110, // within the tolerance
            [Start.AddHours(9)] = 110.5m,
            [Start.AddHours(15)] = 20,
            [Start.AddHours(16)] = 40, // 00:00 of 2 July in Shanghai
            [Start.AddDays(2)] = 56, // above the second ceiling
            [Start.AddDays(2).AddHours(1)] = 900, // the hour under way
        };
        var course = ExitCourse.Of(plan, hours, Shanghai, Start, Start.AddDays(2).AddHours(1.5));
        Assert.That(course.Days, Is.EqualTo(new[]
        {
            new ExitDay(new DateOnly(2026, 7, 1), 500, 185.125m, 4, 1),
            new ExitDay(new DateOnly(2026, 7, 2), 40, 40, 1, 0),
            new ExitDay(new DateOnly(2026, 7, 3), 56, 56, 1, 1),
        }));
        Assert.That(course.Report, Is.EqualTo(ExitCheck.Judge(plan, hours, Start.AddDays(2).AddHours(1.5))));
        Assert.That(course.Report.Status, Is.EqualTo(ExitStatus.Breached));
    }

    [Test]
    public void A_day_of_which_nothing_is_known_says_so_and_ten_years_are_the_most()
    {
        var plan = new ExitPlan([new ExitCeiling(Start, 100)], 0);
        var course = ExitCourse.Of(plan, new Dictionary<DateTimeOffset, decimal>(), TimeZoneInfo.Utc, DateTimeOffset.UnixEpoch, Start.AddHours(1));
        Assert.That(course.Days, Has.Count.EqualTo(3700).And.All.Matches<ExitDay>(d => d is { PeakKilowatts: null, MeanKilowatts: null, KnownHours: 0 }));
        Assert.That(course.Days[^1].Day, Is.EqualTo(new DateOnly(2026, 7, 1)));
    }

    [Test]
    public void Every_fault_of_a_plan_is_named_at_its_place()
    {
        var plan = new ExitPlan([new ExitCeiling(Start, 100), new ExitCeiling(Start, 120), new ExitCeiling(Start.AddYears(400), -1)], 0.6m);
        Assert.That(ExitPlanFault.Of(plan).Select(f => f.Member), Is.EqualTo(new[]
        {
            "exit_plan.ceilings[1].from", "exit_plan.ceilings[1].kilowatts", "exit_plan.ceilings[2].from", "exit_plan.ceilings[2].kilowatts", "exit_plan.tolerance",
        }));
        Assert.That(ExitPlanFault.Of(new ExitPlan([], 0)).Single().Member, Is.EqualTo("exit_plan.ceilings"));
        Assert.That(ExitPlanFault.Of(new ExitPlan([new ExitCeiling(Start, ExitPlan.MostKilowatts), new ExitCeiling(Start.AddDays(1), 0)], ExitPlan.MostTolerance)), Is.Empty);
        Assert.That(plan.IsUsable, Is.False);
        Assert.That(ExitPlanFault.Of(plan), Has.All.Matches<ExitPlanFault>(f => f is { Text.Length: > 0, TextZh.Length: > 0 }));
    }
}
