// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Validation.Rules;

/// <summary>Negative active power: export, a reversed current transformer or a wrong sign; meters here count import.</summary>
internal sealed class NegativePower : IReadingRule
{
    public string Name => "negative_power";

    public RuleEffect Effect => RuleEffect.Flag;

    public QualityFlags Flag => QualityFlags.Negative;

    public RuleFinding Check(in Reading reading, MeterRegistration registration, DateTimeOffset arrivedAt) =>
        reading.PowerKilowatts < 0 ? RuleFinding.Flag(QualityFlags.Negative) : default;
}
