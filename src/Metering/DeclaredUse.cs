// SPDX-License-Identifier: Apache-2.0
namespace Detector.Metering;

/// <summary>What a site told the grid operator it is. Stored; values only grow.</summary>
public enum DeclaredUse : byte
{
    /// <summary>Nothing was declared.</summary>
    Unknown = 1,

    /// <summary>Data center of one owner.</summary>
    DataCenter = 2,

    /// <summary>Data center with tenants.</summary>
    Colocation = 3,

    /// <summary>Training or inference of AI models.</summary>
    AiCompute = 4,

    /// <summary>High-performance computing.</summary>
    Hpc = 5,

    /// <summary>Telephone exchange, base station, transmission.</summary>
    Telecom = 6,

    /// <summary>Offices, shops, schools.</summary>
    Commercial = 7,

    /// <summary>Manufacturing or process industry.</summary>
    Industrial = 8,

    /// <summary>Refrigerated warehouse.</summary>
    ColdStorage = 9,

    /// <summary>Water supply, pumping, treatment.</summary>
    Water = 10,

    /// <summary>Street or area lighting.</summary>
    Lighting = 11,

    /// <summary>Declared as hash-rate mining.</summary>
    MiningDeclared = 12,
}

/// <summary>Declared uses by the names of the sites file.</summary>
public static class DeclaredUseNames
{
    private static readonly string[] ByValue =
    [
        string.Empty, "unknown", "data_center", "colocation", "ai_compute", "hpc", "telecom", "commercial", "industrial",
        "cold_storage", "water", "lighting", "mining_declared",
    ];

    /// <summary>Every name, in the order of the values.</summary>
    public static IReadOnlyList<string> All { get; } = ByValue[1..];

    /// <summary>The name of a use, as in the sites file.</summary>
    public static string Name(this DeclaredUse use) => ByValue[(int)use];

    /// <summary>Reads a name; empty means unknown.</summary>
    public static bool TryParse(ReadOnlySpan<char> name, out DeclaredUse use)
    {
        use = DeclaredUse.Unknown;
        var trimmed = name.Trim();
        if (trimmed.IsEmpty)
        {
            return true;
        }

        for (var i = 1; i < ByValue.Length; i++)
        {
            if (trimmed.Equals(ByValue[i], StringComparison.OrdinalIgnoreCase))
            {
                use = (DeclaredUse)i;
                return true;
            }
        }

        return false;
    }
}
