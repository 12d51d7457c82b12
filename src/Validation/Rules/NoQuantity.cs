// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Validation.Rules;

/// <summary>Every quantity is absent, or one is infinite: there is nothing to store.</summary>
internal sealed class NoQuantity : IReadingRule
{
    public string Name => "no_quantity";

    public RuleEffect Effect => RuleEffect.Quarantine;

    public QualityFlags Flag => QualityFlags.Missing;

    public RuleFinding Check(in Reading reading, MeterRegistration registration, DateTimeOffset arrivedAt)
    {
        var infinite = reading.HasInfinity();
        var none = double.IsNaN(reading.PowerKilowatts) && double.IsNaN(reading.RegisterKilowattHours) && double.IsNaN(reading.ReactiveKilovars)
            && double.IsNaN(reading.PowerFactor) && double.IsNaN(reading.Volts) && double.IsNaN(reading.Amperes);
        return infinite || none
            ? RuleFinding.Quarantine(QualityFlags.Missing, infinite ? "A quantity is infinite." : "No quantity was given.")
            : default;
    }
}
