// SPDX-License-Identifier: Apache-2.0
using Detector.Cases.Measures;
using Detector.Web.Views;

namespace Detector.Web.Tests.Views;

/// <summary>An exit plan as it is typed.</summary>
[TestFixture]
internal sealed class ExitPlanDraftTests
{
    [Test]
    public void A_day_begins_at_midnight_of_the_site_and_percents_become_a_share()
    {
        var draft = Draft("2.5", ("2026-03-01", "1,250.5"), ("2026-09-01", "0"));
        var (plan, faults) = draft.Read(TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai"));
        Assert.That(faults, Is.Empty);
        Assert.That(plan!.Tolerance, Is.EqualTo(0.025m));
        Assert.That(plan.Ceilings, Is.EqualTo(new[] { new ExitCeiling(At("2026-02-28T16:00:00Z"), 1250.5m), new ExitCeiling(At("2026-08-31T16:00:00Z"), 0) }));
        Assert.That(plan.Ceilings[0].From.Offset, Is.EqualTo(TimeSpan.Zero));
    }

    [Test]
    public void Where_the_clocks_skip_midnight_the_day_begins_when_they_go_on()
    {
        var (plan, _) = Draft("0", ("2018-11-04", "5")).Read(TimeZoneInfo.FindSystemTimeZoneById("America/Sao_Paulo"));
        Assert.That(plan!.Ceilings[0].From, Is.EqualTo(At("2018-11-04T03:00:00Z")));
    }

    [Test]
    public void Each_fault_stands_at_its_field()
    {
        var (plan, faults) = Draft("much", ("", "ten"), ("2026-03-01", "")).Read(TimeZoneInfo.Utc);
        Assert.That(plan, Is.Null);
        Assert.That(faults.Select(f => (f.Part, f.Row)), Is.EqualTo(new (ExitPlanPart, int?)[]
        {
            (ExitPlanPart.From, 0), (ExitPlanPart.Kilowatts, 0), (ExitPlanPart.Kilowatts, 1), (ExitPlanPart.Tolerance, null),
        }));
        (plan, faults) = Draft("5", ("2026-03-01", "10"), ("2026-02-01", "20")).Read(TimeZoneInfo.Utc);
        Assert.That(plan, Is.Null);
        Assert.That(faults.Select(f => (f.Part, f.Row)), Is.EqualTo(new (ExitPlanPart, int?)[] { (ExitPlanPart.From, 1), (ExitPlanPart.Kilowatts, 1) }), "then the rules of a plan");
    }

    private static ExitPlanDraft Draft(string tolerance, params (string From, string Kilowatts)[] rows)
    {
        var draft = new ExitPlanDraft { TolerancePercent = tolerance };
        draft.Rows.Clear();
        foreach (var (from, kilowatts) in rows)
        {
            draft.Rows.Add(new ExitPlanDraft.Row { From = from, Kilowatts = kilowatts });
        }

        return draft;
    }

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
