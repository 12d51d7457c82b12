// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using Detector.Metering;

namespace Detector.Validation.Rules;

/// <summary>More power than any connection carries, or than this one can by far: another unit, or another meter.</summary>
internal sealed class ImplausibleMagnitude(ValidationOptions options) : IReadingRule
{
    public string Name => "implausible_magnitude";

    public RuleEffect Effect => RuleEffect.Quarantine;

    public QualityFlags Flag => QualityFlags.Suspect;

    public RuleFinding Check(in Reading reading, MeterRegistration registration, DateTimeOffset arrivedAt)
    {
        var limit = Math.Min(options.MaxPowerKilowatts, options.ImplausibleTimesContracted * (registration.ContractedKilowatts ?? double.PositiveInfinity));
        var power = Math.Abs(reading.PowerKilowatts);
        return power > limit // false for NaN
            ? RuleFinding.Quarantine(QualityFlags.Suspect, string.Create(CultureInfo.InvariantCulture, $"{reading.PowerKilowatts} kW is over the plausible limit of {limit} kW. Check the unit (W sent as kW?) and the contracted capacity."))
            : default;
    }
}
