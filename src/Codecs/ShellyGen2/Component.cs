// SPDX-License-Identifier: Apache-2.0
using System.Buffers.Text;
using Detector.Codecs.Json;

namespace Detector.Codecs.ShellyGen2;

/// <summary>A kind of component that measures, and which of its members hold what.</summary>
internal sealed class Component
{
    private static readonly JsonQuantity[] Outlet = [new("apower", "W", Phases.Sum), new("voltage", "V", Phases.Sum), new("current", "A", Phases.Sum), new("pf", "pf", Phases.Sum)];

    private static readonly Component[] Known =
    [
        new("switch", Outlet) { HasEnergyObject = true },
        new("pm1", Outlet) { HasEnergyObject = true },
        new("cover", Outlet) { HasEnergyObject = true },
        new("light", Outlet) { HasEnergyObject = true },
        new("em1", [new("act_power", "W", Phases.Sum), new("aprt_power", "VA", Phases.Sum), new("voltage", "V", Phases.Sum), new("current", "A", Phases.Sum), new("pf", "pf", Phases.Sum)]),
        new("em1data", [new("total_act_energy", "Wh", Phases.Sum)]),
        new("em", [new("total_act_power", "W", Phases.Sum), new("total_aprt_power", "VA", Phases.Sum), new("total_current", "A", Phases.Sum)]) { HasPhaseVoltages = true },
        new("emdata", [new("total_act", "Wh", Phases.Sum)]),
    ];

    private readonly byte[] _name;

    private Component(string name, JsonQuantity[] quantities)
    {
        _name = System.Text.Encoding.UTF8.GetBytes(name);
        Quantities = quantities;
    }

    /// <summary>Members that hold a quantity.</summary>
    public JsonQuantity[] Quantities { get; }

    /// <summary>Whether the register is the member <c>total</c> of an object <c>aenergy</c>, in Wh.</summary>
    public bool HasEnergyObject { get; private init; }

    /// <summary>Whether the voltage is given a phase: <c>a_voltage</c>, <c>b_voltage</c>, <c>c_voltage</c>.</summary>
    public bool HasPhaseVoltages { get; private init; }

    /// <summary>The component of a key such as <c>em1:2</c>, and its number; null where it does not measure.</summary>
    public static Component? Of(ReadOnlySpan<byte> key, out int id)
    {
        id = 0;
        var colon = key.IndexOf((byte)':');
        if (colon < 0 || !Utf8Parser.TryParse(key[(colon + 1)..], out id, out var used) || used != key.Length - colon - 1 || id < 0)
        {
            return null;
        }

        foreach (var component in Known)
        {
            if (key[..colon].SequenceEqual(component._name))
            {
                return component;
            }
        }

        return null;
    }
}
