// SPDX-License-Identifier: Apache-2.0
namespace Detector.Simulation;

/// <summary>A model of mining machine.</summary>
/// <param name="Name">Trade name.</param>
/// <param name="Kilowatts">Power at the wall in kW at the maker's operating point.</param>
/// <param name="TerahashPerSecond">Hash rate at that point; 0 for graphics cards, which do other work.</param>
public sealed record MachineModel(string Name, double Kilowatts, double TerahashPerSecond)
{
    /// <summary>Models met in the field, by the makers' data sheets; GPU rigs by their power supplies.</summary>
    public static IReadOnlyList<MachineModel> All { get; } =
    [
        new("Antminer S9", 1.3, 14),
        new("Antminer S19 Pro", 3.25, 110),
        new("Antminer S19 XP", 3.0, 140),
        new("Antminer S21", 3.5, 200),
        new("Whatsminer M30S++", 3.5, 112),
        new("Whatsminer M60S", 3.4, 184),
        new("GPU rig, 6 cards", 0.9, 0),
        new("GPU rig, 8 cards", 1.4, 0),
    ];
}
