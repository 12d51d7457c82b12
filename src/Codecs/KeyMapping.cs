// SPDX-License-Identifier: Apache-2.0
using System.ComponentModel;
using System.Globalization;

namespace Detector.Codecs;

/// <summary>What one key of a payload holds. In configuration a unit alone (<c>"P": "W"</c>) or an object (<c>"P": { "Unit": "W", "Scale": 0.1 }</c>).</summary>
[TypeConverter(typeof(FromText))]
public sealed class KeyMapping
{
    /// <summary>The unit that says that the key is known and passed over.</summary>
    public const string Ignore = "ignore";

    /// <summary>Unit of the value, such as <c>kW</c>; <c>ignore</c> passes the key over.</summary>
    public string? Unit { get; set; }

    /// <summary>Factor on the value before the unit, such as a current transformer's ratio; not zero.</summary>
    public double Scale { get; set; } = 1;

    /// <summary>What the value means in time, for power and energy; the mapping's <c>Kind</c> otherwise.</summary>
    public string? Kind { get; set; }

    /// <summary>Length of the interval in seconds; the mapping's otherwise. From 0 to 2,678,400 (31 days).</summary>
    public double? IntervalSeconds { get; set; }

    /// <summary>A key of this unit.</summary>
    public static implicit operator KeyMapping(string unit) => FromString(unit);

    /// <summary>A key of this unit.</summary>
    public static KeyMapping FromString(string unit) => new() { Unit = unit };

    /// <inheritdoc />
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Unit}{(Scale == 1 ? string.Empty : $" × {Scale}")}{(Kind is null ? string.Empty : $", {Kind}")}");

    private sealed class FromText : TypeConverter
    {
        public override bool CanConvertFrom(ITypeDescriptorContext? context, Type sourceType) => sourceType == typeof(string);

        public override object ConvertFrom(ITypeDescriptorContext? context, CultureInfo? culture, object value) => FromString((string)value);
    }
}
