// SPDX-License-Identifier: Apache-2.0
using System.Globalization;

namespace Detector.EndToEnd.Faults;

/// <summary>Which fault comes in which round: each kind once, in an order of the seed's, then any.</summary>
/// <param name="Seed">Where chance begins; <c>DETECTOR_FAULT_SEED</c>, else 1.</param>
/// <param name="Kinds">The rounds' faults; <c>DETECTOR_FAULTS</c> of them, else one of each kind.</param>
internal sealed record FaultPlan(int Seed, IReadOnlyList<FaultKind> Kinds)
{
    /// <summary>How many faults are made.</summary>
    public const string CountVariable = "DETECTOR_FAULTS";

    /// <summary>The same seed gives the same faults, pauses and lengths.</summary>
    public const string SeedVariable = "DETECTOR_FAULT_SEED";

    /// <summary>The plan of this run.</summary>
    public static FaultPlan Current { get; } = Make(Number(SeedVariable, 1), Number(CountVariable, Enum.GetValues<FaultKind>().Length));

    /// <summary>Chance within a round: of its own, so that a round does the same whichever ran before it.</summary>
    public Random RandomOf(int round) => new(unchecked((Seed * 1_000_003) + round));

    private static FaultPlan Make(int seed, int count)
    {
        var random = new Random(seed);
        var all = Enum.GetValues<FaultKind>();
        var first = all.ToArray();
        random.Shuffle(first);
        var further = Enumerable.Range(0, Math.Max(0, count - first.Length)).Select(_ => all[random.Next(all.Length)]);
        return new FaultPlan(seed, [.. first.Concat(further).Take(count)]);
    }

    private static int Number(string variable, int otherwise) => Environment.GetEnvironmentVariable(variable) switch
    {
        null or "" => otherwise,
        var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) => value,
        var text => throw new FormatException($"{variable} is \"{text}\"; it takes a whole number."),
    };
}
