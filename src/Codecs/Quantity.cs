// SPDX-License-Identifier: Apache-2.0
namespace Detector.Codecs;

/// <summary>A quantity in its unit, as a payload key or a mapping's unit names it.</summary>
public enum Quantity : byte
{
    /// <summary>Active power in kW.</summary>
    Kilowatts = 1,

    /// <summary>Active power in W.</summary>
    Watts = 2,

    /// <summary>Active power in MW.</summary>
    Megawatts = 3,

    /// <summary>Energy in kWh: a cumulative register unless the kind says interval energy.</summary>
    KilowattHours = 4,

    /// <summary>Energy in Wh.</summary>
    WattHours = 5,

    /// <summary>Energy in MWh.</summary>
    MegawattHours = 6,

    /// <summary>Reactive power in kvar.</summary>
    Kilovars = 7,

    /// <summary>Reactive power in var.</summary>
    Vars = 8,

    /// <summary>Power factor, -1 to 1.</summary>
    PowerFactor = 9,

    /// <summary>Voltage in V.</summary>
    Volts = 10,

    /// <summary>Current in A.</summary>
    Amperes = 11,
}

/// <summary>Quantities by the names of keys and units.</summary>
public static class QuantityNames
{
    private static readonly (Quantity Quantity, string Key, string Unit)[] All =
    [
        (Quantity.Kilowatts, "kw", "kW"), (Quantity.Watts, "w", "W"), (Quantity.Megawatts, "mw", "MW"),
        (Quantity.KilowattHours, "kwh", "kWh"), (Quantity.WattHours, "wh", "Wh"), (Quantity.MegawattHours, "mwh", "MWh"),
        (Quantity.Kilovars, "kvar", "kvar"), (Quantity.Vars, "var", "var"), (Quantity.PowerFactor, "pf", "pf"),
        (Quantity.Volts, "v", "V"), (Quantity.Amperes, "a", "A"),
    ];

    /// <summary>The names that a mapping may use, for messages.</summary>
    public static string Known { get; } = string.Join(", ", All.Select(q => q.Unit));

    /// <summary>Reads a name: the unit as it is written (<c>kW</c>) or the key in lower case (<c>kw</c>).</summary>
    /// <remarks>Other spellings are refused: <c>mW</c> is a milliwatt and must not be taken for a megawatt.</remarks>
    public static bool TryParse(string? name, out Quantity quantity)
    {
        foreach (var (known, key, unit) in All)
        {
            if (string.Equals(name, unit, StringComparison.Ordinal) || string.Equals(name, key, StringComparison.Ordinal))
            {
                quantity = known;
                return true;
            }
        }

        quantity = default;
        return false;
    }
}
