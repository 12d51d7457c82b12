// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Codecs;

/// <summary>What a known key of a payload holds.</summary>
internal enum KeyRole : byte
{
    Time,
    Kind,
    Interval,
    Quality,
    Meter,

    /// <summary>The unit of the bare value, in words.</summary>
    Unit,

    /// <summary>A value in the binding's unit; without one, the bare value whose unit the payload, the topic or the mapping gives.</summary>
    Quantity,

    /// <summary>Known, and passed over.</summary>
    Ignored,
}

/// <summary>A key made ready.</summary>
/// <param name="Index">Its number in the mapping, from 0, under <see cref="MostKeys"/>.</param>
/// <param name="Key">As the mapping writes it.</param>
/// <param name="Role">What it holds.</param>
internal sealed record KeyBinding(int Index, string Key, KeyRole Role)
{
    /// <summary>Most keys of one mapping: the keys met in an element are bits of one number.</summary>
    public const int MostKeys = 64;

    /// <summary>Unit of a quantity; null for the bare value.</summary>
    public Unit? Unit { get; init; }

    /// <summary>Factor on the value before the unit.</summary>
    public double Scale { get; init; } = 1;

    /// <summary>What the value means in time; null where others decide.</summary>
    public ReadingKind? Kind { get; init; }

    /// <summary>Seconds of the interval; null where others decide.</summary>
    public double? IntervalSeconds { get; init; }

    /// <summary>For people: <c>Leistung → active power in W</c>.</summary>
    public override string ToString() => Role switch
    {
        KeyRole.Quantity => $"{Key} → {(Unit is null ? "value" : Unit.Name)}{(Scale == 1 ? string.Empty : FormattableString.Invariant($" × {Scale}"))}{(Kind is { } kind ? $" ({PayloadMapping.NameOf(kind)})" : string.Empty)}",
        _ => $"{Key} → {Role.ToString().ToLowerInvariant()}",
    };
}
