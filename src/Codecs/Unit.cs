// SPDX-License-Identifier: Apache-2.0
namespace Detector.Codecs;

/// <summary>What a unit measures; each dimension is kept in one unit of its own.</summary>
internal enum Dimension : byte
{
    /// <summary>Active power, kept in kW.</summary>
    ActivePower = 0,

    /// <summary>Energy, kept in kWh: a cumulative register unless the kind says interval energy.</summary>
    Energy = 1,

    /// <summary>Reactive power, kept in kvar.</summary>
    ReactivePower = 2,

    /// <summary>Power factor, -1 to 1.</summary>
    PowerFactor = 3,

    /// <summary>Voltage, kept in V.</summary>
    Voltage = 4,

    /// <summary>Current, kept in A.</summary>
    Current = 5,

    /// <summary>Apparent power in kVA: not kept, but with active power it gives the power factor.</summary>
    ApparentPower = 6,
}

/// <summary>A unit by its name, and how a value in it becomes one in the unit that is kept.</summary>
/// <param name="Name">As it is written: <c>kW</c>, <c>MWh</c>, <c>var</c>.</param>
/// <param name="Dimension">What it measures.</param>
/// <param name="Times">Multiplier; 1 where the unit is the smaller one.</param>
/// <param name="Over">Divisor; 1 where the unit is the larger one. Apart from the multiplier because 1500 / 1000 is exact and 1500 × 0.001 is not.</param>
internal sealed record Unit(string Name, Dimension Dimension, double Times, double Over)
{
    /// <summary>The value in the unit that is kept.</summary>
    public double Convert(double value) => value * Times / Over;
}

/// <summary>Units by the names of mappings and of payloads.</summary>
/// <remarks>A spelling that could mean two units is refused: <c>mW</c> is a milliwatt and must not be taken for a megawatt, nor a bare <c>mw</c> in a payload.</remarks>
internal static class Units
{
    private static readonly Unit[] All =
    [
        new("kW", Dimension.ActivePower, 1, 1), new("W", Dimension.ActivePower, 1, 1e3), new("MW", Dimension.ActivePower, 1e3, 1), new("GW", Dimension.ActivePower, 1e6, 1),
        new("kWh", Dimension.Energy, 1, 1), new("Wh", Dimension.Energy, 1, 1e3), new("MWh", Dimension.Energy, 1e3, 1), new("GWh", Dimension.Energy, 1e6, 1),
        new("J", Dimension.Energy, 1, 3.6e6), new("Ws", Dimension.Energy, 1, 3.6e6), new("kJ", Dimension.Energy, 1, 3600), new("MJ", Dimension.Energy, 1, 3.6),
        new("kvar", Dimension.ReactivePower, 1, 1), new("var", Dimension.ReactivePower, 1, 1e3), new("Mvar", Dimension.ReactivePower, 1e3, 1),
        new("pf", Dimension.PowerFactor, 1, 1), new("pf%", Dimension.PowerFactor, 1, 100),
        new("V", Dimension.Voltage, 1, 1), new("kV", Dimension.Voltage, 1e3, 1), new("mV", Dimension.Voltage, 1, 1e3),
        new("A", Dimension.Current, 1, 1), new("kA", Dimension.Current, 1e3, 1), new("mA", Dimension.Current, 1, 1e3),
        new("kVA", Dimension.ApparentPower, 1, 1), new("VA", Dimension.ApparentPower, 1, 1e3), new("MVA", Dimension.ApparentPower, 1e3, 1),
    ];

    // Other spellings that mean one unit only.
    private static readonly (string Text, string Unit)[] Spoken =
    [
        ("kw", "kW"), ("w", "W"), ("kwh", "kWh"), ("wh", "Wh"), ("v", "V"), ("a", "A"),
        ("VAr", "var"), ("VAR", "var"), ("kVAr", "kvar"), ("kVAR", "kvar"), ("KWH", "kWh"), ("KW", "kW"),
    ];

    // Keys of the default payload: an operator who writes them in a mapping means these.
    private static readonly (string Text, string Unit)[] Written = [("mw", "MW"), ("mwh", "MWh"), .. Spoken];

    /// <summary>The names that a mapping may use, for messages.</summary>
    public static string Known { get; } = string.Join(", ", All.Select(u => u.Name));

    /// <summary>The unit of a name; null where there is none.</summary>
    public static Unit? Find(string? name) =>
        All.FirstOrDefault(u => u.Name == name) ?? (Written.FirstOrDefault(w => w.Text == name).Unit is { } unit ? Find(unit) : null);

    /// <summary>The unit that a payload speaks of; null where it is not known or could be two.</summary>
    public static Unit? OfPayload(ReadOnlySpan<byte> utf8)
    {
        foreach (var unit in All)
        {
            if (Is(utf8, unit.Name))
            {
                return unit;
            }
        }

        foreach (var (text, unit) in Spoken)
        {
            if (Is(utf8, text))
            {
                return Find(unit);
            }
        }

        return null;
    }

    private static bool Is(ReadOnlySpan<byte> utf8, string name) => utf8.Length == name.Length && System.Text.Ascii.Equals(utf8, name);
}
