// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using Detector.Metering;

namespace Detector.Validation.Rules;

/// <summary>The reading's time is later than its arrival by more than a clock may drift.</summary>
/// <remarks>Cannot tell apart: a meter whose clock runs ahead, and a payload in local time marked as UTC.</remarks>
internal sealed class FutureTime(ValidationOptions options) : IReadingRule
{
    public string Name => "future_time";

    public RuleEffect Effect => RuleEffect.Quarantine;

    public QualityFlags Flag => QualityFlags.Future;

    public RuleFinding Check(in Reading reading, MeterRegistration registration, DateTimeOffset arrivedAt)
    {
        var ahead = (reading.Time - arrivedAt).TotalSeconds;
        return ahead <= options.FutureToleranceSeconds
            ? default
            : RuleFinding.Quarantine(QualityFlags.Future, string.Create(CultureInfo.InvariantCulture, $"Its time is {ahead:0} s after its arrival; {options.FutureToleranceSeconds:0} s are allowed. Check the meter's clock and zone."));
    }
}
