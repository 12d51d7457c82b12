// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using Detector.Metering;

namespace Detector.Validation.Rules;

/// <summary>More power than any connection carries: another unit, or not a power at all.</summary>
/// <remarks>
/// What is merely too much for *this* connection is stored and flagged (<see cref="AboveRated"/>): a register read as power, or a
/// unit changed from kW to W, is recognised over the series, and a site whose every reading were held back would have no verdict.
/// </remarks>
internal sealed class ImplausibleMagnitude(ValidationOptions options) : IReadingRule
{
    public string Name => "implausible_magnitude";

    public RuleEffect Effect => RuleEffect.Quarantine;

    public QualityFlags Flag => QualityFlags.Suspect;

    public RuleFinding Check(in Reading reading, MeterRegistration registration, DateTimeOffset arrivedAt)
    {
        var limit = options.MaxPowerKilowatts;
        return Math.Abs(reading.PowerKilowatts) > limit // false for NaN
            ? RuleFinding.Quarantine(QualityFlags.Suspect, string.Create(CultureInfo.InvariantCulture, $"{reading.PowerKilowatts} kW is over the plausible limit of {limit} kW. Check the unit (W sent as kW?)."))
            : default;
    }
}
