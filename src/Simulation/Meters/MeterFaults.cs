// SPDX-License-Identifier: Apache-2.0
namespace Detector.Simulation;

/// <summary>The ways in which simulated meters misbehave, by name.</summary>
public static class MeterFaults
{
    private static readonly List<IMeterFault> All = MakeAll();

    /// <summary>Every name, in the order of the catalogue.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(f => f.Name)];

    /// <summary>Whether readings with this fault cannot be judged at all, so that a verdict other than insufficient is wrong.</summary>
    public static bool PreventsJudgement(string? fault) => fault is not null && Of(fault).PreventsJudgement;

    /// <summary>The fault of this name; throws where there is none.</summary>
    internal static IMeterFault Of(string name) =>
        All.Find(f => f.Name == name) ?? throw new ArgumentException($"'{name}' is not a fault; known are {string.Join(", ", Names)}.", nameof(name));

    private static List<IMeterFault> MakeAll()
    {
        var all = new List<IMeterFault>();
        Add(all, new Stuck());
        Add(all, new DuplicateAndLate());
        Add(all, new ExactConstant());
        Add(all, new HalfMissing());
        Add(all, new LongGaps());
        Add(all, new ClockDrift());
        Add(all, new RegisterAsPower());
        Add(all, new ScaleJump());
        Add(all, new DeadBand());
        return all;
    }

    private static void Add(List<IMeterFault> to, IMeterFault fault)
    {
        if (to.Exists(f => f.Name == fault.Name))
        {
            throw new InvalidOperationException($"A meter fault named '{fault.Name}' is already there.");
        }

        to.Add(fault);
    }
}
