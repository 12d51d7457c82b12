// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Validation.Rules;

/// <summary>What a rule can do with a reading that it finds fault with.</summary>
public enum RuleEffect : byte
{
    /// <summary>The reading is marked and goes on.</summary>
    Flag = 1,

    /// <summary>The reading is kept apart: it cannot be true, and stored it would mislead.</summary>
    Quarantine = 2,
}

/// <summary>What a rule says of one reading; the default value says nothing against it.</summary>
/// <param name="Effect">What is to be done; zero for nothing.</param>
/// <param name="Flags">Flags to add; may be none where the reading is quarantined.</param>
/// <param name="Reason">Why, where it is quarantined.</param>
public readonly record struct RuleFinding(RuleEffect Effect, QualityFlags Flags, string? Reason)
{
    /// <summary>Marks the reading.</summary>
    public static RuleFinding Flag(QualityFlags flags) => new(RuleEffect.Flag, flags, null);

    /// <summary>Puts it into quarantine.</summary>
    public static RuleFinding Quarantine(QualityFlags flags, string reason) => new(RuleEffect.Quarantine, flags, reason);
}

/// <summary>Judges one reading by itself: no memory, no clock of its own, no allocation where there is nothing to say.</summary>
public interface IReadingRule
{
    /// <summary>Name in the quarantine, the metrics and docs/validation.md.</summary>
    string Name { get; }

    /// <summary>What it does at most, for docs/validation.md.</summary>
    RuleEffect Effect { get; }

    /// <summary>The flag it sets.</summary>
    QualityFlags Flag { get; }

    /// <summary>Judges a reading.</summary>
    RuleFinding Check(in Reading reading, MeterRegistration registration, DateTimeOffset arrivedAt);
}
