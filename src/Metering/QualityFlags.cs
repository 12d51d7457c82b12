// SPDX-License-Identifier: Apache-2.0
namespace Detector.Metering;

/// <summary>What is known against a reading or a window. Stored; bits only grow.</summary>
[Flags]
public enum QualityFlags
{
    /// <summary>Nothing is known against it.</summary>
    None = 0,

    /// <summary>The payload carried no time; the arrival time was taken.</summary>
    ArrivalTime = 1 << 0,

    /// <summary>The source says the value is an estimate.</summary>
    Estimated = 1 << 1,

    /// <summary>The source says the value is doubtful.</summary>
    Suspect = 1 << 2,

    /// <summary>Later than the clock of this service allows.</summary>
    Future = 1 << 3,

    /// <summary>Before the meter can have existed.</summary>
    TooOld = 1 << 4,

    /// <summary>Negative active power on a meter that only imports.</summary>
    Negative = 1 << 5,

    /// <summary>Above the rated or contracted capacity by more than the tolerance.</summary>
    AboveRated = 1 << 6,

    /// <summary>A single value far from both its neighbours.</summary>
    Spike = 1 << 7,

    /// <summary>The same digits for longer than a real load repeats them.</summary>
    Stuck = 1 << 8,

    /// <summary>Steps are too coarse to judge the load's fine structure.</summary>
    Coarse = 1 << 9,

    /// <summary>The level jumps by a factor of about 10, 100 or 1000 and stays.</summary>
    ScaleJump = 1 << 10,

    /// <summary>A cumulative register was set back to zero: the interval has no energy.</summary>
    RegisterReset = 1 << 11,

    /// <summary>Same meter and time as a stored reading with another value.</summary>
    Conflict = 1 << 12,

    /// <summary>Values rise as a cumulative register does although they were sent as power.</summary>
    RegisterAsPower = 1 << 13,

    /// <summary>No value where one was due.</summary>
    Missing = 1 << 14,

    /// <summary>Messages that its source sent just before it did not arrive.</summary>
    SequenceGap = 1 << 15,

    /// <summary>A cumulative register ran over its last digit within the interval; its energy is counted across.</summary>
    RegisterRollover = 1 << 16,

    /// <summary>A cumulative register goes on from elsewhere, as that of another meter: the interval has no energy.</summary>
    MeterReplaced = 1 << 17,
}

/// <summary>The names by which flags are known outside: lower case, underscores.</summary>
public static class QualityFlagNames
{
    private static readonly (QualityFlags Flag, string Name)[] All =
    [
        (QualityFlags.ArrivalTime, "arrival_time"),
        (QualityFlags.Estimated, "estimated"),
        (QualityFlags.Suspect, "suspect"),
        (QualityFlags.Future, "future"),
        (QualityFlags.TooOld, "too_old"),
        (QualityFlags.Negative, "negative"),
        (QualityFlags.AboveRated, "above_rated"),
        (QualityFlags.Spike, "spike"),
        (QualityFlags.Stuck, "stuck"),
        (QualityFlags.Coarse, "coarse"),
        (QualityFlags.ScaleJump, "scale_jump"),
        (QualityFlags.RegisterReset, "register_reset"),
        (QualityFlags.Conflict, "conflict"),
        (QualityFlags.RegisterAsPower, "register_as_power"),
        (QualityFlags.Missing, "missing"),
        (QualityFlags.SequenceGap, "sequence_gap"),
        (QualityFlags.RegisterRollover, "register_rollover"),
        (QualityFlags.MeterReplaced, "meter_replaced"),
    ];

    /// <summary>Each single flag that is set, by name, in the order of the bits.</summary>
    public static IEnumerable<string> Names(QualityFlags flags) => All.Where(f => (flags & f.Flag) != 0).Select(f => f.Name);

    /// <summary>The names joined by <c>|</c>; empty for none.</summary>
    public static string Text(QualityFlags flags) => flags == QualityFlags.None ? string.Empty : string.Join('|', Names(flags));

    /// <summary>Reads names joined by <c>|</c> or <c>;</c>; false where one is unknown.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out QualityFlags flags)
    {
        flags = QualityFlags.None;
        foreach (var range in text.SplitAny('|', ';'))
        {
            var name = text[range].Trim();
            if (!name.IsEmpty && !TryOne(name, ref flags))
            {
                return false;
            }
        }

        return true;
    }

    private static bool TryOne(ReadOnlySpan<char> name, ref QualityFlags flags)
    {
        foreach (var (flag, known) in All)
        {
            if (name.Equals(known, StringComparison.OrdinalIgnoreCase))
            {
                flags |= flag;
                return true;
            }
        }

        return false;
    }
}
