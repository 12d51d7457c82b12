// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Validation.Rules;

/// <summary>The reading is from before the registered start of the meter's service; the register may be wrong, so it is only marked.</summary>
internal sealed class BeforeCommissioning : IReadingRule
{
    public string Name => "before_commissioning";

    public RuleEffect Effect => RuleEffect.Flag;

    public QualityFlags Flag => QualityFlags.TooOld;

    public RuleFinding Check(in Reading reading, MeterRegistration registration, DateTimeOffset arrivedAt) =>
        registration.Commissioned is { } since && reading.Time < since ? RuleFinding.Flag(QualityFlags.TooOld) : default;
}
