// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Validation;

/// <summary>What becomes of a reading: accepted with flags, or kept apart with the rule and the reason.</summary>
public readonly record struct Disposition
{
    private Disposition(in Reading reading, string? rule, string? reason)
    {
        Reading = reading;
        Rule = rule;
        Reason = reason;
    }

    /// <summary>Whether it is accepted.</summary>
    public bool IsAccepted => Rule is null;

    /// <summary>The reading as it arrived, with the flags of the rules added.</summary>
    public Reading Reading { get; }

    /// <summary>Name of the rule that put it into quarantine; null where accepted.</summary>
    public string? Rule { get; }

    /// <summary>What is wrong, in one sentence; null where accepted.</summary>
    public string? Reason { get; }

    /// <summary>Accepted, with the flags on the reading.</summary>
    public static Disposition Accepted(in Reading reading) => new(reading, null, null);

    /// <summary>Into quarantine.</summary>
    public static Disposition Quarantined(in Reading reading, string rule, string reason)
    {
        ArgumentException.ThrowIfNullOrEmpty(rule);
        ArgumentException.ThrowIfNullOrEmpty(reason);
        return new Disposition(reading, rule, reason);
    }
}
