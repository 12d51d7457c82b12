// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Analysis.Tests.Traps;

/// <summary>What fools such systems, by name, on real recordings and by the model that ships: none becomes a case.</summary>
[TestFixtureSource(typeof(TrapLoad), nameof(TrapLoad.Recordings))]
internal sealed class TrapTests(string recording)
{
    private const int WithHistory = 480;

    private readonly string _recording = recording;

    [Test]
    public void Two_weeks_of_data_are_insufficient()
    {
        var finding = TrapLoad.Read(_recording, 14).Judged();
        Assert.That(finding.Verdict, Is.EqualTo(Verdict.Insufficient));
        Assert.That(finding.Missing.Select(m => m.Code), Does.Contain("span"));
    }

    [TestCase(20)]
    [TestCase(60)]
    public void Meter_moved_from_one_feeder_to_another_is_no_case(int daysAgo)
    {
        var load = TrapLoad.Read(_recording, WithHistory);
        var other = TrapLoad.Read(TrapLoad.Recordings[(TrapLoad.Recordings.ToList().IndexOf(_recording) + 4) % TrapLoad.Recordings.Count], WithHistory);
        var moved = load.Before(daysAgo);
        var shift = load.Times[^1] - other.Times[^1];
        var after = other.Times.Zip(other.Kilowatts).ToDictionary(p => p.First + shift, p => p.Second);
        IsNoCase(load.With((t, kilowatts) => t < moved ? kilowatts : after.GetValueOrDefault(t, double.NaN)));
    }

    [TestCase(1000)]
    [TestCase(0.001)]
    public void Unit_changed_between_watts_and_kilowatts_is_no_onset_and_insufficient_where_its_own_weeks_do_not_hide_it(double factor)
    {
        var load = TrapLoad.Read(_recording, 91);
        var changed = load.Before(30);
        var finding = load.With((t, kilowatts) => t < changed ? kilowatts : kilowatts * factor).Judged();
        Assert.That(finding.Verdict, Is.Not.EqualTo(Verdict.Case), FindingJson.Write(finding));
        Assert.That(finding.Onset, Is.Null);
        if (load.RatioOfWeeks(changed) is > 0.87 and < 1.15)
        {
            Assert.That(finding.Verdict, Is.EqualTo(Verdict.Insufficient), FindingJson.Write(finding));
        }
    }

    [TestCase(0)]
    [TestCase(90)]
    [TestCase(180)]
    [TestCase(270)]
    public void Days_of_23_and_25_hours_are_no_case(int daysAgo)
    {
        var load = TrapLoad.Read(_recording, 91 + daysAgo);
        var last = load.Before(daysAgo);
        IsNoCase(load.With((t, kilowatts) => t <= last ? kilowatts : double.NaN));
    }

    [Test]
    public void Generator_test_every_month_is_no_case()
    {
        var load = TrapLoad.Read(_recording, WithHistory);
        IsNoCase(load.With((t, kilowatts) => t is { Day: <= 7, DayOfWeek: DayOfWeek.Wednesday, Hour: 9 or 10 } ? kilowatts * 0.02 : kilowatts));
    }

    [TestCase(25)]
    [TestCase(55)]
    [TestCase(85)]
    public void Site_commissioning_is_no_case(int daysAgo)
    {
        var load = TrapLoad.Read(_recording, WithHistory);
        IsNoCase(load.With((t, kilowatts) => kilowatts * ((t - load.Before(daysAgo)).TotalDays switch { < 0 => 0.02, < 7 => 0.4, < 14 => 0.7, _ => 1 })));
    }

    [TestCase(20, 0.3)]
    [TestCase(60, 0.6)]
    public void Tenant_moving_out_is_no_case(int daysAgo, double left)
    {
        var load = TrapLoad.Read(_recording, WithHistory);
        IsNoCase(load.With((t, kilowatts) => t < load.Before(daysAgo) ? kilowatts : kilowatts * left));
    }

    [TestCase(9)]
    [TestCase(40)]
    public void National_holiday_is_no_case(int daysAgo)
    {
        var load = TrapLoad.Read(_recording, WithHistory);
        var low = load.Quantile(0.1);
        IsNoCase(load.With((t, kilowatts) => t >= load.Before(daysAgo) && t < load.Before(daysAgo - 8) ? Math.Min(kilowatts, low) : kilowatts));
    }

    [TestCase(0.0)]
    [TestCase(double.NaN)]
    public void Outage_of_a_day_and_a_half_is_no_case(double during)
    {
        var load = TrapLoad.Read(_recording, WithHistory);
        IsNoCase(load.With((t, kilowatts) => t >= load.Before(30) && t < load.Before(30).AddHours(36) ? during : kilowatts));
    }

    [TestCase(0)]
    [TestCase(912_400)]
    public void Replaced_meter_whose_register_begins_elsewhere_is_no_case(double first)
    {
        var load = TrapLoad.Read(_recording, WithHistory);
        var finding = load.JudgedByRegister(t => t >= load.Before(30) ? first : null);
        Assert.That(finding.Verdict, Is.Not.EqualTo(Verdict.Case), FindingJson.Write(finding));
        Assert.That(finding.Onset, Is.Null);
    }

    private static void IsNoCase(TrapLoad load)
    {
        var finding = load.Judged();
        Assert.That(finding.Verdict, Is.Not.EqualTo(Verdict.Case), FindingJson.Write(finding));
    }
}
