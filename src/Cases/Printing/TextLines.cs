// SPDX-License-Identifier: Apache-2.0
using System.Text;

namespace Detector.Cases.Printing;

/// <summary>Breaks text into lines: after spaces and joining signs, between Chinese characters, and anywhere where nothing else fits.</summary>
internal static class TextLines
{
    private const string After = " /-_,;:.)]}>|=&?";
    private const string WithinNumbers = "-,:.";
    private const string NeverFirst = "，。、；：？！）》」』”’…—％";
    private const string NeverLast = "（《「『“‘";

    /// <summary>Width of one line as a multiple of the size.</summary>
    public static double WidthOf(string line)
    {
        var width = 0.0;
        foreach (var rune in line.EnumerateRunes())
        {
            width += PrintFont.WidthOf(rune);
        }

        return width;
    }

    /// <summary>Lines of a text; at least one.</summary>
    /// <param name="text">Printable text; its own line ends are kept.</param>
    /// <param name="widest">Room as a multiple of the size.</param>
    public static List<string> Break(string text, double widest)
    {
        var lines = new List<string>();
        foreach (var line in text.Split('\n'))
        {
            BreakLine([.. line.EnumerateRunes()], widest, lines);
        }

        return lines;
    }

    private static void BreakLine(Rune[] line, double widest, List<string> lines)
    {
        var (start, end, width) = (0, -1, 0.0); // end: the last place where the line may be broken
        for (var i = 0; i < line.Length; i++)
        {
            var next = PrintFont.WidthOf(line[i]);
            if (width + next > widest && i > start && line[i].Value != ' ')
            {
                var cut = end > start ? end : i;
                lines.Add(TextOf(line, start, cut));
                while (cut < line.Length && line[cut].Value == ' ')
                {
                    cut++;
                }

                (start, end, width, i) = (cut, -1, 0, cut - 1);
                continue;
            }

            width += next;
            if (i + 1 < line.Length && MayBreak(line[i], line[i + 1]))
            {
                end = i + 1;
            }
        }

        if (start < line.Length || start == 0)
        {
            lines.Add(TextOf(line, start, line.Length));
        }
    }

    private static bool MayBreak(Rune before, Rune after)
    {
        if (NeverFirst.Contains(after.ToString(), StringComparison.Ordinal) || NeverLast.Contains(before.ToString(), StringComparison.Ordinal))
        {
            return false;
        }

        return IsWide(before) || IsWide(after)
            || (After.Contains(before.ToString(), StringComparison.Ordinal) && !(Rune.IsDigit(after) && WithinNumbers.Contains(before.ToString(), StringComparison.Ordinal)));
    }

    /// <summary>Ideographs and the signs that are as wide; lines of them break anywhere.</summary>
    private static bool IsWide(Rune rune) => rune.Value is (>= 0x2e80 and <= 0x9fff) or (>= 0xf900 and <= 0xfaff) or (>= 0xff00 and <= 0xff60) or >= 0x20000;

    private static string TextOf(Rune[] line, int start, int end)
    {
        var text = new StringBuilder(end - start);
        foreach (var rune in line.AsSpan(start, end - start))
        {
            text.Append(rune.ToString());
        }

        return text.ToString().TrimEnd(' ');
    }
}
