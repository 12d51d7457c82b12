// SPDX-License-Identifier: Apache-2.0
namespace Detector.Metering;

/// <summary>The names by which kinds of readings are known outside: lower case, underscores.</summary>
public static class ReadingKindNames
{
    private static readonly (string Name, ReadingKind Kind)[] Known =
    [
        ("instantaneous", ReadingKind.Instantaneous), ("interval_mean", ReadingKind.IntervalMean), ("interval_energy", ReadingKind.IntervalEnergy), ("register", ReadingKind.Register),
    ];

    /// <summary>The names and what they mean.</summary>
    public static IReadOnlyList<(string Name, ReadingKind Kind)> All => Known;

    /// <summary>The name of a kind.</summary>
    public static string NameOf(ReadingKind kind)
    {
        foreach (var (name, known) in Known)
        {
            if (known == kind)
            {
                return name;
            }
        }

        throw new ArgumentOutOfRangeException(nameof(kind), kind, "It is no kind of reading.");
    }

    /// <summary>The kind of a name; false where it is none.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out ReadingKind kind)
    {
        foreach (var (name, known) in Known)
        {
            if (text.SequenceEqual(name))
            {
                kind = known;
                return true;
            }
        }

        kind = default;
        return false;
    }
}
