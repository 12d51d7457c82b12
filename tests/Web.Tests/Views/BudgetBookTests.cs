// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;
using Detector.Web.Views;
using Microsoft.Extensions.Time.Testing;

namespace Detector.Web.Tests.Views;

/// <summary>What stored judgements say of alert budgets.</summary>
public sealed class BudgetBookTests
{
    private static readonly DateTimeOffset Now = Sample.Start.AddDays(200);

    [TestCase(1.0, 0, 0.0, "")]
    [TestCase(2.0, 1, 0.0004, "s-1")]
    [TestCase(5.0, 3, 0.0012, "s-1 s-2 s-3")]
    [TestCase(null, 4, 0.002, "s-1 s-2 s-3 s-4")]
    public void A_budget_raises_what_passes_the_model_and_its_own_p_value(double? budget, int raised, double largest, string sites)
    {
        var book = Book();
        var outcome = book.Of(budget);
        Assert.Multiple(() =>
        {
            Assert.That(outcome.Raised, Is.EqualTo(raised));
            Assert.That(string.Join(' ', book.Margin(outcome, 9).Where(m => m.IsRaised).Select(m => m.Finding.Site)), Is.EqualTo(sites));
            Assert.That((outcome.Discovery.Cases, outcome.Discovery.Threshold), Is.EqualTo((raised, largest)));
            Assert.That(outcome.Rate ?? -1, Is.EqualTo((budget * 13 / 20_000 / 2) ?? -1).Within(1e-12));
            Assert.That(book.Resolves(outcome.Rate), Is.EqualTo(budget is null or >= 2.0));
        });
    }

    [Test]
    public void The_margin_has_the_last_that_is_raised_and_the_first_that_is_not() =>
        Assert.That(Book().Margin(Book().Of(2), 1).Select(m => (m.Finding.Site, m.IsRaised)), Is.EqualTo(new[] { ("s-1", true), ("s-2", false) }));

    [Test]
    public void A_week_counts_the_sites_that_first_pass_in_it_and_what_passed_before_opens_no_case_again()
    {
        PassingLook Look(double weeksAgo, double p) => new(Now.AddDays(-7 * weeksAgo), p);
        var book = Book() with
        {
            Past =
            [
                BudgetBook.Lows([Look(0.5, 0.0001), Look(12.5, 0.0011), Look(3.5, 0.0005), Look(2.5, 0.0009)]),
                BudgetBook.Lows([Look(20, 0.0003), Look(0.1, 0.0001)]),
            ],
        };
        Assert.That(book.Past[0].Select(l => l.PValue), Is.EqualTo(new[] { 0.0011, 0.0005, 0.0001 }));
        Assert.That(book.Of(1).ByWeek, Is.EqualTo(new[] { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1 }), "the second passed twenty weeks ago");
        Assert.That(book.Of(2).ByWeek, Is.EqualTo(new[] { 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0 }));
        Assert.That(book.Of(null).ByWeek, Is.EqualTo(new[] { 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 }));
    }

    [Test]
    public async Task The_book_is_gathered_from_the_present_and_the_histories_of_sites_and_kept_for_two_minutes()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        var now = clock.GetUtcNow();
        await using var host = await WebHost.StartAsync(new WebOptions { FleetMeters = 20_000 }, clock);
        foreach (var (days, p) in new[] { (60, 0.0009), (32, 0.0002), (1, 0.0011) })
        {
            await host.Desk.ConsiderAsync(Finding(1, p, Verdict.Case) with { Window = new TimeRange(now.AddDays(-days - 91), now.AddDays(-days)) }, default);
        }

        await host.Desk.ConsiderAsync(Finding(2, 0.4, Verdict.Clear) with { Window = new TimeRange(now.AddDays(-92), now.AddDays(-1)) }, default);
        var desk = host.Services.GetRequiredService<BudgetDesk>();
        var book = await desk.BookAsync(default);
        Assert.Multiple(() =>
        {
            Assert.That((book.Meters, book.Present.Count, book.IsCut), Is.EqualTo((20_000, 2, false)));
            Assert.That(book.Raisable.Select(f => (f.Site, f.PValue)), Is.EqualTo(new[] { ("s-1", (double?)0.0011) }));
            Assert.That(book.Past.Single().Select(l => l.PValue), Is.EqualTo(new[] { 0.0009, 0.0002 }), "a larger one later is no news");
            Assert.That(book.Of(1).ByWeek.Sum(), Is.EqualTo(1));
            Assert.That(book.Of(1).Raised, Is.Zero);
        });
        await host.Desk.ConsiderAsync(Finding(3, 0.0001, Verdict.Case) with { Window = new TimeRange(now.AddDays(-92), now.AddDays(-1)) }, default);
        Assert.That(await desk.BookAsync(default), Is.SameAs(book));
        clock.Advance(TimeSpan.FromMinutes(3));
        Assert.That((await desk.BookAsync(default)).Raisable.Select(f => f.Site), Is.EqualTo(new[] { "s-3", "s-1" }));
    }

    private static BudgetBook Book()
    {
        Finding[] present =
        [
            Finding(4, 0.002, Verdict.Case), Finding(1, 0.0004, Verdict.Case), Finding(2, 0.0008, Verdict.Watch) with { Missing = [new MissingEvidence("alert_budget", "No room.", "无余量。")] },
            Finding(3, 0.0012, Verdict.Case), Finding(5, 0.0001, Verdict.Watch), Finding(6, 0.7, Verdict.Clear), Finding(7, 0, Verdict.Insufficient),
        ];
        return new BudgetBook { At = Now, Meters = 20_000, Present = present, Raisable = [.. present.Where(BudgetBook.Passes).OrderBy(f => f.PValue)], Past = [] };
    }

    private static Finding Finding(int number, double p, Verdict verdict) =>
        Sample.Finding($"m-{number}", $"s-{number}", verdict) with { PValue = verdict == Verdict.Insufficient ? null : p };
}
