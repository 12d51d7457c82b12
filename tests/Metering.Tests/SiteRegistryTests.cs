// SPDX-License-Identifier: Apache-2.0
namespace Detector.Metering.Tests;

/// <summary>What held of a meter when: moved, replaced, out of service, not yet registered.</summary>
internal sealed class SiteRegistryTests
{
    private static readonly DateTimeOffset March = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly MeterId Moved = MeterId.Of("moved");
    private static readonly MeterId Old = MeterId.Of("old");
    private static readonly MeterId New = MeterId.Of("new");
    private static readonly MeterId Head = MeterId.Of("head");

    private static readonly SiteRegistry Register = new(
    [
        Row(Moved, "mill", to: March),
        Row(Moved, "hall", from: March),
        Row(Old, "depot", to: March),
        Row(New, "depot", from: March),
        Row(Head, "hall"),
    ]);

    [Test]
    public void A_meter_is_of_the_site_where_it_was()
    {
        Assert.That(Register.Of(Moved, March.AddTicks(-1)).Site, Is.EqualTo("mill"));
        Assert.That(Register.Of(Moved, March).Site, Is.EqualTo("hall"));
        Assert.That(Register.At(March.AddDays(-1)).MetersOf("hall").Select(m => m.Meter), Is.EqualTo(new[] { Head }));
        Assert.That(Register.At(March).MetersOf("hall").Select(m => m.Meter), Is.EquivalentTo(new[] { Head, Moved }));
        Assert.That(Register.Of(Moved, "mill").ValidTo, Is.EqualTo(March));
    }

    [Test]
    public void Out_of_service_a_meter_is_known_by_its_last_row_and_is_not_among_the_meters()
    {
        var now = Register.At(March.AddDays(1));
        Assert.That(now.Meters.Select(m => m.Meter), Is.EquivalentTo(new[] { Moved, New, Head }));
        Assert.That((now.TryGet(Old, out var row), row!.Site, now.Of(Old).Site), Is.EqualTo((true, "depot", "depot")));
        Assert.That(now.MetersOf("mill").Single().Meter, Is.EqualTo(Moved), "a site without meters keeps its name and place");
    }

    [Test]
    public void Before_its_first_row_a_meter_is_unregistered_and_until_when_is_said()
    {
        var before = Register.Of(New, March.AddDays(-1));
        Assert.That((before.Site, before.Valid.To), Is.EqualTo(("new", March)));
        Assert.That(Register.At(March.AddDays(-1)).TryGet(New, out _), Is.False);
        Assert.That(Register.OuterMetersOf("new", [New]), Is.EqualTo(new[] { new MeterInstallation(New, TimeRange.All with { To = March }) }));
    }

    [Test]
    public void Rows_that_follow_one_another_at_a_site_are_one_installation()
    {
        var june = March.AddMonths(3);
        var register = new SiteRegistry([Row(Moved, "hall", june, june.AddDays(9)), Row(Moved, "hall", March, june), Row(Moved, "mill", to: March), Row(Moved, "hall", june.AddDays(10))]);
        foreach (var row in register.RowsOf(Moved).Skip(1).Take(2))
        {
            Assert.That(register.InstalledWhile(row), Is.EqualTo(new TimeRange(March, june.AddDays(9))));
        }

        Assert.That(register.InstalledWhile(register.Of(Moved)).From, Is.EqualTo(june.AddDays(10)), "a day elsewhere ends it");
        Assert.That(register.InstalledAt(Moved, "hall"), Is.EqualTo(TimeRange.All with { From = March }));
    }

    [Test]
    public void Installations_before_one_go_back_to_that_of_an_earlier_moment()
    {
        var (april, may) = (March.AddMonths(1), March.AddMonths(2));
        var register = new SiteRegistry([Row(Moved, "mill", March, March.AddDays(9)), Row(Moved, "mill", March.AddDays(9), april), Row(Moved, "hall", april, may.AddDays(-3)), Row(Moved, "mill", may)]);
        Assert.That(Before(may.AddDays(-10)), Is.EqualTo(new[] { ("hall", new TimeRange(april, may.AddDays(-3))) }));
        Assert.That(Before(may.AddDays(-1)), Is.Empty, "it was nowhere then");
        Assert.That(Before(may), Is.Empty);
        Assert.That(Before(March.AddDays(1)), Is.EqualTo(new[] { ("hall", new TimeRange(april, may.AddDays(-3))), ("mill", new TimeRange(March, april)) }));
        Assert.That(Before(March.AddDays(-1)).Last(), Is.EqualTo((Moved.Value, TimeRange.All with { To = March })), "not registered yet");

        (string Site, TimeRange Valid)[] Before(DateTimeOffset backTo) => [.. register.InstallationsBefore(Moved, may.AddDays(1), backTo).Select(i => (i.Row.Site, i.Valid))];
    }

    [Test]
    public void A_replaced_meter_counts_until_it_goes_and_the_new_one_from_then_on()
    {
        Assert.That(Register.OuterMetersOf("depot", []), Is.EqualTo(new[]
        {
            new MeterInstallation(New, TimeRange.All with { From = March }), new MeterInstallation(Old, TimeRange.All with { To = March }),
        }));
    }

    [Test]
    public void A_meter_counts_while_no_other_of_the_site_includes_it()
    {
        var april = March.AddMonths(1);
        var register = new SiteRegistry([Row(New, "depot") with { ParentMeter = Head }, Row(Head, "hall", to: March), Row(Head, "depot", March, april), Row(Head, "hall", from: april)]);
        Assert.That(register.OuterMetersOf("depot", []), Is.EqualTo(new[]
        {
            new MeterInstallation(Head, new TimeRange(March, april)),
            new MeterInstallation(New, TimeRange.All with { To = March }),
            new MeterInstallation(New, TimeRange.All with { From = april }),
        }));
    }

    [Test]
    public void Of_rows_that_hold_at_the_same_time_the_last_counts()
    {
        var register = new SiteRegistry(Register.Rows.Append(Row(Moved, "yard", March.AddDays(-1), March.AddDays(1))));
        Assert.That(register.RowsOf(Moved).Select(r => r.Site), Is.EqualTo(new[] { "yard" }));
    }

    [Test]
    public void The_next_change_is_the_next_row_that_begins_or_ends()
    {
        Assert.That(Register.NextChange(March.AddDays(-1)), Is.EqualTo(March));
        Assert.That(Register.NextChange(March), Is.Null);
    }

    private static MeterRegistration Row(MeterId meter, string site, DateTimeOffset? from = null, DateTimeOffset? to = null) =>
        MeterRegistration.Unregistered(meter) with { Site = site, ValidFrom = from, ValidTo = to };
}
