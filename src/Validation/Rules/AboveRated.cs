// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Validation.Rules;

/// <summary>Above the contracted capacity by more than short overloads explain; evidence as much as a fault, so it is only marked.</summary>
internal sealed class AboveRated(ValidationOptions options) : IReadingRule
{
    public string Name => "above_rated";

    public RuleEffect Effect => RuleEffect.Flag;

    public QualityFlags Flag => QualityFlags.AboveRated;

    public RuleFinding Check(in Reading reading, MeterRegistration registration, DateTimeOffset arrivedAt) =>
        reading.PowerKilowatts > options.AboveRatedTimesContracted * registration.ContractedKilowatts ? RuleFinding.Flag(QualityFlags.AboveRated) : default;
}
