// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;
using Detector.Validation.Rules;

namespace Detector.Validation;

/// <summary>Judges readings one by one on their way into the store; see docs/validation.md.</summary>
/// <remarks>Pure and safe for use by several threads. Allocates only for the reason of a quarantined reading.</remarks>
public sealed class ReadingValidator
{
    private readonly IReadingRule[] _rules;

    /// <summary>A validator by the rules of a catalogue.</summary>
    public ReadingValidator(RuleCatalog catalog)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        _rules = [.. catalog.Rules];
    }

    /// <summary>A validator by the product's rules.</summary>
    /// <exception cref="ArgumentException">A setting is out of its range; the message names each.</exception>
    public ReadingValidator(ValidationOptions options)
        : this(RuleCatalog.Default(options))
    {
        if (options.Faults() is { Count: > 0 } faults)
        {
            throw new ArgumentException(string.Join(Environment.NewLine, faults), nameof(options));
        }
    }

    /// <summary>What becomes of a reading that was held back, by the rules and the register as they are now.</summary>
    /// <param name="reading">As it was held back.</param>
    /// <param name="heldBy">The rule that held it back; its flag is taken off first, and comes back where the rule still finds it.</param>
    /// <param name="registration">What the register knows of its meter now.</param>
    /// <param name="now">The present, UTC: a time that was ahead of its arrival may have come.</param>
    public Disposition ValidateAgain(in Reading reading, string heldBy, MeterRegistration registration, DateTimeOffset now)
    {
        var flag = Array.Find(_rules, r => r.Name == heldBy)?.Flag ?? QualityFlags.None;
        return Validate(reading with { Quality = reading.Quality & ~flag }, registration, now);
    }

    /// <summary>What becomes of a reading.</summary>
    /// <param name="reading">As decoded; comes back with flags added, its values unchanged.</param>
    /// <param name="registration">What the register knows of its meter.</param>
    /// <param name="arrivedAt">When its message arrived, UTC.</param>
    public Disposition Validate(in Reading reading, MeterRegistration registration, DateTimeOffset arrivedAt)
    {
        var flags = reading.Quality;
        foreach (var rule in _rules)
        {
            var finding = rule.Check(reading, registration, arrivedAt);
            flags |= finding.Flags;
            if (finding.Effect == RuleEffect.Quarantine)
            {
                Metrics.Quarantine(rule.Name);
                return Disposition.Quarantined(reading with { Quality = flags }, rule.Name, finding.Reason ?? rule.Name);
            }

            if (finding.Effect == RuleEffect.Flag)
            {
                Metrics.Flag(rule.Name);
            }
        }

        return Disposition.Accepted(flags == reading.Quality ? reading : reading with { Quality = flags });
    }
}
