// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using Detector.Metering;

namespace Detector.Validation.Rules;

/// <summary>The reading's time is from before there were such meters: a clock that was never set.</summary>
internal sealed class BeforeFirstYear(ValidationOptions options) : IReadingRule
{
    public string Name => "before_first_year";

    public RuleEffect Effect => RuleEffect.Quarantine;

    public QualityFlags Flag => QualityFlags.TooOld;

    public RuleFinding Check(in Reading reading, MeterRegistration registration, DateTimeOffset arrivedAt) =>
        reading.Time.UtcDateTime.Year >= options.FirstYear
            ? default
            : RuleFinding.Quarantine(QualityFlags.TooOld, string.Create(CultureInfo.InvariantCulture, $"Its time is in {reading.Time.UtcDateTime.Year}, before {options.FirstYear}. Set the meter's clock."));
}
