// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;
using Detector.Validation.Rules;

namespace Detector.Validation;

internal sealed class ReadingValidatorTests
{
    private static readonly DateTimeOffset Now = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly MeterRegistration Registered = MeterRegistration.Unregistered(MeterId.Of("m")) with { ContractedKilowatts = 100, Commissioned = Now.AddYears(-1) };
    private static readonly Reading Good = new(MeterId.Of("m"), Now.AddMinutes(-1)) { PowerKilowatts = 50 };
    private readonly ReadingValidator _validator = new(new ValidationOptions());

    private static IEnumerable<TestCaseData> Quarantined() =>
    [
        new TestCaseData(Good with { PowerKilowatts = double.NaN }, "no_quantity"),
        new TestCaseData(Good with { Volts = double.PositiveInfinity }, "no_quantity"),
        new TestCaseData(Good with { Time = Now.AddSeconds(301) }, "future_time"),
        new TestCaseData(Good with { Time = new DateTimeOffset(1999, 12, 31, 0, 0, 0, TimeSpan.Zero) }, "before_first_year"),
        new TestCaseData(Good with { PowerKilowatts = -1.1e7 }, "implausible_magnitude"),
    ];

    private static IEnumerable<TestCaseData> Accepted() =>
    [
        new TestCaseData(Good, QualityFlags.None),
        new TestCaseData(Good with { Time = Now.AddSeconds(300) }, QualityFlags.None),
        new TestCaseData(Good with { PowerKilowatts = double.NaN, RegisterKilowattHours = 5 }, QualityFlags.None),
        new TestCaseData(Good with { PowerKilowatts = -1, Quality = QualityFlags.Estimated }, QualityFlags.Negative | QualityFlags.Estimated),
        new TestCaseData(Good with { PowerKilowatts = 111 }, QualityFlags.AboveRated),
        new TestCaseData(Good with { PowerKilowatts = 10_001 }, QualityFlags.AboveRated),
        new TestCaseData(Good with { Time = Now.AddYears(-2) }, QualityFlags.TooOld),
    ];

    [TestCaseSource(nameof(Quarantined))]
    public void Reading_that_cannot_be_true_is_quarantined_by_its_rule(Reading reading, string rule)
    {
        var disposition = _validator.Validate(reading, Registered, Now);
        Assert.That(disposition.Rule, Is.EqualTo(rule));
        Assert.That(disposition.Reason, Is.Not.Empty);
        Assert.That(disposition.Reading.PowerKilowatts, Is.EqualTo(reading.PowerKilowatts));
    }

    [TestCaseSource(nameof(Accepted))]
    public void Reading_that_can_be_true_is_accepted_with_its_flags(Reading reading, QualityFlags flags)
    {
        var disposition = _validator.Validate(reading, Registered, Now);
        Assert.That(disposition.IsAccepted, Is.True, disposition.Reason);
        Assert.That(disposition.Reading, Is.EqualTo(reading with { Quality = flags }));
    }

    [Test]
    public void Ten_gigawatts_are_the_limit_where_no_capacity_is_registered()
    {
        var unknown = MeterRegistration.Unregistered(MeterId.Of("m"));
        Assert.That(_validator.Validate(Good with { PowerKilowatts = 1e7 }, unknown, Now).IsAccepted, Is.True);
        Assert.That(_validator.Validate(Good with { PowerKilowatts = 1.1e7 }, unknown, Now).Rule, Is.EqualTo("implausible_magnitude"));
    }

    [Test]
    public void Accepting_allocates_nothing()
    {
        for (var warm = 0; warm < 200; warm++)
        {
            _validator.Validate(Good, Registered, Now);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            _validator.Validate(Good, Registered, Now);
        }

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(1000 * 24 / 4));
    }

    [Test]
    public void Catalogue_refuses_a_second_rule_of_a_name_and_options_out_of_range()
    {
        var catalog = RuleCatalog.Default(new ValidationOptions());
        Assert.That(() => catalog.Add(catalog.Rules[0]), Throws.ArgumentException);
        Assert.That(() => new ValidationOptions { FirstYear = 1 }.Faults().Single(), Does.Contain("FirstYear"));
        Assert.That(() => new ReadingValidator(new ValidationOptions { FirstYear = 1 }), Throws.ArgumentException.With.Message.Contains("FirstYear"));
    }
}
